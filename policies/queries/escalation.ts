import type { ComparedCapability } from "../compare/grant";
import { type AccessList, policyName } from "../semantics/access-list";
import { writtenPattern } from "../semantics/rank";
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

interface Power {
  readonly region: string;
  readonly capabilities: readonly ComparedCapability[];
  /** Whether sudo in the same rule is needed as well. */
  readonly sudo?: boolean;
  readonly how: string;
}

/** Writing here gives any policy to oneself, or takes it from the storage. */
const POWERS: readonly Power[] = [
  { region: "sys/auth/+", capabilities: ["update"], sudo: true, how: "enables a login method of its own" },
  {
    region: "auth/token/create",
    capabilities: ["update"],
    sudo: true,
    how: "makes a token with any policies",
  },
  {
    region: "auth/token/create-orphan",
    capabilities: ["update"],
    sudo: true,
    how: "makes a token with any policies",
  },
  {
    region: "auth/token/roles/+",
    capabilities: ["create", "update"],
    how: "writes a token role with any policies",
  },
  {
    region: "auth/+/role/+",
    capabilities: ["create", "update"],
    how: "writes a login role with any policies",
  },
  {
    region: "auth/+/role/+/policies",
    capabilities: ["create", "update"],
    how: "puts any policies on a login role",
  },
  {
    region: "auth/+/role/+/token-policies",
    capabilities: ["create", "update"],
    how: "puts any policies on a login role",
  },
  { region: "auth/+/users/+", capabilities: ["create", "update"], how: "writes a user with any policies" },
  {
    region: "auth/+/users/+/policies",
    capabilities: ["create", "update"],
    how: "puts any policies on a user",
  },
  {
    region: "auth/+/groups/+",
    capabilities: ["create", "update"],
    how: "puts any policies on a group of users",
  },
  {
    region: "auth/+/certs/+",
    capabilities: ["create", "update"],
    how: "writes a certificate role with any policies",
  },
  { region: "auth/+/map/*", capabilities: ["create", "update"], how: "maps a login to any policies" },
  { region: "identity/entity", capabilities: ["create", "update"], how: "puts any policies on an entity" },
  { region: "identity/entity/*", capabilities: ["create", "update"], how: "puts any policies on an entity" },
  { region: "identity/group", capabilities: ["create", "update"], how: "puts any policies on a group" },
  { region: "identity/group/*", capabilities: ["create", "update"], how: "puts any policies on a group" },
  { region: "identity/entity-alias", capabilities: ["create", "update"], how: "takes over another's entity" },
  {
    region: "identity/entity-alias/*",
    capabilities: ["create", "update"],
    how: "takes over another's entity",
  },
  { region: "identity/group-alias", capabilities: ["create", "update"], how: "joins a group by its alias" },
  {
    region: "sys/raw/*",
    capabilities: ["read", "create", "update"],
    sudo: true,
    how: "reaches the storage under every rule",
  },
  { region: "sys/storage/raft/snapshot", capabilities: ["update"], how: "replaces all data by a snapshot" },
  {
    region: "sys/storage/raft/snapshot-force",
    capabilities: ["update"],
    how: "replaces all data by a snapshot",
  },
  {
    region: "sys/plugins/catalog/*",
    capabilities: ["update"],
    sudo: true,
    how: "registers a plug-in, which runs on the server",
  },
];

const POLICY_PATHS = ["sys/policies/acl/", "sys/policy/"];

/** Every region with which an escalation begins or goes on: who may write in none of them gets nowhere. */
export const POWER_REGIONS: readonly string[] = [
  ...POWERS.map(({ region }) => region),
  ...POLICY_PATHS.map((path) => `${path}*`),
  "auth/+/role/+/secret-id",
];

/**
 * For each principal the shortest way to everything, if there is one: by what it may write itself, or by becoming another
 * principal first. Root is left out, because it is there already.
 */
export function escalations(model: CompiledModel): EscalationChain[] {
  const principals = model.model.principals.filter((principal) => !model.accessOf(principal).isRoot);
  const ends = new Map(principals.map((principal) => [principal.name, lastStep(model, principal)]));
  return principals.flatMap((principal) => {
    const steps = shortest(model, principal, principals, ends);
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
function lastStep(model: CompiledModel, principal: Principal): EscalationStep | undefined {
  const list = model.accessOf(principal);
  for (const name of principal.policies.map(policyName)) {
    for (const root of POLICY_PATHS) {
      const step = firstReach(model, principal, {
        region: root + name,
        capabilities: ["update", "patch"],
        how: `rewrites its own policy ${name}`,
      });
      if (step) return step;
    }
  }
  // A policy that it may write and that nobody holds helps only with one of the powers below, which suffice alone.
  for (const power of POWERS) {
    const step = list && firstReach(model, principal, power);
    if (step) return step;
  }
  return undefined;
}

function firstReach(
  model: CompiledModel,
  principal: Principal,
  power: Power,
  to = EVERYTHING,
): EscalationStep | undefined {
  const list = model.accessOf(principal);
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

/** The step by which one principal becomes another: a secret-id and the role-id of an AppRole. */
function becomes(model: CompiledModel, principal: Principal, other: Principal): EscalationStep | undefined {
  const role = other.rolePath;
  if (role === undefined || other === principal) return undefined;
  const how = `issues a secret-id of ${other.name} and logs in as it`;
  return firstReach(
    model,
    principal,
    { region: `${role}/secret-id`, capabilities: ["create", "update"], how },
    other.name,
  );
}

function shortest(
  model: CompiledModel,
  start: Principal,
  principals: readonly Principal[],
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
      for (const other of principals) {
        if (seen.has(other.name)) continue;
        const step = becomes(model, principal, other);
        if (!step) continue;
        seen.add(other.name);
        next.push({ principal: other, steps: [...steps, step] });
      }
    }
    frontier = next;
  }
  return undefined;
}
