import { isListing } from "../../../policies/capability";
import { type ComparedCapability, decidingRules, type Grant, grantOf } from "../../../policies/compare/grant";
import type { KvIntent } from "../../../policies/kv-intents";
import { shownApproval } from "../../approvals/apply-approvals";
import { conditionWords } from "../../ask/conditions";
import type { AccessChange, FindingSeverity } from "../../finding";
import type { FindingParts } from "../../finding-id";
import type { Place } from "../../model";
import { placeWords } from "../../place-words";
import { sideOfChange } from "../../side-of-change";
import type { ComparedPair } from "../compared-pairs";
import { ownersOf } from "../owners";
import type { AccessAtom, AccessKind } from "./access-atom";
import type { Cause, CauseView } from "./cause";
import { causeOf } from "./cause-of";
import { type Part, partsOf } from "./parts";
import { regionsOf } from "./regions";
import type { Unchanged } from "./unchanged";
import { mostTelling, witnessOf } from "./witness-of";
import { type ConditionWords, doesTo, happened } from "./words";

/** A finding that still has no principals: those of one set, and of others of which the same is true, are put in later. */
export type AccessFinding = Omit<FindingParts, "principals" | "titles">;

interface Group {
  readonly kind: AccessKind;
  readonly intent: KvIntent | undefined;
  readonly inert: boolean;
  readonly cause: Cause;
  readonly atoms: AccessAtom[];
}

