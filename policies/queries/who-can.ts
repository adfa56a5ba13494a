import { intentsOn, type KvIntent, type SecretPath } from "../kv-intents";
import { type Decision, decide } from "../semantics/decide";
import { type Explanation, explain } from "../semantics/explain";
import type { AccessRequest } from "../semantics/request";
import type { Mount } from "../semantics/sudo-paths";
import type { CompiledModel, Principal } from "./principal";

/** One principal's answer to one request. */
export interface Answer {
  readonly principal: Principal;
  readonly decision: Decision;
}

/** Every principal that may do this, and every one of whom it is not known. */
export function whoCan(model: CompiledModel, request: AccessRequest, mounts?: readonly Mount[]): Answer[] {
  const decisions = new Map<object, Decision>();
  const answers: Answer[] = [];
  for (const principal of model.model.principals) {
    const list = model.accessOf(principal);
    let decision = decisions.get(list);
    if (!decision) {
      decision = decide(list, request, mounts);
      decisions.set(list, decision);
    }
    if (decision.verdict !== "denied") answers.push({ principal, decision });
  }
  return answers;
}

/** A principal that is granted an intent on a secret, and how far. */
export interface IntentAnswer {
  readonly principal: Principal;
  readonly level: "full" | "conditional" | "partial";
}

/** Every principal that is granted an intent, or a part of it, on one secret. */
export function whoIntends(model: CompiledModel, intent: KvIntent, secret: SecretPath): IntentAnswer[] {
  return model.model.principals.flatMap((principal) => {
    const found = intentsOn(model.accessOf(principal), secret).find((each) => each.intent === intent);
    return found ? [{ principal, level: found.level }] : [];
  });
}

/** Why a principal may, or may not, do this. */
export function why(
  model: CompiledModel,
  principal: Principal,
  request: AccessRequest,
  mounts?: readonly Mount[],
): Explanation {
  return explain(model.accessOf(principal), request, mounts);
}
