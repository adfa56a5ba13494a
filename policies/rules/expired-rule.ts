import { parseTime } from "../language/duration";
import { eachRule } from "./each";
import type { PolicyLint } from "./lint";

/** A rule past its end is not there any more. */
export const expiredRule: PolicyLint = {
  id: "EXPIRED_RULE",
  severity: "warning",
  reason:
    "The rule has expired: the engine leaves it out, and what it shadowed or granted is as if it were never written.",
  fix: "Remove it, or set a new time.",
  bad: 'path "a" {\n  capabilities = ["read"]\n  expiration = "2020-01-01T00:00:00Z"\n}\n',
  good: 'path "a" {\n  capabilities = ["read"]\n  expiration = "2100-01-01T00:00:00Z"\n}\n',
  example: { now: Date.UTC(2026, 0, 1) },
  check: eachRule((rule, { now }) => {
    const end = rule.expiration === undefined ? undefined : parseTime(rule.expiration);
    return end !== undefined && now !== undefined && now > end
      ? `path "${rule.path}" expired at ${rule.expiration}`
      : undefined;
  }, "expiration"),
};
