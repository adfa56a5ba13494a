import { KV2_AREAS } from "../kv-areas";
import { patternOf } from "../pattern";
import { eachRule, kv2MountOf } from "./each";
import type { PolicyLint } from "./lint";

const AREAS = [...KV2_AREAS].map((area) => `${area}/`);

/** KV v2 keeps values under `data/`; a path without it matches no request. */
export const kv2MissingData: PolicyLint = {
  id: "KV2_MISSING_DATA",
  severity: "error",
  reason: "A KV v2 mount serves values under data/, so a path without it matches no request.",
  fix: "Put data/ (or metadata/, delete/, undelete/, destroy/) behind the mount.",
  bad: 'path "secret/app/db" {\n  capabilities = ["read"]\n}\n',
  good: 'path "secret/data/app/db" {\n  capabilities = ["read"]\n}\n',
  example: { kvMounts: [{ path: "secret/", version: 2 }] },
  check: eachRule((rule, context) => {
    const mount = kv2MountOf(rule.path, context);
    if (mount === undefined) return undefined;
    const rest = patternOf(rule.path).slice(mount.length);
    const first = rest.split("/")[0] ?? "";
    if (rest === "config" || rest === "" || AREAS.some((area) => rest.startsWith(area))) return undefined;
    // A wildcard in the first segment reaches the areas too.
    if (
      first === "+" ||
      (rest === first && AREAS.some((area) => first.endsWith("*") && area.startsWith(first.slice(0, -1))))
    )
      return undefined;
    return `path "${rule.path}" matches nothing that KV v2 serves under ${mount}; did you mean "${mount}data/${rest}"?`;
  }),
};
