import { PolicyDocument } from "../../../policies/document";
import { policyName } from "../../../policies/policy-name";
import { CompiledModel } from "../../../policies/queries/principal";
import type { AccessList, NamedPolicy } from "../../../policies/semantics/access-list";
import { askedAs } from "../../compiled-revision";
import type { Doubt, NamedSecret, RevisionMount, RevisionPrincipal } from "../../model";
import type { PackedPolicy, PackedSide, ReportData } from "../data";

/** What a principal may do, or why nobody can tell. */
export type Access = { readonly list: AccessList } | { readonly failure: string };

/** Two sides share nearly all of their policies: each is made once. */
const NAMED = new WeakMap<PackedPolicy, NamedPolicy>();

function namedPolicy(packed: PackedPolicy): NamedPolicy {
  let named = NAMED.get(packed);
  if (!named) {
    const { name, rules, namespace, allowedInTemplates, expiration } = packed;
    named = {
      name,
      document: new PolicyDocument(rules),
      ...(namespace === undefined ? {} : { namespace }),
      ...(allowedInTemplates === undefined ? {} : { allowedInTemplates }),
      ...(expiration === undefined ? {} : { expiration }),
    };
    NAMED.set(packed, named);
  }
  return named;
}

/** One revision as the map asks it. */
export class Side {
  readonly label: string;
  readonly engine: string;
  readonly mounts: readonly RevisionMount[];
  readonly secrets: readonly NamedSecret[];
  readonly doubts: readonly Doubt[];
  readonly principals: ReadonlyMap<string, RevisionPrincipal>;
  readonly policies: ReadonlyMap<string, PackedPolicy>;
  readonly #compiled: CompiledModel;

  constructor(data: ReportData, packed: PackedSide) {
    const policies = packed.policies.map((index) => data.policies[index] as PackedPolicy);
    const principals = packed.principals.map((index) => data.principals[index] as RevisionPrincipal);
    this.label = packed.label;
    this.engine = packed.engine;
    this.mounts = packed.mounts;
    this.doubts = packed.doubts;
    this.secrets = packed.secrets.map((index) => data.secrets[index] as NamedSecret);
    this.principals = new Map(principals.map((principal) => [principal.name, principal]));
    this.policies = new Map(policies.map((policy) => [policyName(policy.name), policy]));
    this.#compiled = new CompiledModel({
      engine: packed.engine,
      policies: policies.map(namedPolicy),
      principals: principals.map(askedAs),
      ...(data.now === undefined ? {} : { now: data.now }),
    });
  }

  /** Principals with the same policies share one list; it is compiled when it is first asked for. */
  accessOf(name: string): Access | undefined {
    const principal = this.principals.get(name);
    if (!principal) return undefined;
    try {
      return { list: this.#compiled.accessOf(askedAs(principal)) };
    } catch (error) {
      return { failure: (error as Error).message.split("\n")[0] ?? "its policies cannot be put together" };
    }
  }

  /** Why what this side says of a principal may be wrong; a doubt about all of them is told beside the map. */
  doubtsAbout(name: string): string[] {
    const reasons = this.doubts
      .filter((doubt) => doubt.principals?.includes(name))
      .map(({ reason }) => reason);
    for (const held of this.principals.get(name)?.holds ?? []) {
      if (this.policies.get(policyName(held.policy))?.unreadable)
        reasons.push(`the policy ${held.policy} cannot be read`);
    }
    return reasons;
  }
}
