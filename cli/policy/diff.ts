import pc from "picocolors";
import { UsageError } from "../../base/errors";
import { counted } from "../../base/words";
import type { Difference } from "../../policies/compare/difference";
import type { MergedRule } from "../../policies/semantics/merged-rule";
import { writtenPattern } from "../../policies/semantics/rank";
import {
  type ComparedPolicies,
  compareRevisions,
  type PolicyDifference,
} from "../../review/ask/compare-revisions";
import { conditionWords } from "../../review/ask/conditions";
import type { AccessRevision } from "../../review/model";
import { printable } from "../../review/render/printable";
import { assumeDefault } from "../../review/sources/default-policy";
import { block, columns, MARKS, notesText, placesText, printJson } from "../terminal";
import { engineNotes, readSubject, type SubjectOptions } from "./subject";

export interface DiffOptions extends SubjectOptions {
  readonly json?: boolean;
}

/** `strongroom policy diff`: 0 without a difference, 1 with one, else 3 where nobody can tell. */
export async function diffCommand(base: string, head: string, options: DiffOptions): Promise<void> {
  const { from: _, policy: _policy, ...rest } = options;
  if (base === "-" && head === "-")
    throw new UsageError("Standard input can be read once only.", "Name a file for one of the two.");
  const read = {
    base: await readSubject({ ...rest, from: base }),
    head: await readSubject({ ...rest, from: head }),
  };
  const { base: before, head: after, notes: assumed } = assumeDefault(read.base, read.head);
  const compared = compareRevisions(before, after, Date.now());
  const notes = [...assumed, ...new Set([before.engine, after.engine].flatMap(engineNotes))];
  if (options.json) printJson(json(before, after, compared, notes));
  else process.stdout.write(text(before, after, compared, notes));
  const isCertain = compared.differences.some(({ difference }) => difference.kind !== "unknown");
  process.exitCode = isCertain ? 1 : compared.differences.length > 0 ? 3 : 0;
}

function json(
  before: AccessRevision,
  after: AccessRevision,
  compared: ComparedPolicies,
  notes: readonly string[],
): object {
  const side = ({ label, engine }: AccessRevision): object => ({ source: label, engine });
  return {
    base: side(before),
    head: side(after),
    differences: compared.differences.map(({ difference, holders, before: was, after: is }) => ({
      kind: difference.kind,
      capability: difference.capability,
      witness: difference.witness,
      acl_only: difference.aclOnly,
      ...(difference.from ? { from: difference.from } : {}),
      holders,
      before: difference.beforeRule ? { path: difference.before, places: was } : null,
      after: difference.afterRule ? { path: difference.after, places: is } : null,
      ...(difference.reason ? { reason: difference.reason } : {}),
    })),
    unchanged: compared.unchanged,
    notes,
  };
}

const SIGNS: { readonly [kind in Difference["kind"]]: string } = {
  gained: pc.red("+ gained"),
  widened: pc.red("+ widened"),
  changed: pc.yellow("~ changed"),
  lost: pc.green("- lost"),
  narrowed: pc.green("- narrowed"),
  unknown: pc.yellow("? unknown"),
};

function text(
  before: AccessRevision,
  after: AccessRevision,
  compared: ComparedPolicies,
  notes: readonly string[],
): string {
  const { differences, unchanged } = compared;
  const lines: string[] = [];
  for (const [holders, group] of byHolders(differences)) {
    lines.push(pc.bold(printable(holders)));
    const rows = columns(
      group.map(({ difference }) => [
        SIGNS[difference.kind],
        difference.capability ?? "",
        `${printable(difference.witness)}${difference.aclOnly && difference.capability ? pc.dim("  (for the rules alone)") : ""}${difference.from ? `  from ${difference.from}` : ""}`,
      ]),
    );
    for (const [index, each] of group.entries())
      lines.push(
        rows[index] ?? "",
        ...causes(each).flatMap((cause) => block(cause, "      ").map((line) => pc.dim(line))),
      );
    lines.push("");
  }
  const kinds = differences.map(({ difference }) => difference.kind);
  const number = (...wanted: Difference["kind"][]): number =>
    kinds.filter((kind) => wanted.includes(kind)).length;
  const counts = [
    [number("gained", "widened"), "gained"],
    [number("lost", "narrowed"), "lost"],
    [number("changed"), "changed"],
    [number("unknown"), "unknown"],
  ].flatMap(([many, what]) => (many === 0 ? [] : [`${many} ${what}`]));
  const mark = number("unknown") > 0 ? MARKS.unknown : differences.length > 0 ? MARKS.denied : MARKS.allowed;
  lines.push(
    `${mark} ${counts.join(", ") || "No difference in access"}   ${pc.dim(`${printable(before.label)} → ${printable(after.label)} · ${counted(unchanged, "holder")} unchanged · ${printable(after.engine)}`)}`,
  );
  return `${lines.join("\n")}\n${notesText(notes)}`;
}

function byHolders(differences: readonly PolicyDifference[]): Map<string, PolicyDifference[]> {
  const groups = new Map<string, PolicyDifference[]>();
  for (const each of differences) {
    const shown = each.holders.slice(0, 3).join(", ");
    const more = each.holders.length > 3 ? ` and ${each.holders.length - 3} more` : "";
    const group = groups.get(shown + more);
    if (group) group.push(each);
    else groups.set(shown + more, [each]);
  }
  return groups;
}

/** What decided before, and what decides now. */
function causes({ difference, before, after }: PolicyDifference): string[] {
  if (difference.reason) return [printable(difference.reason)];
  const { beforeRule, afterRule, capability } = difference;
  const side = (when: string, rule: MergedRule | undefined, places: PolicyDifference["before"]): string => {
    if (rule === undefined) return `${when} no rule matches`;
    const asked = conditionWords(rule.conditions, capability).join("; ");
    const path = `${when} path "${printable(writtenPattern(rule.pattern))}"  ${placesText(places)}`.trimEnd();
    return asked === "" ? path : `${path}  asks for ${printable(asked)}`;
  };
  return [side("before:", beforeRule, before), side("after: ", afterRule, after)];
}