/** Gathers the atoms of one set of policies into findings: one for each intent, cause and approval. */
export function accessFindings(
  atoms: readonly AccessAtom[],
  unchanged: Unchanged,
  pair: ComparedPair,
  view: CauseView,
): AccessFinding[] {
  const groups = new Map<string, Group>();
  for (const atom of withoutEchoes(atoms)) {
    const { kind, subject, approval } = atom;
    const cause = causeOf(atom, pair, view);
    const what = subject.intent ? `${subject.intent} ${subject.fields}` : subject.region;
    const key = JSON.stringify([
      kind,
      what,
      subject.inert,
      atom.aclOnly,
      cause.because,
      approval?.index,
      conditionsOf(atom),
    ]);
    const group: Group = groups.get(key) ?? {
      kind,
      intent: subject.intent,
      inert: subject.inert || atom.aclOnly,
      cause,
      atoms: [],
    };
    group.atoms.push(atom);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap((group) =>
    partsOf(group.atoms, (atom) => exceptions(atom, unchanged)).map((part) =>
      findingOf({ ...group, ...part }, pair, view),
    ),
  );
}

function exceptions(atom: AccessAtom, unchanged: Unchanged): string[] {
  const own = JSON.stringify(conditionsOf(atom));
  return unchanged.within(atom, ({ was, is }) => JSON.stringify(conditionsOf({ ...atom, was, is })) === own);
}

/**
 * What says nothing new: things without effect, and paths that no request has, where the same rules make a difference that
 * counts.
 */
function withoutEchoes(atoms: readonly AccessAtom[]): AccessAtom[] {
  const rules = (way: string, { was, is }: AccessAtom): string =>
    JSON.stringify([way, was.rule?.pattern, is.rule?.pattern]);
  const counts = new Set<string>();
  for (const atom of atoms) {
    if (atom.subject.inert || atom.aclOnly) continue;
    // Where there is more or less that counts, other conditions on what does not are no news either.
    for (const way of [WAYS[atom.kind], "change"]) counts.add(rules(way, atom));
  }
  return atoms.filter(
    (atom) => (!atom.subject.inert && !atom.aclOnly) || !counts.has(rules(WAYS[atom.kind], atom)),
  );
}

const WAYS: { readonly [kind in AccessKind]: "more" | "less" | "change" } = {
  gained: "more",
  widened: "more",
  lost: "less",
  narrowed: "less",
  changed: "change",
};

/** The conditions that are said of a change; of what is lost altogether, none. */
function conditionsOf({ kind, was, is, capability }: AccessAtom): ConditionWords {
  const words = ({ rule }: Grant): string => conditionWords(rule?.conditions, capability).join(", ");
  if (kind === "lost") return { before: "", now: "" };
  const now = is.level === "full" ? "" : words(is);
  return { before: kind === "gained" || was.level === "full" ? "" : words(was), now };
}

function findingOf(group: Omit<Group, "atoms"> & Part, pair: ComparedPair, view: CauseView): AccessFinding {
  const { kind, intent, atoms, inert, except } = group;
  const people = pair.principals.map(({ head, base }) => head ?? base);
  const systems = new Set(people.map((each) => each?.system).filter(Boolean));
  const shown = mostTelling(atoms, systems);
  const { all, words } = regionsOf(atoms, systems, except);
  const fields = shown.subject.fields;
  const capabilities = [...new Set(atoms.map(({ capability }) => capability))];
  const does =
    doesTo(intent, capabilities, words, fields) + (intent ? partly(intent, capabilities, atoms, pair) : "");
  const nothing = inert ? ", which has no effect there" : "";
  const places = placesOf(atoms, pair, view);
  const own = causeOf(shown, pair, view).place ?? places[0];
  const also = places.filter((place) => !own || placeWords(place) !== placeWords(own));
  const approval = atoms[0]?.approval;
  return {
    kind,
    severity: severityOf(inert),
    sentence: happened(kind, does, conditionsOf(shown)) + nothing,
    access: accessOf(shown, intent, capabilities, { all, except }, pair, view),
    ...(group.cause.because ? { cause: group.cause.because } : {}),
    ...(own ? { place: own } : {}),
    ...(also.length > 0 ? { alsoAt: also } : {}),
    owners: ownersOf([...people, ...atoms.map(({ subject }) => subject.named?.secret)]),
    ...(approval ? { approval: shownApproval(approval) } : {}),
  };
}

/** The lines to look at, each once. */
function placesOf(atoms: readonly AccessAtom[], pair: ComparedPair, view: CauseView): Place[] {
  const places = atoms.flatMap((atom) => causeOf(atom, pair, view).place ?? []);
  return [...new Map(places.map((place) => [placeWords(place), place])).values()];
}

function severityOf(inert: boolean): FindingSeverity {
  return inert ? "note" : "warning";
}

/** Writing takes create and update; where only one of them came or went, the other not being there, it is said. */
function partly(
  intent: KvIntent,
  capabilities: readonly ComparedCapability[],
  atoms: readonly AccessAtom[],
  pair: ComparedPair,
): string {
  if (intent !== "write" || capabilities.length !== 1) return "";
  const [only] = capabilities;
  const other = only === "create" ? "update" : "create";
  const path = atoms[0]?.path ?? "";
  const has = [pair.before, pair.after].some(
    (list) => grantOf(decidingRules(list, path), other).level !== "none",
  );
  if (has) return only === "create" ? ", new ones too" : ", existing ones too";
  return only === "create" ? ", where there is none yet" : ", where there is one already";
}

function accessOf(
  atom: AccessAtom,
  intent: KvIntent | undefined,
  capabilities: readonly ComparedCapability[],
  { all, except }: { readonly all: readonly string[]; readonly except: Part["except"] },
  pair: ComparedPair,
  view: CauseView,
): AccessChange {
  const earlier = view.moves.earlierPath(atom.path, isListing(atom.capability)) ?? atom.path;
  return {
    ...(intent ? { intent } : {}),
    capabilities,
    regions: all,
    ...(except.size > 0 ? { except: Object.fromEntries(except) } : {}),
    witness: witnessOf(atom, pair.before, pair.after, earlier),
    before: sideOfChange(atom.was.level, atom.was.rule, view.base),
    after: sideOfChange(atom.is.level, atom.is.rule, view.head),
  };
}
