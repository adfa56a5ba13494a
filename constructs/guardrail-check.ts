import { KIND_WORDS } from "../catalog/principal-kind";
import type { Breach } from "../policies/guardrails/breach";
import { checkGuardrails, idleWaivers } from "../policies/guardrails/check";
import type * as policies from "../policies/guardrails/guardrail";
import { CompiledModel } from "../policies/queries/principal";
import type { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import type { DeclaredGuardrail, GuardrailContext } from "./guardrail";
import type { Principal } from "./principal";
import type { System } from "./system";

/** A guardrail with what its check found. */
export interface CheckedGuardrail extends DeclaredGuardrail {
  readonly data: policies.Guardrail;
  readonly breaches: readonly Breach[];
  /** Waivers that excuse nothing. */
  readonly idle: readonly policies.Waiver[];
}

/** Checks every declared guardrail against every policy that is declared, derived or written by hand. */
export class GuardrailCheck {
  private readonly byPath: ReadonlyMap<string, Principal>;
  private readonly sharedNames: ReadonlySet<string>;

  constructor(private readonly registry: AccessRegistry) {
    this.byPath = registry.principals;
    const seen = new Set<string>();
    const isSecond = (name: string) => seen.size === seen.add(name).size;
    this.sharedNames = new Set([...this.byPath.values()].map(({ roleName }) => roleName).filter(isSecond));
  }

  /**
   * @param engine whose semantics decide: `openbao@2.7.2`
   * @param now milliseconds since 1970
   * @throws DeclarationError when a guardrail cannot be meant
   */
  run(engine: string, now: number): CheckedGuardrail[] {
    const declared = this.registry.guardrails.map((each) => ({
      ...each,
      data: each.guardrail.data(this.contextOf(each.system)),
    }));
    const model = this.model(engine, now);
    const found = checkGuardrails(
      declared.map(({ data }) => data),
      model,
      now,
    );
    return declared.map((each, index) => {
      const breaches = found[index] ?? [];
      return { ...each, breaches, idle: idleWaivers(each.data, breaches) };
    });
  }

  /** The engine's own `default` policy reaches no secret and has no sudo; one that is declared here counts for everybody. */
  private model(engine: string, now: number): CompiledModel {
    const { registry } = this;
    const everybody = registry.hasPolicy("default") ? ["default"] : [];
    const principals = [...this.byPath.values()];
    return new CompiledModel({
      engine,
      now,
      policies: [
        ...principals.map((each) => ({ name: each.policyName, document: each.document() })),
        ...[...registry.importedPolicies.values()].map((each) => ({
          name: each.policyName,
          document: each.document,
        })),
      ],
      principals: principals.map(({ apiPath, policyNames }) => ({
        name: apiPath,
        policies: [...policyNames, ...everybody],
        rolePath: apiPath,
      })),
    });
  }

  private contextOf(system: System | undefined): GuardrailContext {
    return {
      system,
      named: (principal, place) => {
        const path = typeof principal === "string" ? principal : principal.apiPath;
        const found = this.byPath.get(path);
        if (found) return { name: path, title: this.titleOf(found) };
        throw new DeclarationError(
          `a guardrail names "${path}", which nothing declares.`,
          `Name one of: ${[...this.byPath.keys()].join(", ")}.`,
          place,
        );
      },
      mounts: this.registry.mounts,
      principalsOf: (of) => [...this.byPath.values()].filter((each) => each.system === of.systemName),
    };
  }

  /** The name alone where one role has it: an AppRole and a Kubernetes role often share theirs. */
  private titleOf({ roleName, kind }: Principal): string {
    return this.sharedNames.has(roleName) ? `${KIND_WORDS[kind]} ${roleName}` : roleName;
  }
}
