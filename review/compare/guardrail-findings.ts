import { coverPaths } from "../../policies/compare/cover";
import { type ComparedCapability, decidingRules, grantOf } from "../../policies/compare/grant";
import { isAclOnly } from "../../policies/compare/witness";
import type { Breach } from "../../policies/guardrails/breach";
import { checkGuardrails } from "../../policies/guardrails/check";
import { type Guardrail, isBound } from "../../policies/guardrails/guardrail";
import { intentOf } from "../../policies/intents";
import type { CompiledModel } from "../../policies/queries/principal";
import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { patternFor } from "../../policies/semantics/rank";
import { askedAs, compileRevision } from "../compiled-revision";
import type { AccessChange, SideOfChange } from "../finding";
import type { AccessRevision, Place, RevisionGuardrail, RevisionPrincipal } from "../model";
import type { FindingParts } from "./finding-id";
import { placeText, RulePlaces } from "./rule-places";
import { mountOf } from "./subject";

export interface GuardrailView {
  readonly base: AccessRevision;
  readonly head: AccessRevision;
  readonly now?: number;
  /** The names of those who may do something else than before. */
  readonly touched: ReadonlySet<string>;
}

/**
 * Guardrails that the head breaks, and those that it gave up. One that stood before is asked of those whose access changed;
 * one that is new, or says more, is asked of everybody.
 */
export function guardrailFindings(view: GuardrailView): FindingParts[] {
  const { base, head } = view;
  const before = new Set(base.guardrails.map(contentOf));
  const [known, fresh] = split(head.guardrails, (guardrail) => before.has(contentOf(guardrail)));
  const touched = head.principals.filter(({ name }) => view.touched.has(name));
  return [
    ...broken(known, touched, view),
    ...broken(fresh, head.principals, view),
    ...base.guardrails.flatMap((guardrail) => givenUp(guardrail, head)),
  ];
}

function split<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function contentOf({ words, subject, forbidden }: RevisionGuardrail): string {
  return JSON.stringify([words, subject, forbidden]);
}

function broken(
  guardrails: readonly RevisionGuardrail[],
  principals: readonly RevisionPrincipal[],
  view: GuardrailView,
): FindingParts[] {
  if (guardrails.length === 0 || principals.length === 0) return [];
  const model = compileRevision({ ...view.head, principals }, view.now);
  const rules = guardrails as readonly Guardrail[];
  return checkGuardrails(rules, model, view.now).flatMap((breaches, at) => {
    const guardrail = guardrails[at] as RevisionGuardrail;
    return onePerPrincipal(breaches).map((own) => findingOf(own, guardrail, model, view));
  });
}

/** A wide rule breaks a guardrail on many paths: one shows it, the most telling first. */
function onePerPrincipal(breaches: readonly Breach[]): Breach[][] {
  const found = new Map<string, Breach[]>();
  for (const breach of breaches) {
    const own = found.get(breach.principal);
    if (own) own.push(breach);
    else found.set(breach.principal, [breach]);
  }
  return [...found.values()].map((own) => own.toSorted((a, b) => weightOf(a) - weightOf(b)));
}

/** Values before names, certainties before doubts. */
function weightOf({ verdict, capability, witness }: Breach): number {
  const order = ["read", "update", "create", "patch", "delete", "list"];
  const known = capability === undefined ? -1 : order.indexOf(capability);
  return (
    (verdict === "unknown" ? 100 : 0) +
    (known < 0 ? order.length : known) * 2 +
    (witness?.includes("/metadata/") ? 1 : 0)
  );
}

function findingOf(
  breaches: readonly Breach[],
  guardrail: RevisionGuardrail,
  model: CompiledModel,
  view: GuardrailView,
): FindingParts {
  const [breach] = breaches as [Breach];
  const principal = view.head.principals.find(({ name }) => name === breach.principal) as RevisionPrincipal;
  const places = new RulePlaces(view.head);
  const rules = breaches
    .flatMap(({ sources }) => sources.slice(0, 1))
    .flatMap((source) => places.of(source) ?? []);
  const [place = guardrail.place ?? principal.place, ...more] = onceEach(rules);
  const also = onceEach([...more, ...(guardrail.place ? [guardrail.place] : [])]).filter(
    (each) => !place || placeText(each) !== placeText(place),
  );
  const already = wasBroken(breach, guardrail, view);
  const waived = breach.waiver;
  const what = breach.verdict === "unknown" ? "may break" : "breaks";
  const shown =
    breach.witness === undefined
      ? "nobody can tell what it may do there"
      : `${breach.capability} ${breach.witness} is allowed by path "${breach.rule}"`;
  const cause = waived
    ? `waived until ${waived.until}: ${waived.reason}`
    : already
      ? "it was broken before this change, too"
      : breach.expired
        ? `its waiver ran out on ${breach.expired.until}`
        : undefined;
  const access = accessOf(breach, principal, model, view, places);
  return {
    kind: breach.verdict === "unknown" ? "unknown" : "guardrail-broken",
    severity: waived ? "note" : already ? "warning" : "error",
    principals: [principal.name],
    titles: [principal.title],
    sentence: `${what} the guardrail "${guardrail.words}": ${shown}`,
    ...(access ? { access } : {}),
    ...(cause ? { cause } : {}),
    rule: guardrail.words,
    ...(place ? { place } : {}),
    ...(also.length > 0 ? { alsoAt: also } : {}),
    owners: [...new Set([guardrail.owner, principal.owner].filter((owner) => owner !== undefined))].sort(),
  };
}

