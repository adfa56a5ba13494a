import { comparedPatterns } from "../../../policies/compare/compare";
import { coverPaths } from "../../../policies/compare/cover";
import { COMPARED_CAPABILITIES } from "../../../policies/compare/grant";
import { doubtsBetween, type ListDoubt } from "../../../policies/compare/template-doubts";
import { awkwardness, isAclOnly } from "../../../policies/compare/witness";
import type { AccessList } from "../../../policies/semantics/access-list";
import { type Pattern, patternFor } from "../../../policies/semantics/rank";
import type { MountMoves } from "../mount-moves";
import type { AccessAtom } from "./access-atom";
import { approvalOf, approvedPart } from "./approval-of";
import type { AtomView } from "./atom-view";
import { changeOn, decidingOn } from "./change-on";
import { doubtsOf } from "./list-doubts";
import { marks } from "./marks";
import { narrowest } from "./subject";
import { subjectOn } from "./subject-on";

/** What a comparison comes to. */
export interface AtomsFound {
  readonly atoms: readonly AccessAtom[];
  /** A path of every class that was looked at. */
  readonly paths: readonly string[];
  /** Why something cannot be told, each once. */
  readonly unknown: readonly ListDoubt[];
}

/**
 * Every difference between two access lists, path class by path class: the classes tell apart rules, named secrets, the
 * regions of approvals, and paths that need sudo, so what holds for the path of an atom holds for its whole class.
 */
export function atomsBetween(before: AccessList, after: AccessList, view: AtomView): AtomsFound {
  if (before.isRoot && after.isRoot) return { atoms: [], paths: [], unknown: [] };
  const { patterns, changed } = patternsOf(before, after, view.moves);
  const rules = patterns.filter((_, index) => changed.has(index));
  if (rules.length === 0)
    return { atoms: [], paths: [], unknown: doubtsOf(before, after, false, view.moves.moves) };
  const walked = [...patterns, ...marks(rules, before, after, view)];
  const found = new Map<string, AccessAtom>();
  const unknown = new Map(
    doubtsOf(before, after, true, view.moves.moves).map((doubt) => [doubt.reason, doubt]),
  );
  const paths: string[] = [];
  const visit = (path: string): void => {
    paths.push(path);
    compareOn(path, before, after, view, found, unknown);
  };
  const complete = coverPaths(walked, visit, { focus: changed, budget: view.budget });
  const more = { reason: "there are more kinds of paths than can be looked at, so this may not be all" };
  const atoms = [...found.values()];
  return {
    atoms,
    paths: [...paths, ...pathsBeside(atoms, walked, changed, view)],
    unknown: [...unknown.values(), ...(complete ? [] : [more])],
  };
}

/**
 * Lists are decided with the slash and without it, so that a rule that stayed as it was can name a region of which the changed
 * ones have no more than a part: the classes of the rest.
 */
function pathsBeside(
  atoms: readonly AccessAtom[],
  walked: readonly Pattern[],
  changed: ReadonlySet<number>,
  view: AtomView,
): string[] {
  const keyOf = ({ kind, text }: Pattern): string => `${kind} ${text}`;
  const naming = new Set(
    atoms.flatMap(({ was, is }) => narrowest([was.rule?.pattern, is.rule?.pattern]) ?? []).map(keyOf),
  );
  const focus = new Set(
    [...walked.keys()].filter((index) => !changed.has(index) && naming.has(keyOf(walked[index] as Pattern))),
  );
  const paths: string[] = [];
  if (focus.size > 0) coverPaths(walked, (path) => paths.push(path), { focus, budget: view.budget });
  return paths;
}

function patternsOf(
  before: AccessList,
  after: AccessList,
  moves: MountMoves,
): ReturnType<typeof comparedPatterns> {
  if (before.isRoot === after.isRoot && isRefused(before) === isRefused(after))
    return moves.comparedPatterns(before, after) ?? comparedPatterns(before, after);
  // Root has no rules and decides everywhere, and so does a refusal of every request.
  const patterns = [patternFor("*"), ...[...before.rules(), ...after.rules()].map(({ pattern }) => pattern)];
  return { patterns, changed: new Set(patterns.keys()) };
}

/** Whether the engine refuses its bearer everything. */
function isRefused(list: AccessList): boolean {
  return list.failure !== undefined;
}

function compareOn(
  path: string,
  before: AccessList,
  after: AccessList,
  view: AtomView,
  found: Map<string, AccessAtom>,
  unknown: Map<string, ListDoubt>,
): void {
  const deciding = decidingOn(path, before, after, view);
  if (!deciding) return;
  const isRoot = before.isRoot || after.isRoot;
  for (const capability of COMPARED_CAPABILITIES) {
    const { was, is, kind } = changeOn(deciding, capability);
    for (const doubt of doubtsBetween(before, after, path, was, is, capability, kind))
      unknown.set(doubt.reason, doubt);
    if (!kind) continue;
    const subject = subjectOn(path, capability, isRoot ? [] : [was, is], view);
    const approval =
      kind === "lost" || kind === "narrowed" ? undefined : approvalOf(path, capability, view.approvals);
    keep(found, {
      kind,
      capability,
      path,
      aclOnly: isAclOnly(path, capability),
      subject: approval ? approvedPart(subject, approval) : subject,
      sudo: deciding.sudo,
      was,
      is,
      approval,
    });
  }
}

/** Of the same thing the path that serves best as an example. */
function keep(found: Map<string, AccessAtom>, atom: AccessAtom): void {
  const { kind, capability, subject, was, is, approval } = atom;
  const rules = [was, is].map(({ rule }) => (rule ? `${rule.pattern.kind} ${rule.pattern.text}` : ""));
  const key = [
    kind,
    capability,
    subject.intent,
    subject.region,
    subject.fields,
    subject.inert,
    approval?.index,
    ...rules,
  ].join("\n");
  const earlier = found.get(key);
  if (!earlier || awkwardness(atom.path, capability) < awkwardness(earlier.path, capability))
    found.set(key, atom);
}
