import { counted } from "../base/words";
import type { Synthesis } from "../stacks/synthesize";

/** `14 guardrails hold`, and `1 waived until 2026-12-31` where that is so; nothing where none is declared. */
export function guardrailsOf({ guardrails }: Synthesis): string[] {
  const waived = guardrails.filter(({ breaches }) => breaches.length > 0);
  const holding = guardrails.length - waived.length;
  const days = waived.flatMap(({ breaches }) =>
    breaches.map(({ waiver }) => waiver?.until.slice(0, 10) ?? ""),
  );
  const [first, ...later] = [...new Set(days)].sort();
  return [
    ...(holding > 0 ? [`${counted(holding, "guardrail")} ${holding === 1 ? "holds" : "hold"}`] : []),
    ...(first ? [`${waived.length} waived until ${first}${later.length > 0 ? " and later" : ""}`] : []),
  ];
}

/** One line for each waiver that excuses nothing, with the place where it can be taken out. */
export function idleWaiversOf({ guardrails }: Synthesis): string[] {
  return guardrails.flatMap(({ guardrail, idle }) =>
    idle.map(
      ({ principal, until }) =>
        `${guardrail.place}  the waiver for ${principal}, until ${until.slice(0, 10)}, excuses nothing: take it out`,
    ),
  );
}
