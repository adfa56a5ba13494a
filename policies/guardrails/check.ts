import type { ComparedCapability } from "../compare/grant";
import { parseTime } from "../language/duration";
import type { CompiledModel, Principal } from "../queries/principal";
import { reachInto } from "../queries/reach";
import { writtenPattern } from "../semantics/rank";
import type { Guardrail, Waiver } from "./guardrail";

/** One way in which a guardrail is broken, or may be. */
export interface Breach {
  readonly guardrail: string;
  readonly principal: string;
  /** `unknown` fails as `broken` does: nobody could prove that it holds. */
  readonly verdict: "broken" | "unknown";
  readonly capability: ComparedCapability | undefined;
  /** A path on which it shows. */
  readonly witness: string | undefined;
  /** The rule that allows it, as written, and the policies that have it. */
  readonly rule: string | undefined;
  readonly policies: readonly string[];
  /** The waiver that excuses it, if it has not run out. */
  readonly waiver?: Waiver;
  /** One sentence. */
  readonly message: string;
}

/**
 * Proves or refutes a guardrail for every principal that it binds. No breach means that it holds on every path; a breach
 * without `waiver` means that it is broken. Principals with root are not bound.
 * @param now milliseconds since 1970, for waivers; without it no waiver counts
 */
export function checkGuardrail(guardrail: Guardrail, model: CompiledModel, now?: number): Breach[] {
  return model.model.principals
    .filter((principal) => guardrail.subject.includes(principal.name) && !model.accessOf(principal).isRoot)
    .flatMap((principal) => breachesOf(guardrail, principal, model, now));
}

function breachesOf(
  guardrail: Guardrail,
  principal: Principal,
  model: CompiledModel,
  now: number | undefined,
): Breach[] {
  const breaches: Breach[] = [];
  const waiver = guardrail.waivers.find((each) => each.principal === principal.name && isOpen(each, now));
  const base = { guardrail: guardrail.words, principal: principal.name, ...(waiver ? { waiver } : {}) };
  const seen = new Set<string>();
  for (const { region, capabilities } of guardrail.forbidden) {
    const { reached, certain } = reachInto(model.accessOf(principal), region, capabilities);
    for (const { capability, witness, rule } of reached) {
      const written = rule && writtenPattern(rule.pattern);
      const key = `${capability} ${written}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const policies = [...new Set(rule?.sources.map(({ policy }) => policy) ?? [])];
      const message = `guardrail "${guardrail.words}": ${capability} ${witness} as ${principal.name} is allowed by path "${written}"`;
      breaches.push({ ...base, verdict: "broken", capability, witness, rule: written, policies, message });
    }
    if (!certain && reached.length === 0) {
      const message = `guardrail "${guardrail.words}": nobody can tell what ${principal.name} may do under ${region}`;
      breaches.push({
        ...base,
        verdict: "unknown",
        capability: undefined,
        witness: undefined,
        rule: undefined,
        policies: [],
        message,
      });
    }
  }
  return breaches;
}

function isOpen(waiver: Waiver, now: number | undefined): boolean {
  const end = parseTime(waiver.until);
  return now !== undefined && end !== undefined && now <= end;
}
