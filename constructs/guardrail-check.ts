import type { PrincipalKind } from "../catalog/catalog";
import { type Breach, checkGuardrails, idleWaivers } from "../policies/guardrails/check";
import type * as policies from "../policies/guardrails/guardrail";
import { accessOf } from "../policies/intent";
import { covers } from "../policies/overlap";
import { CompiledModel } from "../policies/queries/principal";
import type { RuleSource } from "../policies/semantics/merged-rule";
import type { AccessRegistry, Problem } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import type { Grant } from "./grant";
import type { Guardrail, GuardrailContext } from "./guardrail";
import type { Principal } from "./principal";
import type { System } from "./system";

/** A guardrail where it was declared. */
export interface DeclaredGuardrail {
  readonly guardrail: Guardrail;
  /** Absent where the environment declares it. */
  readonly system?: System;
}

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
    const names = [...this.byPath.values()].map(({ roleName }) => roleName);
    this.sharedNames = new Set(names.filter((name, index) => names.indexOf(name) !== index));
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

  /** What breaks each guardrail and is not excused: one problem for each principal that does. */
  problems(checked: readonly CheckedGuardrail[]): Problem[] {
    return checked.flatMap(({ guardrail, data, breaches }) => {
      const open = breaches.filter(({ waiver }) => waiver === undefined);
      const first = new Map(open.toReversed().map((breach) => [breach.principal, breach]));
      return [...first.values()].toReversed().map((breach) => ({
        what: this.told(data, breach),
        fix: fixOf(breach),
        place: guardrail.place,
      }));
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
      principalsOf: (of) => [...this.byPath.values()].filter((each) => each.system === of.systemName),
    };
  }

  /** The name alone where one role has it: an AppRole and a Kubernetes role often share theirs. */
  private titleOf({ roleName, kind }: Principal): string {
    return this.sharedNames.has(roleName) ? `${KIND_WORDS[kind]} ${roleName}` : roleName;
  }

  private told({ words }: policies.Guardrail, breach: Breach): string {
    const principal = this.byPath.get(breach.principal) as Principal;
    const who = `${KIND_WORDS[principal.kind]} ${principal.roleName}`;
    const late = breach.expired
      ? `, and its waiver for ${who} ("${breach.expired.reason}") ran out on ${breach.expired.until.slice(0, 10)}`
      : "";
    if (breach.verdict === "unknown") {
      return `guardrail "${words}" cannot be proved${late}: nobody can tell what ${who} may do on ${breach.region}, because ${breach.reason}`;
    }
    const act = breach.capability === "sudo" ? "use sudo on" : breach.capability;
    const may = breach.conditional ? "may under conditions" : "may";
    const by = breach.sources[0]
      ? `, by path "${breach.rule}" of ${this.originOf(breach.sources[0], breach)}`
      : "";
    return `guardrail "${words}" is broken${late}: ${who} ${may} ${act} ${breach.witness}${by}`;
  }

  /** The policy, and where a person finds what makes the rule: a line of its file, or the grant. */
  private originOf({ policy, index }: RuleSource, { rule = "", capability }: Breach): string {
    const imported = this.registry.importedPolicies.get(policy);
    if (imported) return `policy ${policy} (${imported.placeOfRule(index)})`;
    const holder = [...this.byPath.values()].find(({ policyName }) => policyName === policy);
    const grant = holder && grantBehind(holder, rule, capability ?? "");
    return `policy ${policy}${grant?.place ? `, granted at ${grant.place}` : ""}`;
  }
}

const KIND_WORDS: Readonly<Record<PrincipalKind, string>> = {
  approle: "AppRole",
  kubernetes: "KubernetesRole",
  token: "TokenRole",
};

/** The grant that a rule was derived from: on this very path, or on a wider one that the rule keeps. */
function grantBehind({ grants }: Principal, rule: string, capability: string): Grant | undefined {
  const allows = (grant: Grant, covering: (pattern: string) => boolean) =>
    accessOf(grant.intent, grant.target.mount.version)?.some(({ area, at, capabilities }) => {
      if (!(capabilities as readonly string[]).includes(capability)) return false;
      const below = at === "folder" ? grant.target.folders : [grant.target.pattern];
      return below.some((path) => covering(grant.target.mount.apiPath(area, path)));
    });
  return (
    grants.find((grant) => allows(grant, (pattern) => pattern === rule)) ??
    grants.find((grant) => allows(grant, (pattern) => covers(pattern, rule)))
  );
}

function fixOf({ verdict, principal }: Breach): string {
  const mend = verdict === "unknown" ? "Write the rule so that it can be told" : "Take that away from it";
  return `${mend}, or excuse it for a while, with the reason: .waive("${principal}", "why", "2030-01-31").`;
}
