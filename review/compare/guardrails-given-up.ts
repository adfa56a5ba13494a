import { coverPaths } from "../../policies/compare/cover";
import type { ComparedCapability } from "../../policies/compare/grant";
import { awkwardness } from "../../policies/compare/witness";
import { isBound } from "../../policies/guardrails/guardrail";
import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { type Pattern, patternFor } from "../../policies/semantics/rank";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, RevisionGuardrail } from "../model";

/** What makes a guardrail itself: everything but its waivers and its place. */
export function contentOf({ words, subject, forbidden }: RevisionGuardrail): string {
  return JSON.stringify([words, subject, forbidden]);
}

/** What a guardrail of the base no longer keeps anybody from. */
export function givenUp(guardrail: RevisionGuardrail, head: AccessRevision): FindingParts[] {
  if (head.guardrails.some((other) => contentOf(other) === contentOf(guardrail))) {
    return waivedIn(
      guardrail,
      head.guardrails.filter((other) => contentOf(other) === contentOf(guardrail)),
    );
  }
  const left = looseEnd(guardrail, head.guardrails);
  if (left === undefined) {
    // Others forbid as much; they may excuse somebody whom this one did not.
    const strict = head.guardrails.filter((other) => newWaivers(guardrail, other).length === 0);
    return looseEnd(guardrail, strict) === undefined ? [] : waivedIn(guardrail, head.guardrails);
  }
  const successor = head.guardrails.find(({ words }) => words === guardrail.words);
  const sentence = successor
    ? `now says less: it no longer forbids ${left}`
    : `is gone: nothing forbids ${left} any more`;
  return [removal(guardrail, successor?.place ?? guardrail.place, sentence, "error")];
}

/** What excuses somebody from a guardrail that the base's did not excuse. */
function newWaivers(
  { waivers }: RevisionGuardrail,
  { subject, waivers: now }: RevisionGuardrail,
): RevisionGuardrail["waivers"] {
  return now.filter(
    ({ principal, until }) =>
      isBound(subject, principal) &&
      !waivers.some((old) => old.principal === principal && old.until === until),
  );
}

function waivedIn(guardrail: RevisionGuardrail, others: readonly RevisionGuardrail[]): FindingParts[] {
  return others
    .filter(({ subject }) => bindsAll(subject, guardrail.subject))
    .flatMap((other) =>
      newWaivers(guardrail, other).map(({ principal, until, reason }) =>
        removal(guardrail, other.place, `is waived for ${principal} until ${until}: ${reason}`, "warning"),
      ),
    );
}

function removal(
  guardrail: RevisionGuardrail,
  place: RevisionGuardrail["place"],
  what: string,
  severity: "error" | "warning",
): FindingParts {
  return {
    kind: "guardrail-removed",
    severity,
    principals: [],
    titles: [],
    sentence: `the guardrail "${guardrail.words}" ${what}`,
    rule: guardrail.words,
    ...(place ? { place } : {}),
    owners: guardrail.owner ? [guardrail.owner] : [],
  };
}

/** Something that it forbade and that no guardrail of the head forbids to all whom it bound; undefined when there is nothing. */
function looseEnd(guardrail: RevisionGuardrail, heads: readonly RevisionGuardrail[]): string | undefined {
  const binding = heads.filter(({ subject }) => bindsAll(subject, guardrail.subject));
  for (const { region, capabilities } of guardrail.forbidden) {
    for (const capability of capabilities) {
      const wide = binding.flatMap(({ forbidden }) =>
        forbidden.filter((each) => each.capabilities.includes(capability)).map((each) => each.region),
      );
      const path = pathOutside(region, wide, capability as ComparedCapability);
      if (path !== undefined) return `${capability} ${path}`;
    }
  }
  return undefined;
}

/** Whether everybody whom `narrow` binds is bound by `wide`, whoever there is. */
function bindsAll(wide: RevisionGuardrail["subject"], narrow: RevisionGuardrail["subject"]): boolean {
  if (narrow.kind === "these") return narrow.principals.every((principal) => isBound(wide, principal));
  return (
    wide.kind === "all-but" && wide.principals.every((principal) => narrow.principals.includes(principal))
  );
}

/** A path of a region that none of the others has, a plain one if there is; the region itself when nobody can tell. */
function pathOutside(
  region: string,
  others: readonly string[],
  capability: ComparedCapability,
): string | undefined {
  const patterns = [region, ...others].map((path) => patternFor(path));
  const [isInside, ...covered] = patterns.map(matcherOf);
  let outside: string | undefined;
  const complete = coverPaths(
    patterns,
    (path) => {
      if (!isInside?.(path) || covered.some((test) => test(path))) return;
      if (outside === undefined || awkwardness(path, capability) < awkwardness(outside, capability))
        outside = path;
    },
    { focus: new Set([0]) },
  );
  return outside ?? (complete ? undefined : region);
}

function matcherOf(pattern: Pattern): (path: string) => boolean {
  if (pattern.kind === "exact") return (path) => path === pattern.text;
  const trie = new PatternTrie([pattern]);
  return (path) => trie.best(path) >= 0;
}
