import { checkGuardrails } from "../../policies/guardrails/check";
import type { Guardrail } from "../../policies/guardrails/guardrail";
import { escalations } from "../../policies/queries/escalation";
import type { CompiledModel } from "../../policies/queries/principal";
import type { AccessRevision } from "../model";
import type { Escalation, JudgedGuardrail } from "./data";

/** The guardrails of a revision and whether they hold, whoever broke them first. */
export function judgeGuardrails(
  revision: AccessRevision,
  model: CompiledModel,
  now: number | undefined,
): JudgedGuardrail[] {
  const titles = titlesOf(revision);
  // A source takes the capabilities of a guardrail as words; those that are none match nothing.
  const judged = checkGuardrails(revision.guardrails as readonly Guardrail[], model, now);
  return revision.guardrails.map(({ words, system, owner, place, waivers }, index) => ({
    words,
    waivers,
    ...(system === undefined ? {} : { system }),
    ...(owner === undefined ? {} : { owner }),
    ...(place === undefined ? {} : { place }),
    breaches: (judged[index] ?? []).map((breach) => ({
      title: titles.get(breach.principal) ?? breach.principal,
      unknown: breach.verdict === "unknown",
      how:
        breach.verdict === "unknown"
          ? `nobody can tell for ${breach.region}${breach.reason === undefined ? "" : `, because ${breach.reason}`}`
          : `${breach.capability} ${breach.witness}, by path "${breach.rule}"`,
      waived: breach.waiver !== undefined,
    })),
  }));
}

/** Who can get everything, and how. */
export function waysToEverything(revision: AccessRevision, model: CompiledModel): Escalation[] {
  const titles = titlesOf(revision);
  return escalations(model).map(({ principal, steps }) => ({
    title: titles.get(principal) ?? principal,
    steps: steps.map(({ by, how, capability, witness, rule }) => {
      const via = rule === undefined ? "" : `, by path "${rule}"`;
      return `${titles.get(by) ?? by} ${how}: ${capability} ${witness}${via}`;
    }),
  }));
}

function titlesOf({ principals }: AccessRevision): Map<string, string> {
  return new Map(principals.map(({ name, title }) => [name, title]));
}
