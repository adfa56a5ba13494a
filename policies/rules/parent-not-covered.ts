import { capabilityBit } from "../capability";
import { eachMerged } from "./each";
import type { PolicyLint } from "./lint";

/** `a/*` is everything under `a/`, and not `a`. */
export const parentNotCovered: PolicyLint = {
  id: "PARENT_NOT_COVERED",
  severity: "info",
  reason: "A rule for everything below a path does not cover the path itself.",
  fix: "Add a rule for the path itself, if a secret is kept there.",
  bad: 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\npath "secret/data/app" {\n  capabilities = ["read"]\n}\n',
  example: { kvMounts: [{ path: "secret/", version: 2 }] },
  check: eachMerged(({ pattern, bits }, context) => {
    if (pattern.kind !== "prefix" || !pattern.text.endsWith("/") || (bits & capabilityBit("read")) === 0)
      return undefined;
    const parent = pattern.text.slice(0, -1);
    const mount = context.kvMounts.find((each) => parent.startsWith(each.path));
    // Mounts and the areas of KV v2 are no secrets themselves.
    if (!mount || /^(data|metadata)?$/.test(parent.slice(mount.path.length))) return undefined;
    return context.list.lookup(parent)
      ? undefined
      : `path "${pattern.text}*" does not cover "${parent}" itself`;
  }),
};
