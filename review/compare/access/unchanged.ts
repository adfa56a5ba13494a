import { isListing } from "../../../policies/capability";
import type { ComparedCapability, Grant } from "../../../policies/compare/grant";
import { awkwardness } from "../../../policies/compare/witness";
import { belowArea } from "../../../policies/kv-areas";
import type { AccessList } from "../../../policies/semantics/access-list";
import { PatternTrie } from "../../../policies/semantics/pattern-trie";
import { type Pattern, patternFor } from "../../../policies/semantics/rank";
import type { RevisionMount } from "../../model";
import { mountOf } from "../../mount-of";
import type { AccessAtom } from "./access-atom";
import type { AtomView } from "./atom-view";
import { ByPlace } from "./by-place";
import { type ChangeOn, changeOn, type DecidingOn, decidingOn } from "./change-on";
import { literalHead } from "./secret-names";
import type { Subject } from "./subject";
import { subjectOn } from "./subject-on";

const NONE: Grant = { level: "none", rule: undefined };

/** One capability on the path of one class, with what it means there. */
interface Looked extends ChangeOn {
  readonly path: string;
  readonly subject: Subject;
  /** The regions of both rules that decide there. */
  readonly regions: readonly string[];
  readonly needsSudo: boolean;
  /** As secrets are named, without the area of KV version 2. */
  readonly place: string;
  /** `data` and the like, on KV version 2 alone. */
  readonly area: string | undefined;
}

/**
 * Where a change that is told of a region did not happen: other rules decide parts of it as they did before, or otherwise.
 * Every class of paths was looked at, so what is named here is all.
 */
export class Unchanged {
  readonly #looked = new Map<ComparedCapability, ByPlace<Looked>>();

  /** @param paths one of every class */
  constructor(
    readonly paths: readonly string[],
    readonly before: AccessList,
    readonly after: AccessList,
    readonly view: AtomView,
  ) {}

  /** The regions within the atom's region, sorted, in which its capability did not change as the atom did. */
  within(atom: AccessAtom, sameConditions: (each: ChangeOn) => boolean): string[] {
    const { subject, kind, capability } = atom;
    if (subject.inert || atom.aclOnly || subject.intent === "configure") return [];
    if (!/[*+{]/.test(subject.region)) return [];
    // A path that serves better would have been taken, if there was one.
    if (awkwardness(atom.path, capability) > 0) return ["what has no slash at its end"];
    const isCovered = coverage(subject.region);
    const isChanged = (each: ChangeOn): boolean => each.kind === kind && sameConditions(each);
    const everywhere = this.#lookedAt(capability)
      .below(literalHead(patternOfRegion(subject.region)))
      .filter((each) => isCovered(each.place) && isMeant(each, subject));
    // OpenBao has names in two areas; a rule that lets them be seen in one has said enough.
    const areas = everywhere.filter(isChanged).map(({ area }) => area);
    const shown = areas.includes("metadata") ? "metadata" : this.#areaOf(atom.path);
    // Who lost them in one is told what the other still shows.
    const isLess = kind === "lost" || kind === "narrowed";
    const isStill = ({ is }: Looked): boolean => isLess && this.#showsTwice && is.level !== "none";
    const inside = everywhere.filter((each) => !shown || !each.area || each.area === shown || isStill(each));
    // What has a region of its own is told by that one.
    const isTold = (each: Looked): boolean =>
      each.subject.region === subject.region || (this.#isRoot && !each.subject.named);
    const changed = inside.filter((each) => isChanged(each) && isTold(each));
    const found = new Map<string, string>();
    for (const each of inside) {
      if (isChanged(each) || (!isLess && this.#isSeenBeside(each, capability, isChanged))) continue;
      const isRoot = `${each.place}*` === subject.region;
      const rules = JSON.stringify([each.subject.region, each.regions, each.needsSudo, isRoot]);
      if (!found.has(rules)) found.set(rules, exceptionOf(each, atom, changed, shown));
    }
    return [...new Set(found.values())].sort();
  }

  /** OpenBao shows the same names in a second area, with their metadata. */
  get #showsTwice(): boolean {
    return this.after.dialect.product === "openbao";
  }

  /** Whether the names are shown in the second area as the change says: then they are no exception. */
  #isSeenBeside(
    { path, area, subject }: Looked,
    capability: ComparedCapability,
    isChanged: (each: ChangeOn) => boolean,
  ): boolean {
    if (area !== "metadata" || subject.intent !== "see-names" || !this.#showsTwice) return false;
    const root = this.#mountOf(path)?.path ?? "";
    const beside = `${root}detailed-${path.slice(root.length)}`;
    const deciding = decidingOn(beside, this.before, this.after, this.view);
    return deciding !== undefined && isChanged(changeOn(deciding, capability));
  }

  /** Then all is told of the server as a whole. */
  get #isRoot(): boolean {
    return this.before.isRoot || this.after.isRoot;
  }

  #lookedAt(capability: ComparedCapability): ByPlace<Looked> {
    let looked = this.#looked.get(capability);
    if (!looked) {
      looked = new ByPlace(this.#decided().flatMap((deciding) => this.#lookAt(deciding, capability)));
      this.#looked.set(capability, looked);
    }
    return looked;
  }

  #decidings: readonly DecidingOn[] | undefined;

  #decided(): readonly DecidingOn[] {
    this.#decidings ??= this.paths.flatMap(
      (path) => decidingOn(path, this.before, this.after, this.view) ?? [],
    );
    return this.#decidings;
  }