function onceEach(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [placeText(place), place])).values()];
}

/** The same rule need not have done it: whether the principal broke the guardrail at all. */
function wasBroken(
  { principal }: Breach,
  guardrail: RevisionGuardrail,
  { base, now }: GuardrailView,
): boolean {
  const was = base.principals.find(({ name }) => name === principal);
  if (!was) return false;
  const model = compileRevision({ ...base, principals: [was] }, now);
  return checkGuardrails([guardrail as Guardrail], model, now)
    .flat()
    .some(({ waiver }) => !waiver);
}

function accessOf(
  { capability, witness }: Breach,
  principal: RevisionPrincipal,
  model: CompiledModel,
  view: GuardrailView,
  places: RulePlaces,
): AccessChange | undefined {
  if (!capability || witness === undefined) return undefined;
  const was = view.base.principals.find(({ name }) => name === principal.name);
  const before = was && compileRevision({ ...view.base, principals: [was] }, view.now);
  const mount = mountOf(witness, view.head.mounts);
  const intent = mount?.kvVersion === 2 ? intentOf(mount.path, witness, capability) : undefined;
  const none: SideOfChange = { level: "none", policies: [] };
  return {
    ...(intent ? { intent } : {}),
    capabilities: [capability],
    regions: [witness],
    witness: { capability, path: witness, aclOnly: isAclOnly(witness, capability) },
    before: was && before ? sideOf(before, was, witness, capability, new RulePlaces(view.base)) : none,
    after: sideOf(model, principal, witness, capability, places),
  };
}

function sideOf(
  model: CompiledModel,
  principal: RevisionPrincipal,
  path: string,
  capability: ComparedCapability,
  places: RulePlaces,
): SideOfChange {
  const { level, rule } = grantOf(decidingRules(model.accessOf(askedAs(principal)), path), capability);
  const place = places.ofRule(rule);
  return {
    level,
    ...(rule?.sources[0] ? { rule: rule.sources[0].rule.path } : {}),
    policies: [...new Set(rule?.sources.map(({ policy }) => policy) ?? [])],
    ...(place ? { place } : {}),
  };
}

/** What a guardrail of the base no longer keeps anybody from. */
function givenUp(guardrail: RevisionGuardrail, head: AccessRevision): FindingParts[] {
  if (head.guardrails.some((other) => contentOf(other) === contentOf(guardrail))) {
    const same = head.guardrails.filter((other) => contentOf(other) === contentOf(guardrail));
    const waived = same
      .flatMap(({ waivers }) => waivers)
      .filter(
        (waiver) =>
          !guardrail.waivers.some((old) => old.principal === waiver.principal && old.until === waiver.until),
      );
    return waived.map((waiver) =>
      removal(
        guardrail,
        same[0]?.place,
        `is waived for ${waiver.principal} until ${waiver.until}: ${waiver.reason}`,
        "warning",
      ),
    );
  }
  const left = looseEnd(guardrail, head.guardrails);
  if (left === undefined) return [];
  const successor = head.guardrails.find(({ words }) => words === guardrail.words);
  const sentence = successor
    ? `now says less: it no longer forbids ${left}`
    : `is gone: nothing forbids ${left} any more`;
  return [removal(guardrail, successor?.place ?? guardrail.place, sentence, "error")];
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
      const path = pathOutside(region, wide);
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

/** A path of a region that none of the others has. */
function pathOutside(region: string, others: readonly string[]): string | undefined {
  const patterns = [region, ...others].map((path) => patternFor(path));
  const tests = patterns.map((pattern) => {
    if (pattern.kind === "exact") return (path: string): boolean => path === pattern.text;
    const trie = new PatternTrie([pattern]);
    return (path: string): boolean => trie.best(path) >= 0;
  });
  let outside: string | undefined;
  coverPaths(
    patterns,
    (path) => {
      if (outside === undefined && tests[0]?.(path) && !tests.slice(1).some((test) => test(path)))
        outside = path;
    },
    { focus: new Set([0]) },
  );
  return outside;
}
