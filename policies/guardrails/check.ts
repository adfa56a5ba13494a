import { endInWords, endsAfter, MOST_ENDS } from "../compare/over-time";
import { parseTime } from "../language/duration";
import { CompiledModel, type Principal } from "../queries/principal";
import { reachInto } from "../queries/reach";
import type { AccessList } from "../semantics/access-list";
import { writtenPattern } from "../semantics/rank";
import { type Breach, brokenBy, doubtOf, unknownOn } from "./breach";
import { type Forbidden, type Guardrail, isBound, type Waiver } from "./guardrail";
import { RuleIndex } from "./rule-index";

/**
 * Proves or refutes guardrails for every principal that they bind. No breach means that one holds on every path; a breach
 * without `waiver` means that it is broken. Where the model has a time, that counts for what rules that end leave behind, too.
 * @param now milliseconds since 1970, for waivers; without it no waiver counts
 * @returns the breaches of each, in the order of the guardrails
 */
export function checkGuardrails(
  guardrails: readonly Guardrail[],
  model: CompiledModel,
  now?: number,
): Breach[][] {
  if (guardrails.length === 0) return [];
  const found = checkAsOf(guardrails, model, now);
  const ending = endingOf(model);
  for (const [end, principals] of byMoment(ending)) {
    const then = new CompiledModel({ ...model.model, principals, now: end + 1 });
    const later = checkAsOf(guardrails, then, now === undefined ? undefined : end + 1);
    for (const [at, breaches] of later.entries()) addLater(found[at] ?? [], breaches, endInWords(end));
  }
  return found.map((each, at) => [...each, ...unseen(guardrails[at], model, ending)]);
}

/** For each principal the moments at which something that it holds ends, where there are any. */
type Ending = ReadonlyMap<Principal, readonly number[]>;

function endingOf(model: CompiledModel): Ending {
  const { now, principals } = model.model;
  if (now === undefined) return new Map();
  const ends = principals.map((each) => [each, endsAfter(now, model.policiesOf(each))] as const);
  return new Map(ends.filter(([, moments]) => moments.length > 0));
}

/** The moments in order, each with those of whom something ends then: nobody else can do other things behind it. */
function byMoment(ending: Ending): [number, Principal[]][] {
  const moments = new Map<number, Principal[]>();
  for (const [principal, ends] of ending) {
    for (const end of ends.slice(0, MOST_ENDS)) {
      const same = moments.get(end);
      if (same) same.push(principal);
      else moments.set(end, [principal]);
    }
  }
  return [...moments].sort(([a], [b]) => a - b);
}

/** What breaks a guardrail only when a rule ends: one that denies, or shadows another. */
function addLater(found: Breach[], later: readonly Breach[], from: string): void {
  const known = new Set(found.map(factOf));
  for (const each of later)
    if (!known.has(factOf(each))) found.push({ ...each, from, message: `${each.message}, from ${from} on` });
}

function factOf({ principal, capability, rule, verdict }: Breach): string {
  return JSON.stringify([principal, capability, rule, verdict]);
}

/** More moments of one principal than are looked at leave a guardrail unproved for it. */
function unseen(guardrail: Guardrail | undefined, model: CompiledModel, ending: Ending): Breach[] {
  if (!guardrail) return [];
  return [...ending]
    .filter(([, ends]) => ends.length > MOST_ENDS)
    .filter(([principal]) => !model.accessOf(principal).isRoot && isBound(guardrail.subject, principal.name))
    .map(([{ name: principal }, ends]) => {
      const reason = `rules end at ${ends.length} moments, of which the first ${MOST_ENDS} were looked at`;
      const asked = { guardrail: guardrail.words, principal };
      const region = guardrail.forbidden[0]?.region ?? "*";
      return { ...asked, region, ...unknownOn(asked, region, reason) };
    });
}

function checkAsOf(
  guardrails: readonly Guardrail[],
  model: CompiledModel,
  now: number | undefined,
): Breach[][] {
  const principals = model.model.principals.map((principal) => ({
    principal,
    list: model.accessOf(principal),
  }));
  const index = new RuleIndex(new Set(principals.map(({ list }) => list)));
  return guardrails.map((guardrail) => {
    const near = nearBy(guardrail, index);
    return principals
      .filter(
        ({ principal, list }) => !list.isRoot && near.has(list) && isBound(guardrail.subject, principal.name),
      )
      .flatMap(({ principal, list }) => breachesOf(guardrail, principal, list, near.get(list) ?? [], now));
  });
}

/** The waivers that excuse nothing: what they were for is mended, or they name the wrong principal. */
export function idleWaivers(guardrail: Guardrail, breaches: readonly Breach[]): Waiver[] {
  const breaking = new Set(breaches.map(({ principal }) => principal));
  return guardrail.waivers.filter(({ principal }) => !breaking.has(principal));
}

/** For each access list that comes near something forbidden, what that is. */
function nearBy(guardrail: Guardrail, index: RuleIndex): Map<AccessList, Forbidden[]> {
  const near = new Map<AccessList, Forbidden[]>();
  for (const forbidden of guardrail.forbidden) {
    for (const list of index.listsNear(forbidden)) {
      const known = near.get(list);
      if (known) known.push(forbidden);
      else near.set(list, [forbidden]);
    }
  }
  return near;
}

function breachesOf(
  guardrail: Guardrail,
  principal: Principal,
  list: AccessList,
  near: readonly Forbidden[],
  now: number | undefined,
): Breach[] {
  const breaches: Breach[] = [];
  const base = {
    guardrail: guardrail.words,
    principal: principal.name,
    ...waiversOf(guardrail, principal.name, now),
  };
  const seen = new Set<string>();
  for (const { region, capabilities } of near) {
    const { reached, certain } = reachInto(list, region, capabilities);
    for (const each of reached) {
      const key = `${each.capability} ${each.rule && writtenPattern(each.rule.pattern)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      breaches.push({ ...base, region, ...brokenBy(base, each) });
    }
    if (!certain && reached.length === 0) {
      breaches.push({ ...base, region, ...unknownOn(base, region, doubtOf(list)) });
    }
  }
  return breaches;
}

function waiversOf(
  guardrail: Guardrail,
  principal: string,
  now: number | undefined,
): Pick<Breach, "waiver" | "expired"> {
  const own = guardrail.waivers.filter((each) => each.principal === principal);
  const waiver = own.find((each) => now !== undefined && now <= endOf(each));
  if (waiver) return { waiver };
  const [expired] = own.toSorted((a, b) => endOf(b) - endOf(a));
  return expired ? { expired } : {};
}

function endOf({ until }: Waiver): number {
  return parseTime(until) ?? 0;
}
