import { capabilityBit } from "../capability";
import { eachMerged, kv2MountOf } from "./each";
import type { PolicyLint } from "./lint";

/** Reading values by name works, but nobody can find the names. */
export const kv2NoList: PolicyLint = {
  id: "KV2_NO_LIST",
  severity: "info",
  reason:
    "Values under a tree can be read, but the names in it cannot be listed, so tools that browse show nothing.",
  fix: 'Add "list" on the same tree under metadata/, if people are to browse.',
  bad: 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\npath "secret/metadata/app/*" {\n  capabilities = ["list"]\n}\n',
  example: { kvMounts: [{ path: "secret/", version: 2 }] },
  check: eachMerged(({ pattern, bits }, context) => {
    const mount = kv2MountOf(pattern.text, context);
    if (mount === undefined || pattern.kind !== "prefix" || (bits & capabilityBit("read")) === 0)
      return undefined;
    if (!pattern.text.startsWith(`${mount}data/`)) return undefined;
    const folder = `${mount}metadata/${pattern.text.slice(mount.length + "data/".length).replace(/[^/]*$/, "")}`;
    const rule = context.list.lookup(folder, context.dialect.listMode);
    if (rule && (rule.bits & capabilityBit("list")) !== 0) return undefined;
    return `values under "${pattern.text}" can be read, but LIST ${folder} is denied`;
  }),
};
