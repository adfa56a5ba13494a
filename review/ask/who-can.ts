import { isListing } from "../../policies/capability";
import { coverPaths } from "../../policies/compare/cover";
import { decidingRules, grantOf } from "../../policies/compare/grant";
import { isAclOnly } from "../../policies/compare/witness";
import type { AccessList } from "../../policies/semantics/access-list";
import type { MergedRule } from "../../policies/semantics/merged-rule";
import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { patternFor } from "../../policies/semantics/rank";
import { askedAs, compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { doubtsAbout } from "./doubts";
import { holdersOf } from "./holders";
import type { Part, Question } from "./question";
import { dependsOn } from "./uncertainties";

/** One principal's answer. Who is granted nothing of it has none. */
export interface WhoCanAnswer {
  readonly principal: RevisionPrincipal;
  /** `partial`: something of what it needs is missing, or a part of the region; `unknown` is to be read as the worst. */
  readonly level: "full" | "conditional" | "partial" | "unknown";
  /** The rules that grant it; none for root. */
  readonly rules: readonly MergedRule[];
  /** What is missing, with a path on which it shows. */
  readonly missing: readonly Part[];
  /** For `unknown`: why. */
  readonly unknown?: string;
}

/** Everybody who may do what is asked, or a part of it, and everybody of whom nobody can tell. */
export function whoCanAnswers(revision: AccessRevision, question: Question, now?: number): WhoCanAnswer[] {
  const holders = holdersOf(revision);
  const model = compileRevision({ ...revision, principals: holders }, now);
  const done = new Map<AccessList, Omit<WhoCanAnswer, "principal"> | undefined>();
  return holders.flatMap((principal) => {
    const list = model.accessOf(askedAs(principal));
    if (!done.has(list)) done.set(list, answerOf(list, question.parts));
    const doubt = doubtsAbout(revision, principal)[0];
    const answer = done.get(list);
    if (doubt !== undefined)
      return [{ principal, level: "unknown" as const, rules: [], missing: [], unknown: doubt }];
    return answer ? [{ principal, ...answer }] : [];
  });
}

/** What one access list grants of several parts. */
export function answerOf(
  list: AccessList,
  parts: readonly Part[],
): Omit<WhoCanAnswer, "principal"> | undefined {
  if (list.isRoot) return { level: "full", rules: [], missing: [] };
  if (list.failure !== undefined) return undefined;
  const rules = new Set<MergedRule>();
  const missing: Part[] = [];
  let conditional = false;
  let unknown = list.dialect.inexact;
  for (const part of parts) {
    const plain = part.capabilities;
    const withSudo = [...plain, "sudo" as const];
    const wantsSudo = matcherOf(part.sudoOn ?? []);
    const complete = eachPath(list, part, (path) => {
      unknown ??= doubtAt(list, path);
      const deciding = decidingRules(list, path);
      const capabilities = wantsSudo(path) ? withSudo : plain;
      const grants = capabilities.map((capability) => grantOf(deciding, capability));
      if (grants.some(({ level }) => level === "none")) {
        if (!missing.some((each) => each.capabilities === capabilities)) missing.push({ path, capabilities });
        return;
      }
      for (const { level, rule } of grants) {
        conditional ||= level === "conditional";
        if (rule) rules.add(rule);
      }
    });
    if (!complete) unknown ??= "there are more classes of paths than can be looked at";
  }
  if (unknown !== undefined) return { level: "unknown", rules: [...rules], missing, unknown };
  if (rules.size === 0) return undefined;
  const level = missing.length > 0 ? "partial" : conditional ? "conditional" : "full";
  return { level, rules: [...rules], missing };
}

/** One path of every class in the part's region that a request can have. */
function eachPath(
  list: AccessList,
  { path, capabilities, sudoOn = [] }: Part,
  visit: (path: string) => void,
): boolean {
  const target = patternFor(path);
  if (target.kind === "exact") {
    visit(target.text);
    return true;
  }
  const trie = new PatternTrie([target]);
  const listing = capabilities.every(isListing);
  const uncertain = list.uncertain.map((each) => each.merged.pattern);
  const protectedOnes = sudoOn.map((each) => patternFor(each));
  const patterns = [target, ...list.rules().map((rule) => rule.pattern), ...uncertain, ...protectedOnes];
  return coverPaths(
    patterns,
    (candidate) => {
      if (trie.best(candidate) < 0 || candidate.endsWith("/") !== listing) return;
      if (!capabilities.some((capability) => isAclOnly(candidate, capability))) visit(candidate);
    },
    { focus: new Set([0]) },
  );
}

function matcherOf(paths: readonly string[]): (path: string) => boolean {
  const patterns = paths.map((path) => patternFor(path));
  const trie = new PatternTrie(patterns.filter(({ kind }) => kind !== "exact"));
  const exact = new Set(patterns.filter(({ kind }) => kind === "exact").map(({ text }) => text));
  return (path) => exact.has(path) || trie.best(path) >= 0;
}

function doubtAt(list: AccessList, path: string): string | undefined {
  const found = list.uncertain.find((each) => each.couldMatch(path));
  return found && dependsOn(found);
}
