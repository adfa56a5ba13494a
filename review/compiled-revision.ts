import { policyName } from "../policies/policy-name";
import { CompiledModel, type Principal } from "../policies/queries/principal";
import type { AccessRevision, RevisionPrincipal } from "./model";

/** The revision as `policies/` asks and answers it; principals of the same policies are compiled once. */
export function compileRevision(revision: AccessRevision, now?: number): CompiledModel {
  return new CompiledModel({
    engine: revision.engine,
    policies: revision.policies,
    principals: revision.principals.map(askedAs),
    ...(now === undefined ? {} : { now }),
  });
}

/** The principal as `policies/` knows it: its name is the same. */
export function askedAs(principal: RevisionPrincipal): Principal {
  return {
    name: principal.name,
    policies: policiesAsked(principal),
    rolePath: principal.name,
    ...(principal.entity === undefined ? {} : { entity: principal.entity }),
  };
}

/** The engine refuses root together with others; a reader must think of root. */
function policiesAsked({ holds }: RevisionPrincipal): string[] {
  const names = holds.map(({ policy }) => policy);
  return names.map(policyName).includes("root") ? ["root"] : names;
}
