import { type ComparedCapability, decidingRules, grantOf } from "../compare/grant";
import { policyName } from "../policy-name";
import type { AccessList } from "../semantics/access-list";
import { patternFor, writtenPattern } from "../semantics/rank";
import { POLICY_PATHS, POWERS, type Power, powersBelow, waysInto } from "./powers";
import type { CompiledModel, Principal } from "./principal";
import { reachInto } from "./reach";

/** One thing that a principal may do to get more than it was given. */
export interface EscalationStep {
  /** Who does it. */
  readonly by: string;
  /** What it brings: the name of another principal, or everything. */
  readonly to: string;
  readonly how: string;
  readonly capability: ComparedCapability;
  readonly witness: string;
  /** The rule that allows it, as written. */
  readonly rule: string | undefined;
}

/** A way from a principal to everything, step by step. */
export interface EscalationChain {
  readonly principal: string;
  readonly steps: readonly EscalationStep[];
}

/** What a chain ends with. */
export const EVERYTHING = "everything";

/**
 * For each principal the shortest way to everything, if there is one: by what it may write itself, or by becoming another
 * principal first. Root is left out, because it is there already.
 * @param rolePaths of principals that are not in the model: they tell of login methods
 */
export function escalations(model: CompiledModel, rolePaths: readonly string[] = []): EscalationChain[] {
  const principals = model.model.principals.filter((principal) => !model.accessOf(principal).isRoot);
  const deeper = powersBelow([...rolePaths, ...principals.flatMap(({ rolePath }) => rolePath ?? [])]);
  const powers = deeper.length === 0 ? POWERS : [...POWERS, ...deeper];
  const ends = new Map(principals.map((principal) => [principal.name, lastStep(model, principal, powers)]));
  const others = principals.map(becoming);
  return principals.flatMap((principal) => {
    const steps = shortest(model, principal, others, ends);
    return steps ? [{ principal: principal.name, steps }] : [];
  });
}

/** Lists of which not every class of paths could be looked at, found while somebody asked. */
const UNSURE = new WeakSet<AccessList>();

/** Whether `escalations` looked at everything that a principal of the model may do; without it one may have been missed. */
export function sawEverything(model: CompiledModel, principal: Principal): boolean {
  return !UNSURE.has(model.accessOf(principal));
}

/** The step by which a principal reaches everything on its own. */
function lastStep(
  model: CompiledModel,
  principal: Principal,
  powers: readonly Power[],
): EscalationStep | undefined {
  for (const name of principal.policies.map(policyName)) {
    for (const root of POLICY_PATHS) {
      const step = firstReach(model.accessOf(principal), principal, {
        region: root + name,
        capabilities: ["update", "patch"],
        how: `rewrites its own policy ${name}`,
      });
      if (step) return step;
    }
  }
  // A policy that it may write and that nobody holds helps only with one of the powers below, which suffice alone.
  for (const power of powers) {
    const step = firstReach(model.accessOf(principal), principal, power);
    if (step) return step;
  }
  return undefined;
}

function firstReach(
  list: AccessList,
  principal: Principal,
  power: Power,
  to = EVERYTHING,
  isExact = isExactRegion(power),
): EscalationStep | undefined {
  // Thousands of principals are asked about each other's roles, and nearly all may do nothing there.
  if (isExact && !mayDo(list, power)) return undefined;
  const { reached, complete } = reachInto(
    list,
    power.region,
    power.sudo ? [...power.capabilities, "sudo"] : power.capabilities,
    // Where one region is too much the others will be: they are looked at, and not for long.
    UNSURE.has(list) ? 2_000 : undefined,
  );
  if (!complete) UNSURE.add(list);
  const found = reached.find(({ capability, rule }) => {
    if (capability === "sudo") return false;
    return !power.sudo || reached.some((other) => other.capability === "sudo" && other.rule === rule);
  });
  if (!found) return undefined;
  const rule = found.rule && writtenPattern(found.rule.pattern);
  return {
    by: principal.name,
    to,
    how: power.how,
    capability: found.capability,
    witness: found.witness,
    rule,
  };
}

function isExactRegion({ region }: Power): boolean {
  return patternFor(region).kind === "exact";
}

function mayDo(list: AccessList, { region, capabilities }: Power): boolean {
  const deciding = decidingRules(list, region);
  return capabilities.some((capability) => grantOf(deciding, capability).level !== "none");
}

/** What anybody does to become a principal. */
interface Becoming {
  readonly other: Principal;
  readonly ways: readonly { readonly power: Power; readonly isExact: boolean }[];
}

/** Made once for each: everybody is asked about everybody else. */
function becoming(other: Principal): Becoming {
  const powers = other.rolePath === undefined ? [] : waysInto(other.rolePath, other.name);
  const ways = powers.map((power) => ({ power, isExact: isExactRegion(power) }));
  return { other, ways };
}

/** The step by which one principal becomes another. */
function becomes(
  list: AccessList,
  principal: Principal,
  { other, ways }: Becoming,
): EscalationStep | undefined {
  if (other === principal) return undefined;
  for (const { power, isExact } of ways) {
    const step = firstReach(list, principal, power, other.name, isExact);
    if (step) return step;
  }
  return undefined;
}

function shortest(
  model: CompiledModel,
  start: Principal,
  others: readonly Becoming[],
  ends: ReadonlyMap<string, EscalationStep | undefined>,
): EscalationStep[] | undefined {
  const seen = new Set([start.name]);
  let frontier: { principal: Principal; steps: EscalationStep[] }[] = [{ principal: start, steps: [] }];
  while (frontier.length > 0) {
    for (const { principal, steps } of frontier) {
      const end = ends.get(principal.name);
      if (end) return [...steps, end];
    }
    const next: typeof frontier = [];
    for (const { principal, steps } of frontier) {
      const list = model.accessOf(principal);
      for (const each of others) {
        const { other } = each;
        if (seen.has(other.name)) continue;
        const step = becomes(list, principal, each);
        if (!step) continue;
        seen.add(other.name);
        next.push({ principal: other, steps: [...steps, step] });
      }
    }
    frontier = next;
  }
  return undefined;
}
