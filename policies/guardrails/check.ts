import type { ComparedCapability } from "../compare/grant";
import { parseTime } from "../language/duration";
import type { CompiledModel, Principal } from "../queries/principal";
import { type Reached, reachInto } from "../queries/reach";
import type { AccessList } from "../semantics/access-list";
import type { RuleSource } from "../semantics/merged-rule";
import { writtenPattern } from "../semantics/rank";
import { type Forbidden, type Guardrail, isBound, type Waiver } from "./guardrail";
import { RuleIndex } from "./rule-index";

/** One way in which a guardrail is broken, or may be. */
export interface Breach {
  readonly guardrail: string;
  readonly principal: string;
  /** `unknown` fails as `broken` does: nobody could prove that it holds. */
  readonly verdict: "broken" | "unknown";
  readonly capability: ComparedCapability | undefined;
  /** The part of what is forbidden that it is about. */
  readonly region: string;
  /** A path on which it shows. */
  readonly witness: string | undefined;
  /** Whether it is allowed under conditions only (parameters, wrapping, a second factor). */
  readonly conditional: boolean;
  /** The rule that allows it, as written, and the policies that have it. */
  readonly rule: string | undefined;
  readonly policies: readonly string[];
  /** The same rule where it stands: policy, index and text. */
  readonly sources: readonly RuleSource[];
  /** Why nobody can tell, for `unknown`: finishes a sentence after "because". */
  readonly reason?: string;
  /** The waiver that excuses it, if it has not run out. */
  readonly waiver?: Waiver;
  /** The last waiver that did, until it ran out. */
  readonly expired?: Waiver;
  /** One sentence. */
  readonly message: string;
}

/**
 * Proves or refutes guardrails for every principal that they bind. No breach means that one holds on every path; a breach
 * without `waiver` means that it is broken.
 * @param now milliseconds since 1970, for waivers; without it no waiver counts
 * @returns the breaches of each, in the order of the guardrails
 */
export function checkGuardrails(
  guardrails: readonly Guardrail[],
  model: CompiledModel,
  now?: number,
): Breach[][] {
  if (guardrails.length === 0) return [];
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

/** The same for one guardrail. */
export function checkGuardrail(guardrail: Guardrail, model: CompiledModel, now?: number): Breach[] {
  return checkGuardrails([guardrail], model, now).flat();
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
      breaches.push({ ...base, region, ...broken(guardrail.words, principal.name, each) });
    }
    if (!certain && reached.length === 0) {
      const reason = doubtOf(list);
      const message = `guardrail "${guardrail.words}": nobody can tell what ${principal.name} may do on ${region}, because ${reason}`;
      breaches.push({ ...base, ...UNKNOWN, region, reason, message });
    }
  }
  return breaches;
}

type Verdict = Omit<Breach, "guardrail" | "principal" | "region" | "waiver" | "expired">;

function broken(words: string, principal: string, { capability, witness, level, rule }: Reached): Verdict {
  const written = rule && writtenPattern(rule.pattern);
  const sources = rule?.sources ?? [];
  return {
    verdict: "broken",
    capability,
    witness,
    conditional: level === "conditional",
    rule: written,
    policies: [...new Set(sources.map(({ policy }) => policy))],
    sources,
    message: `guardrail "${words}": ${capability} ${witness} as ${principal} is allowed by path "${written}"`,
  };
}

const UNKNOWN = {
  verdict: "unknown",
  capability: undefined,
  witness: undefined,
  conditional: false,
  rule: undefined,
  policies: [],
  sources: [],
} as const;

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

function doubtOf({ dialect, uncertain }: AccessList): string {
  const [first] = uncertain;
  if (dialect.inexact !== undefined) return dialect.inexact;
  if (!first) return "there are too many kinds of paths to look at";
  const { rule, policy } = first.source;
  return `only a login tells what path "${rule.path}" of policy ${policy} stands for`;
}

function endOf({ until }: Waiver): number {
  return parseTime(until) ?? 0;
}
