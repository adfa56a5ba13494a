import pc from "picocolors";
import { counted } from "../../base/words";
import type { Severity } from "../../policies/rules/lint";
import type { AccessRevision } from "../../review/model";
import type { PolicyRemark } from "../../review/policy-lint/lint-revision";
import { printable } from "../../review/render/printable";
import { block, columns, MARKS, notesText, placeText } from "../terminal";

/** So many lines of one thing that is for information; `--json` tells all. */
const MOST = 6;

const COLOURS: { readonly [severity in Severity]: (text: string) => string } = {
  error: pc.red,
  warning: pc.yellow,
  info: pc.cyan,
};

/** The findings for people, in the order of their places; what is said for information is said once, with every place. */
export function lintText(
  revision: AccessRevision,
  remarks: readonly PolicyRemark[],
  notes: readonly string[],
  quiet: boolean,
): string {
  const shown = remarks.filter(
    ({ suppressed, severity }) => suppressed === undefined && !(quiet && severity === "info"),
  );
  const lines = groupsOf(shown).flatMap((group) => [...groupLines(group), ""]);
  const { error, warning, info, suppressed } = countsOf(remarks);
  const found = [
    ...(error > 0 ? [counted(error, "error")] : []),
    ...(warning > 0 ? [counted(warning, "warning")] : []),
    ...(info > 0 ? [`${info} for information`] : []),
    ...(suppressed > 0 ? [`${suppressed} suppressed`] : []),
  ];
  const mark = error > 0 ? MARKS.denied : warning > 0 ? MARKS.unknown : MARKS.allowed;
  const looked = counted(revision.policies.length, "policy", "policies");
  lines.push(
    `${mark} ${found.join(", ") || "Nothing found"} in ${looked}   ${pc.dim(`${printable(revision.label)} · ${printable(revision.engine)}`)}`,
  );
  return `${lines.join("\n")}\n${notesText(notes)}`;
}

/** Errors and warnings one by one; of what is for information all that is corrected alike. */
function groupsOf(remarks: readonly PolicyRemark[]): PolicyRemark[][] {
  const groups = new Map<string, PolicyRemark[]>();
  for (const [index, remark] of remarks.entries()) {
    const key = remark.severity === "info" ? `${remark.id} ${remark.fix}` : String(index);
    const group = groups.get(key);
    if (group) group.push(remark);
    else groups.set(key, [remark]);
  }
  return [...groups.values()];
}

function groupLines(group: readonly PolicyRemark[]): string[] {
  const [first] = group;
  if (!first) return [];
  const { id, severity, message, fix } = first;
  const word = `${COLOURS[severity](severity)}  ${pc.bold(id)}`;
  const told = block(printable(fix), "  ").map((line) => pc.dim(line));
  if (group.length === 1) return [`${whereOf(first)}  ${word}`, ...block(printable(message), "  "), ...told];
  const shown = group.slice(0, MOST);
  const more = group.length > MOST ? [`  and ${group.length - MOST} more, which --json tells`] : [];
  const same = group.every((each) => each.message === message);
  const rows = shown.map((each) => [whereOf(each), ...(same ? [] : [printable(each.message)])]);
  return [
    `${word}  in ${group.length} places`,
    ...(same ? block(printable(message), "  ") : []),
    ...(same ? block(rows.join(", ") + more.join("").slice(1), "  ") : [...columns(rows), ...more]),
    ...told,
  ];
}

function whereOf({ place, policy }: PolicyRemark): string {
  return place ? placeText(place) : `policy ${printable(policy)}`;
}

/** How many remarks count by their severity, and how many are suppressed. */
export function countsOf(remarks: readonly PolicyRemark[]): {
  readonly [kind in Severity | "suppressed"]: number;
} {
  const open = remarks.filter(({ suppressed }) => suppressed === undefined);
  const number = (severity: Severity): number => open.filter((each) => each.severity === severity).length;
  return {
    error: number("error"),
    warning: number("warning"),
    info: number("info"),
    suppressed: remarks.length - open.length,
  };
}
