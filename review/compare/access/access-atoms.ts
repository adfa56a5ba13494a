import { CAPABILITIES, capabilityBit, isListing } from "../../../policies/capability";
import { comparedPatterns } from "../../../policies/compare/compare";
import { coverPaths } from "../../../policies/compare/cover";
import { differenceKind } from "../../../policies/compare/difference-kind";
import {
  type ComparedCapability,
  type Deciding,
  decidingRules,
  type Grant,
  grantOf,
} from "../../../policies/compare/grant";
import { awkwardness, isAclOnly } from "../../../policies/compare/witness";
import type { AccessList } from "../../../policies/semantics/access-list";
import { type Pattern, patternFor } from "../../../policies/semantics/rank";
import { needsSudo } from "../../../policies/semantics/sudo-paths";
import { mountOf } from "../../mount-of";
import type { MountMoves } from "../mount-moves";
import type { AccessAtom } from "./access-atom";
import { approvalOf, approvedPart } from "./approval-of";
import type { AtomView } from "./atom-view";
import { doubtsBetween, doubtsOf, type ListDoubt } from "./list-doubts";
import { marks, othersThanKv } from "./marks";
import { subjectOf } from "./subject";

/** What a comparison comes to. */
export interface AtomsFound {
  readonly atoms: readonly AccessAtom[];
  /** Why something cannot be told, each once. */
  readonly unknown: readonly ListDoubt[];
}

const COMPARED = CAPABILITIES.filter((each): each is ComparedCapability => each !== "deny");
const SUDO = capabilityBit("sudo");

/**
 * Every difference between two access lists, path class by path class: the classes tell apart rules, named secrets, the
 * regions of approvals, and paths that need sudo, so what holds for the path of an atom holds for its whole class.
 */
export function atomsBetween(before: AccessList, after: AccessList, view: AtomView): AtomsFound {
  if (before.isRoot && after.isRoot) return { atoms: [], unknown: [] };
  const { patterns, changed } = patternsOf(before, after, view.moves);
  const rules = patterns.filter((_, index) => changed.has(index));
  if (rules.length === 0) return { atoms: [], unknown: doubtsOf(before, after, false) };
  const walked = [...patterns, ...marks(rules, before, after, view)];
  const found = new Map<string, AccessAtom>();
  const unknown = new Map(doubtsOf(before, after, true).map((doubt) => [doubt.reason, doubt]));
  const complete = coverPaths(walked, (path) => compareOn(path, before, after, view, found, unknown), {
    focus: changed,
    budget: view.budget,
  });
  const more = { reason: "there are more kinds of paths than can be looked at, so this may not be all" };
  return { atoms: [...found.values()], unknown: [...unknown.values(), ...(complete ? [] : [more])] };
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

function compareOn(
  path: string,
  before: AccessList,
  after: AccessList,
  view: AtomView,
  found: Map<string, AccessAtom>,
  unknown: Map<string, ListDoubt>,
): void {
  const plain = earlierOn(before, view.moves.earlierPath(path));
  const listing =
    view.moves.moves.length === 0 ? plain : earlierOn(before, view.moves.earlierPath(path, true));
  if (plain === "nowhere" || listing === "nowhere") return;
  const now = decidingRules(after, path);
  const sudo = [
    needsSudo(plain?.path ?? path, before.dialect, othersThanKv(view.earlierMounts ?? view.mounts)),
    needsSudo(path, after.dialect, othersThanKv(view.mounts)),
  ] as const;
  const mount = mountOf(path, view.mounts) ?? mountOf(path, view.gone ?? []);
  for (const capability of COMPARED) {
    // The path of a list has its slash; rules say so by themselves, and root has none.
    if (isListing(capability) && !path.endsWith("/")) continue;
    const earlier = isListing(capability) ? listing : plain;
    const was: Grant = earlier
      ? effective(before, earlier.deciding, capability, sudo[0])
      : { level: "none", rule: undefined };
    const is = effective(after, now, capability, sudo[1]);
    const kind = differenceKind(was, is, capability);
    if (!kind || kind === "unknown") {
      for (const doubt of doubtsBetween(before, after, path, was, is, capability))
        unknown.set(doubt.reason, doubt);
      continue;
    }
    // Where sudo is needed it is part of the other capabilities.
    if (capability === "sudo" && (sudo[0] || sudo[1])) continue;
    const isRoot = before.isRoot || after.isRoot;
    const patterns = isRoot ? [] : [laterPattern(was, path, capability, view.moves), is.rule?.pattern];
    const subject = subjectOf(path, capability, patterns, mount, view.names);
    const approval =
      kind === "lost" || kind === "narrowed" ? undefined : approvalOf(path, capability, view.approvals);
    keep(found, {
      kind,
      capability,
      path,
      aclOnly: isAclOnly(path, capability),
      subject: approval ? approvedPart(subject, approval) : subject,
      was,
      is,
      approval,
    });
  }
}

/** The rules that decided a path under its earlier name. */
function earlierOn(
  before: AccessList,
  path: string | undefined,
): { readonly path: string; readonly deciding: Deciding } | "nowhere" | undefined {
  if (path === undefined || path === "nowhere") return path;
  return { path, deciding: decidingRules(before, path) };
}

/** The rule of the base as it would be written for the head. */
function laterPattern(
  { rule }: Grant,
  path: string,
  capability: ComparedCapability,
  moves: MountMoves,
): Pattern | undefined {
  return rule && moves.laterPattern(rule.pattern, path, isListing(capability));
}

/** Whether the engine refuses its bearer everything. */
function isRefused(list: AccessList): boolean {
  return list.failure !== undefined;
}

/**
 * The grant as requests get it: root has all, whom the engine refuses has nothing, and without the sudo that a path needs a
 * capability is worth nothing.
 */
function effective(
  list: AccessList,
  deciding: Deciding,
  capability: ComparedCapability,
  sudo: boolean,
): Grant {
  if (list.isRoot) return { level: "full", rule: undefined };
  if (isRefused(list)) return { level: "none", rule: undefined };
  const grant = grantOf(deciding, capability);
  if (!sudo || grant.level === "none" || ((grant.rule?.bits ?? 0) & SUDO) !== 0) return grant;
  return { level: "none", rule: grant.rule };
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
