import { type ComparedCapability, decidingRules, grantOf } from "../../policies/compare/grant";
import { isAclOnly } from "../../policies/compare/witness";
import type { Breach } from "../../policies/guardrails/breach";
import { checkGuardrails } from "../../policies/guardrails/check";
import type { Guardrail } from "../../policies/guardrails/guardrail";
import { intentOf } from "../../policies/kv-intent-of";
import type { CompiledModel } from "../../policies/queries/principal";
import { askedAs, compileRevision } from "../compiled-revision";
import type { AccessChange, SideOfChange } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, Place, RevisionGuardrail, RevisionPrincipal } from "../model";
import { mountOf } from "../mount-of";
import { placeWords } from "../place-words";
import { RulePlaces } from "../rule-places";
import { sideOfChange } from "../side-of-change";
import { contentOf, givenUp } from "./guardrails-given-up";
import { ownersOf } from "./owners";

/** The two revisions as guardrails are held against them. */
export interface GuardrailView {
  readonly base: AccessRevision;
  readonly head: AccessRevision;
  readonly now?: number;
  /** The names of those who may do something else than before. */
  readonly touched: ReadonlySet<string>;
}

/** With the lines of both, looked up once for all breaches. */
interface PlacedView extends GuardrailView {
  readonly places: { readonly base: RulePlaces; readonly head: RulePlaces };
}

/**
 * Guardrails that the head breaks, and those that it gave up. One that stood before is asked of those whose access changed;
 * one that is new, or says more, is asked of everybody.
 */
export function guardrailFindings(given: GuardrailView): FindingParts[] {
  const { base, head } = given;
  const view: PlacedView = { ...given, places: { base: new RulePlaces(base), head: new RulePlaces(head) } };
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

function broken(
  guardrails: readonly RevisionGuardrail[],
  principals: readonly RevisionPrincipal[],
  view: PlacedView,
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

/** Values before names, what is so now before what will be, certainties before doubts. */
function weightOf({ verdict, capability, witness, from }: Breach): number {
  const order = ["read", "update", "create", "patch", "delete", "list"];
  const known = capability === undefined ? -1 : order.indexOf(capability);
  return (
    (verdict === "unknown" ? 100 : 0) +
    (from === undefined ? 0 : 50) +
    (known < 0 ? order.length : known) * 2 +
    (witness?.includes("/metadata/") ? 1 : 0)
  );
}

function findingOf(
  breaches: readonly Breach[],
  guardrail: RevisionGuardrail,
  model: CompiledModel,
  view: PlacedView,
): FindingParts {
  const [breach] = breaches as [Breach];
  const principal = view.head.principals.find(({ name }) => name === breach.principal) as RevisionPrincipal;
  const places = view.places.head;
  const rules = breaches.flatMap(({ sources, capability }) =>
    sources.slice(0, 1).flatMap((source) => places.of(source, capability) ?? []),
  );
  const [place = guardrail.place ?? principal.place, ...more] = onceEach(rules);
  const already = wasBroken(breach, guardrail, view);
  const waived = breach.waiver;
  const what = breach.verdict === "unknown" ? "may break" : "breaks";
  // What it may do there is the witness, which every format shows.
  const open = breach.witness === undefined ? ": nobody can tell what it may do there" : "";
  const from = breach.from ? ` from ${breach.from} on, when a rule ends` : "";
  const cause = waived
    ? `waived until ${waived.until}: ${waived.reason}`
    : already
      ? "it was broken before this change, too"
      : breach.expired
        ? `its waiver ran out on ${breach.expired.until}`
        : undefined;
  const asOf = breach.from === undefined ? model : model.at(Date.parse(breach.from) + 1);
  const access = accessOf(breach, principal, asOf, view);
  return {
    kind: breach.verdict === "unknown" ? "unknown" : "guardrail-broken",
    severity: waived ? "note" : already ? "warning" : "error",
    principals: [principal.name],
    titles: [principal.title],
    sentence: `${what} the guardrail "${guardrail.words}"${from}${open}`,
    ...(access ? { access } : {}),
    ...(cause ? { cause } : {}),
    rule: guardrail.words,
    ...(place ? { place } : {}),
    ...(guardrail.place ? { declaredAt: guardrail.place } : {}),
    ...(more.length > 0 ? { alsoAt: more } : {}),
    owners: ownersOf([guardrail, principal]),
  };
}

function onceEach(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [placeWords(place), place])).values()];
}

/**
 * Whether the principal broke the guardrail as surely and as early before. The same rule need not have done it; that it may
 * have, or would have later, is no excuse for one that breaks it now.
 */
function wasBroken(
  { principal, verdict, from }: Breach,
  guardrail: RevisionGuardrail,
  { base, now }: GuardrailView,
): boolean {
  const was = base.principals.find(({ name }) => name === principal);
  if (!was) return false;
  const model = compileRevision({ ...base, principals: [was] }, now);
  return checkGuardrails([guardrail as Guardrail], model, now)
    .flat()
    .some(
      (old) => !old.waiver && (old.verdict === "broken" || verdict === "unknown") && isBy(old.from, from),
    );
}

/** Whether it was so when the other began. */
function isBy(earlier: string | undefined, from: string | undefined): boolean {
  if (earlier === undefined) return true;
  return from !== undefined && Date.parse(earlier) <= Date.parse(from);
}

function accessOf(
  { capability, witness }: Breach,
  principal: RevisionPrincipal,
  model: CompiledModel,
  view: PlacedView,
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
    before: was && before ? sideOf(before, was, witness, capability, view.places.base) : none,
    after: sideOf(model, principal, witness, capability, view.places.head),
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
  const [source] = rule?.sources ?? [];
  return { ...sideOfChange(level, rule, places), ...(source ? { rule: source.rule.path } : {}) };
}
