import { policyName } from "../../../policies/policy-name";
import type { RevisionPrincipal } from "../../model";
import type { PackedPolicy } from "../data";
import type { Side } from "./side";

/** Principals that may do the same, before and after; told once. */
export interface Column {
  /** The name of the first: the address in links. */
  readonly key: string;
  readonly principals: readonly ColumnPrincipal[];
  /** Whether anything that decides its access is another on the two sides. */
  readonly touched: boolean;
  readonly doubts: readonly string[];
}

export interface ColumnPrincipal {
  readonly name: string;
  readonly title: string;
  readonly state: "kept" | "added" | "removed";
  readonly before?: RevisionPrincipal;
  readonly after?: RevisionPrincipal;
}

/** Every principal of either side, those with equal policies and equal doubts together. */
export function columnsOf(before: Side | undefined, after: Side): Column[] {
  const changed = before ? changedPolicies(before, after) : new Set<string>();
  const engines = before !== undefined && (before.engine !== after.engine || !sameMounts(before, after));
  const columns = new Map<string, { principals: ColumnPrincipal[]; touched: boolean; doubts: string[] }>();
  for (const name of new Set([...after.principals.keys(), ...(before?.principals.keys() ?? [])])) {
    const [was, is] = [before?.principals.get(name), after.principals.get(name)];
    const [held, holds] = [heldBy(was, before), heldBy(is, after)];
    const doubts = [...new Set([...(before?.doubtsAbout(name) ?? []), ...after.doubtsAbout(name)])];
    const key = JSON.stringify([held, holds, doubts]);
    const touched =
      engines ||
      (before !== undefined && held !== holds) ||
      (holds ?? "").split("\n").some((each) => changed.has(each));
    const column = columns.get(key) ?? { principals: [], touched, doubts };
    column.principals.push({
      name,
      title: (is ?? was)?.title ?? name,
      state: !before || (was && is) ? "kept" : is ? "added" : "removed",
      ...(was ? { before: was } : {}),
      ...(is ? { after: is } : {}),
    });
    columns.set(key, column);
  }
  return [...columns.values()]
    .map((column) => ({ ...column, key: (column.principals[0] as ColumnPrincipal).name }))
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** What decides: the policies in effect, and the entity where a template asks for it. */
function heldBy(principal: RevisionPrincipal | undefined, side: Side | undefined): string | undefined {
  if (!principal || !side) return undefined;
  const names = [...new Set(principal.holds.map(({ policy }) => policyName(policy)))].sort();
  const known = names.filter((name) => name === "root" || side.policies.has(name));
  const templated = known.some((name) =>
    side.policies.get(name)?.rules.some(({ path }) => path.includes("{{")),
  );
  return templated ? `${known.join("\n")}\n\n${JSON.stringify(principal.entity)}` : known.join("\n");
}

/** The names of policies whose rules are others; where they stand and what their comments say decides nothing. */
function changedPolicies(before: Side, after: Side): Set<string> {
  const changed = new Set<string>();
  for (const name of new Set([...before.policies.keys(), ...after.policies.keys()])) {
    const [was, is] = [before.policies.get(name), after.policies.get(name)];
    if (was !== is && decisiveText(was) !== decisiveText(is)) changed.add(name);
  }
  return changed;
}

function decisiveText(policy: PackedPolicy | undefined): string {
  const { place: _, rulePlaces: __, ...decisive } = policy ?? { rules: [] };
  return JSON.stringify({ ...decisive, rules: decisive.rules.map(({ comment: ___, ...rule }) => rule) });
}

/** A mount that moved asks other paths for the same secret. */
function sameMounts(before: Side, after: Side): boolean {
  const text = (side: Side): string =>
    JSON.stringify(side.mounts.map(({ place: _, ...mount }) => JSON.stringify(mount)).sort());
  return text(before) === text(after);
}

function sortKey({ principals }: { readonly principals: readonly ColumnPrincipal[] }): string {
  const first = principals[0];
  return `${(first?.after ?? first?.before)?.system ?? "~"}\n${first?.title}`;
}