  #lookAt(deciding: DecidingOn, capability: ComparedCapability): Looked[] {
    const { path, sudo } = deciding;
    if (awkwardness(path, capability) > 0 || (isListing(capability) && !path.endsWith("/"))) return [];
    // Where sudo is needed it is part of the other capabilities.
    if (capability === "sudo" && (sudo[0] || sudo[1])) return [];
    const change = changeOn(deciding, capability);
    const subject = subjectOn(path, capability, [change.was, change.is], this.view);
    const place = subject.intent ? this.#placeOf(path) : path;
    const regions = [[change.was], [NONE, change.is]].map(
      (grants) => subjectOn(path, capability, grants, this.view).region,
    );
    return [
      { ...change, path, subject, regions, place, area: this.#areaOf(path), needsSudo: sudo[0] || sudo[1] },
    ];
  }

  #mountOf(path: string): RevisionMount | undefined {
    return mountOf(path, this.view.mounts) ?? mountOf(path, this.view.gone ?? []);
  }

  #areaOf(path: string): string | undefined {
    const mount = this.#mountOf(path);
    return mount?.type === "kv" && mount.kvVersion !== 1
      ? path.slice(mount.path.length).split("/")[0]
      : undefined;
  }

  #placeOf(path: string): string {
    const mount = this.#mountOf(path);
    const rest = mount && mount.kvVersion !== 1 ? belowArea(path.slice(mount.path.length)) : undefined;
    return mount && rest !== undefined ? mount.path + rest : path;
  }
}

/** Whether what is said of a subject is about this path too, where its region has it. */
function isMeant({ subject, place }: Looked, { intent, fields, region }: Subject): boolean {
  if (subject.inert || subject.intent !== intent || subject.fields !== fields) return false;
  // The folder of a tree is told by itself.
  return !(intent === "see-names" && !fields && `${place}*` === region);
}

/**
 * What to call a class of paths that is excepted: by a rule that decides it where nothing else is told by the atom's region, else
 * by what it takes, else as a part.
 */
function exceptionOf(
  { subject, regions, place: at, area, needsSudo }: Looked,
  atom: AccessAtom,
  changed: readonly Looked[],
  shown: string | undefined,
): string {
  const own = atom.subject.region;
  const narrower = [subject.region, ...regions].filter(
    (region) => region !== own && !coverage(region)(own.replace(/\*$/, "")),
  );
  const whole = narrower.find((region) => {
    const isCovered = coverage(region);
    return !changed.some(({ place }) => isCovered(place));
  });
  if (whole !== undefined) return whole;
  if (changed.every((each) => each.needsSudo !== needsSudo))
    return needsSudo ? "what needs sudo" : "what needs no sudo";
  // Where the slash is tried first or last, a tree can be listed but at its root, or at its root alone.
  if (isListing(atom.capability) && `${at}*` === own) return at;
  if (isListing(atom.capability) && changed.every(({ place }) => `${place}*` === own))
    return "what is below it";
  if (area !== shown) return `what ${area} lists`;
  return `parts of ${narrower[0] ?? "it"}`;
}

/** Tells whether a place is in a region; names are listed with a slash behind the place. */
function coverage(region: string): (place: string) => boolean {
  const pattern = patternOfRegion(region);
  const trie = pattern.kind === "segment" ? new PatternTrie([pattern]) : undefined;
  const matches = (place: string): boolean =>
    trie
      ? trie.best(place) >= 0
      : pattern.kind === "exact"
        ? place === pattern.text
        : place.startsWith(pattern.text);
  return (place) => matches(place) || (place.endsWith("/") && matches(place.slice(0, -1)));
}

/** A title is a pattern with names for its segments: `project/{project}/{name}`. */
function patternOfRegion(region: string): Pattern {
  return patternFor(region.replace(/\{[^{}/]*\}/g, "+"));
}
