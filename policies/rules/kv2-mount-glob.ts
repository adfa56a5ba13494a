import { patternOf } from "../pattern";
import { eachRule, isDeny, kv2MountOf } from "./each";
import type { PolicyLint } from "./lint";

/** One star over a whole KV v2 mount grants much more than values. */
export const kv2MountGlob: PolicyLint = {
  id: "KV2_MOUNT_GLOB",
  severity: "warning",
  reason:
    "A star over a whole KV v2 mount also grants metadata deletion, destruction of versions and the mount's configuration.",
  fix: "Grant data/ and metadata/ apart.",
  bad: 'path "secret/*" {\n  capabilities = ["read", "update", "delete"]\n}\n',
  good: 'path "secret/data/*" {\n  capabilities = ["read", "update", "delete"]\n}\n',
  example: { kvMounts: [{ path: "secret/", version: 2 }] },
  check: eachRule((rule, context) => {
    const mount = kv2MountOf(rule.path, context);
    const bare = patternOf(rule.path);
    if (mount === undefined || isDeny(rule) || !(bare === `${mount}*` || bare.startsWith(`${mount}+`)))
      return undefined;
    if (
      !rule.capabilities.some(
        (word) => word === "update" || word === "delete" || word === "create" || word === "patch",
      )
    )
      return undefined;
    return `path "${rule.path}" reaches data, metadata, destroy and config of ${mount} alike`;
  }),
};
