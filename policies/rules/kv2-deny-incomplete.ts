import { DENY } from "../capability";
import { patternOf } from "../pattern";
import { eachRule, isDeny, kv2MountOf } from "./each";
import type { PolicyLint } from "./lint";

/** A deny on the values alone leaves their names, their versions and their destruction open. */
export const kv2DenyIncomplete: PolicyLint = {
  id: "KV2_DENY_INCOMPLETE",
  severity: "warning",
  reason: "A deny on data/ alone leaves metadata, deletion and destruction of the same secrets as they were.",
  fix: "Deny the same path under metadata/, delete/, undelete/ and destroy/ too.",
  bad: 'path "secret/*" {\n  capabilities = ["read", "list", "update"]\n}\npath "secret/data/prod/*" {\n  capabilities = ["deny"]\n}\n',
  good: 'path "secret/+/prod/*" {\n  capabilities = ["deny"]\n}\npath "secret/data/dev/*" {\n  capabilities = ["read"]\n}\n',
  example: { kvMounts: [{ path: "secret/", version: 2 }] },
  check: eachRule((rule, context) => {
    const mount = kv2MountOf(rule.path, context);
    const bare = patternOf(rule.path);
    if (mount === undefined || !isDeny(rule) || !bare.startsWith(`${mount}data/`)) return undefined;
    const rest = bare.slice(mount.length + "data/".length).replace(/\*$/, "x");
    const open = ["metadata/", "delete/", "undelete/", "destroy/"].filter((area) => {
      const deciding = context.list.lookup(mount + area + rest);
      return deciding !== undefined && (deciding.bits & DENY) === 0 && deciding.bits !== 0;
    });
    return open.length > 0
      ? `path "${rule.path}" is denied, but ${open.map((area) => mount + area + rest).join(", ")} is not`
      : undefined;
  }),
};
