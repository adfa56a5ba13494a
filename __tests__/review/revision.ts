import { PolicyDocument } from "../../policies/document";
import { readPolicy } from "../../policies/language/read";
import type { AccessRevision, RevisionPolicy, RevisionPrincipal } from "../../review/model";

/** A revision in a few lines: policies by name as HCL, principals by AppRole name with the policies they hold. */
export interface RevisionSketch extends Partial<Omit<AccessRevision, "policies" | "principals">> {
  readonly policies?: Readonly<Record<string, string>>;
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  readonly principals?: readonly RevisionPrincipal[];
}

export function revision(sketch: RevisionSketch = {}): AccessRevision {
  const { policies = {}, roles = {}, principals = [], ...rest } = sketch;
  return {
    label: "sketch",
    engine: "openbao@2.7.2",
    mounts: [{ path: "secret/", type: "kv", kvVersion: 2 }],
    secrets: [],
    guardrails: [],
    auditDevices: [],
    doubts: [],
    ...rest,
    policies: Object.entries(policies).map(([name, text]) => policyOf(name, text)),
    principals: [...Object.entries(roles).map(([name, held]) => appRole(name, held)), ...principals],
  };
}

/** A policy that stands in `policies/<name>.hcl`. */
export function policyOf(name: string, text: string): RevisionPolicy {
  const file = `policies/${name}.hcl`;
  const read = readPolicy(text, { file });
  return { name, text, read, document: new PolicyDocument(read.rules), verbatim: true, place: { file } };
}

export function appRole(name: string, policies: readonly string[]): RevisionPrincipal {
  return {
    name: `auth/approle/role/${name}`,
    kind: "approle",
    title: `AppRole ${name}`,
    holds: policies.map((policy) => ({ policy, by: "role" })),
    constraints: [],
  };
}
