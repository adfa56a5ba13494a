import type { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import { type CheckedGuardrail, GuardrailCheck } from "./guardrail-check";
import { guardrailProblems } from "./guardrail-problems";
import type { Problem } from "./problem";

/**
 * Checks what can only be seen when everything is declared: that principals are whole, and then that guardrails hold.
 * @param engine whose semantics decide: `openbao@2.7.2`
 * @param refusesBreaches whether a guardrail that does not hold is a problem; a review tells it by itself
 * @param now for waivers, in milliseconds since 1970
 * @returns every guardrail with what its check found
 * @throws DeclarationError with the first problem, telling how many more there are
 */
export function checkComplete(
  registry: AccessRegistry,
  engine: string,
  refusesBreaches = true,
  now = Date.now(),
): CheckedGuardrail[] {
  refuse([...registry.principals.values()].flatMap((principal) => principal.problems()));
  if (registry.guardrails.length === 0) return [];
  const checked = new GuardrailCheck(registry).run(engine, now);
  if (refusesBreaches) refuse(guardrailProblems(registry, checked));
  return checked;
}

function refuse([first, ...more]: readonly Problem[]): void {
  if (!first) return;
  const others = more.length > 0 ? ` (and ${more.length} more)` : "";
  throw new DeclarationError(`${first.what}${others}.`, first.fix, first.place);
}
