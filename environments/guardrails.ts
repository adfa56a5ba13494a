import type { Guardrail } from "../constructs/guardrail";
import { nobody } from "../constructs/guardrail-words";

const CHANGE = ["create", "update", "patch", "delete"] as const;

/** What holds in every environment, whichever systems it has: who logs in for a system administers no server. */
export const guardrails: readonly Guardrail[] = [
  nobody.mayReachSudo(),
  nobody.mayUse(CHANGE, "sys/policies/acl/*"),
  nobody.mayUse(CHANGE, "auth/+/role/*"),
];
