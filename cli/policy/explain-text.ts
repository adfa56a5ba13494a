import pc from "picocolors";
import { type Explanation, whyOf } from "../../policies/semantics/explain";
import { conditionWords } from "../../review/ask/conditions";
import type { Explained } from "../../review/ask/explained";
import { placesOf } from "../../review/ask/rule-place";
import type { AccessRevision } from "../../review/model";
import { printable } from "../../review/render/printable";
import { block, columns, MARKS, notesText, placesText } from "../terminal";

/** The answer for programs. */
export function explainedJson(
  { revision, principal, request, verdict, explanation, doubts }: Explained,
  notes: readonly string[],
): object {
  const { decision, summary, rules, changes } = explanation;
  return {
    verdict,
    reason: doubts.length > 0 ? "doubt" : decision.reason,
    summary,
    operation: request.operation,
    path: request.path,
    principal: principal.title,
    source: revision.label,
    engine: revision.engine,
    rules: rules.map(({ pattern, capabilities, sources, decides, because }) => ({
      path: pattern,
      capabilities,
      decides,
      because,
      places: placesOf(revision, { sources }),
    })),
    conditions: conditionWords(decision.rule?.conditions, decision.capability),
    changes,
    doubts,
    notes,
  };
}

/** The answer for people: the verdict, the rules from the one that decides, and what would change it. */
export function explainedText(
  { revision, principal, request, verdict, explanation, doubts }: Explained,
  notes: readonly string[],
): string {
  const { decision, rules, changes } = explanation;
  const asked = printable(`${request.operation} ${request.namespace ?? ""}${request.path}`);
  const lines = [
    `${MARKS[verdict]} ${pc.bold(verdict)}  ${asked}   as ${printable(principal.title)}`,
    ...(doubts.length > 0 ? doubts : [whyOf(decision)]).flatMap((reason) => block(printable(reason), "  ")),
  ];
  if (rules.length > 0) lines.push("", ...ruleLines(revision, explanation));
  const conditions = conditionWords(decision.rule?.conditions, decision.capability);
  if (conditions.length > 0)
    lines.push("", ...block(printable(`The rule asks for more: ${conditions.join("; ")}.`), "  "));
  if (changes.length > 0)
    lines.push(
      "",
      "  What would change the answer",
      ...changes.flatMap((change) => block(printable(change), "  · ")),
    );
  lines.push("", pc.dim(`  ${printable(revision.label)} · ${printable(revision.engine)}`));
  return `${lines.join("\n")}\n${notesText(notes)}`;
}

function ruleLines(revision: AccessRevision, { rules }: Explanation): string[] {
  const rows = columns(
    rules.map(({ pattern, capabilities, sources, decides }) => [
      decides ? pc.bold("decides") : pc.dim("lost"),
      `path "${printable(pattern)}"`,
      capabilities.length > 0 ? capabilities.join(", ") : "nothing",
      pc.dim(placesText(placesOf(revision, { sources }))),
    ]),
  );
  return rules.flatMap(({ decides, because }, index) => [
    rows[index] ?? "",
    ...(decides ? [] : block(printable(because), "           ").map((line) => pc.dim(line))),
  ]);
}
