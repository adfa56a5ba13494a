import { PolicyDocument } from "../document";
import { RootNotAlone } from "../errors";
import { policyName } from "../policy-name";
import { AccessList, type CompileOptions, type NamedPolicy } from "../semantics/access-list";
import type { Entity } from "../semantics/templates";

/** Who logs in, and the names of the policies that the login brings (token, entity and group policies, `default`). */
export interface Principal {
  readonly name: string;
  readonly policies: readonly string[];
  /** For templates. @default not known */
  readonly entity?: Entity | null;
  /** Where the role or user behind the principal is kept: `auth/approle/role/ci`. @default not known */
  readonly rolePath?: string;
}

/** Policies and principals at one moment, on one engine. */
export interface AccessModel {
  readonly engine: string;
  readonly policies: readonly NamedPolicy[];
  readonly principals: readonly Principal[];
  /** Milliseconds since 1970. @default nothing has expired */
  readonly now?: number;
}

/**
 * Compiles principals on demand, and those with the same effective policies only once. Policy names that nobody knows are
 * skipped, as engines do.
 */
export class CompiledModel {
  readonly #policies: ReadonlyMap<string, NamedPolicy>;
  readonly #lists = new Map<string, AccessList>();
  readonly #later = new Map<number, CompiledModel>();

  constructor(readonly model: AccessModel) {
    this.#policies = new Map(model.policies.map((policy) => [policyName(policy.name), policy]));
  }

  /**
   * What a principal may do.
   * @throws RootNotAlone for one that holds root beside other policies: the engine answers 500 to its token
   */
  accessOf(principal: Principal): AccessList {
    const names = effectiveNames(principal, this.#policies);
    if (names.includes("root") && names.length > 1)
      throw new RootNotAlone(
        `${principal.name} holds root beside ${names.filter((name) => name !== "root").join(", ")}, which no engine puts together.`,
        "Take root or the others away.",
      );
    const known = names.map((name) => this.#policies.get(name) ?? ROOT);
    const entity = known.some(isTemplatedPolicy) ? JSON.stringify(principal.entity) : "";
    const key = `${names.join("\n")}\n\n${entity}`;
    let list = this.#lists.get(key);
    if (!list) {
      const options: CompileOptions = {
        engine: this.model.engine,
        ...(this.model.now === undefined ? {} : { now: this.model.now }),
        ...(principal.entity === undefined ? {} : { entity: principal.entity }),
      };
      list = AccessList.compile(known, options);
      this.#lists.set(key, list);
    }
    return list;
  }

  /** The policies of a principal that are known. */
  policiesOf(principal: Principal): NamedPolicy[] {
    return effectiveNames(principal, this.#policies).flatMap((name) => this.#policies.get(name) ?? []);
  }

  /** The same model at another time. */
  at(now: number): CompiledModel {
    let model = this.#later.get(now);
    if (!model) {
      model = new CompiledModel({ ...this.model, now });
      this.#later.set(now, model);
    }
    return model;
  }

  /** The policy of that name, whatever its case. */
  policy(name: string): NamedPolicy | undefined {
    return this.#policies.get(policyName(name));
  }
}

const ROOT: NamedPolicy = { name: "root", document: new PolicyDocument([]) };

/** The names that count, once each, in a fixed order: the order of policies decides nothing but which filter path is first. */
function effectiveNames(principal: Principal, policies: ReadonlyMap<string, NamedPolicy>): string[] {
  const names = new Set(principal.policies.map(policyName));
  return [...names].filter((name) => name === "root" || policies.has(name)).sort();
}

const TEMPLATED = new WeakMap<NamedPolicy, boolean>();

/** Looked up once: principals are asked about over and over. */
function isTemplatedPolicy(policy: NamedPolicy): boolean {
  let templated = TEMPLATED.get(policy);
  if (templated === undefined) {
    templated = policy.document.rules.some((rule) => rule.path.includes("{{"));
    TEMPLATED.set(policy, templated);
  }
  return templated;
}
