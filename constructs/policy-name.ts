import type { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";

/** What names a role or a policy. The engines lower-case both, and a name in capitals would differ at every plan. */
export const NAME = /^[a-z0-9][a-z0-9._-]*$/;

/** Names that the engines keep for policies of their own (vault/policy_store.go, immutablePolicies). */
const IMMUTABLE = ["root", "response-wrapping", "control-group"];

/** What the policy of a principal is called unless it says otherwise: `goblin-assistant-ci`, and `dotmac` for the role dotmac. */
export function derivedPolicyName(system: string, role: string): string {
  return role === system ? system : `${system}-${role}`;
}

/** @throws DeclarationError for a name that the engines would change or refuse */
export function checkPolicyName(name: string, construct: string, place: DeclarationPlace): void {
  if (!NAME.test(name)) {
    throw new DeclarationError(
      `${construct}: the policy name "${name}" cannot be used.`,
      "Use lower-case letters, digits and . _ - only: the engines lower-case policy names.",
      place,
    );
  }
  if (IMMUTABLE.includes(name)) {
    throw new DeclarationError(
      `${construct}: the policy name "${name}" is the engine's own.`,
      "Choose another name.",
      place,
    );
  }
}
