import { KIND_WORDS } from "../catalog/principal-kind";
import type { Breach } from "../policies/guardrails/breach";
import type * as policies from "../policies/guardrails/guardrail";
import { accessOf } from "../policies/intent";
import { covers } from "../policies/overlap";
import type { RuleSource } from "../policies/semantics/merged-rule";
import type { AccessRegistry } from "./access-registry";
import type { Grant } from "./grant";
import type { CheckedGuardrail } from "./guardrail-check";
import type { Principal } from "./principal";
import type { Problem } from "./problem";

/** What breaks each guardrail and is not excused: one problem for each principal that does. */
export function guardrailProblems(registry: AccessRegistry, checked: readonly CheckedGuardrail[]): Problem[] {
  const teller = new Teller(registry);
  return checked.flatMap(({ guardrail, data, breaches }) => {
    const open = breaches.filter(({ waiver }) => waiver === undefined);
    const first = new Map(open.toReversed().map((breach) => [breach.principal, breach]));
    return [...first.values()].toReversed().map((breach) => ({
      what: teller.told(data, breach),
      fix: fixOf(breach),
      place: guardrail.place,
    }));
  });
}

class Teller {
  constructor(private readonly registry: AccessRegistry) {}

  told({ words }: policies.Guardrail, breach: Breach): string {
    const principal = this.registry.principals.get(breach.principal) as Principal;
    const who = `${KIND_WORDS[principal.kind]} ${principal.roleName}`;
    const late = breach.expired
      ? `, and its waiver for ${who} ("${breach.expired.reason}") ran out on ${breach.expired.until.slice(0, 10)}`
      : "";
    const from = breach.from ? `, from ${breach.from} on, when a rule ends` : "";
    if (breach.verdict === "unknown") {
      return `guardrail "${words}" cannot be proved${late}: nobody can tell what ${who} may do on ${breach.region}, because ${breach.reason}${from}`;
    }
    const act = breach.capability === "sudo" ? "use sudo on" : breach.capability;
    const may = breach.conditional ? "may under conditions" : "may";
    const by = breach.sources[0]
      ? `, by path "${breach.rule}" of ${this.originOf(breach.sources[0], breach)}`
      : "";
    return `guardrail "${words}" is broken${late}: ${who} ${may} ${act} ${breach.witness}${by}${from}`;
  }

  /** The policy, and where a person finds what makes the rule: a line of its file, or the grant. */
  private originOf({ policy, index }: RuleSource, { rule = "", capability }: Breach): string {
    const imported = this.registry.importedPolicies.get(policy);
    if (imported) return `policy ${policy} (${imported.placeOfRule(index)})`;
    const holder = [...this.registry.principals.values()].find(({ policyName }) => policyName === policy);
    const grant = holder && grantBehind(holder, rule, capability ?? "");
    return `policy ${policy}${grant?.place ? `, granted at ${grant.place}` : ""}`;
  }
}

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
