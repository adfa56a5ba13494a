import { PolicyDocument } from "../../policies/document";
import { printPolicy } from "../../policies/print";
import type { PolicyRule } from "../../policies/rule";
import type { AccessRevision, RevisionPolicy, RevisionPrincipal } from "../model";

/**
 * The policy `default` comes with every server, and a source that does not declare it leaves it out: so does a server that has
 * the engine's own. Between two such sides of one engine it is no matter of a review; between two engines it is, since each puts
 * another there, and so it is where somebody begins or ceases to hold it. Where one side has a text of its own, the other side is taken to have the engine's own.
 */
export function assumeDefault(
  base: AccessRevision,
  head: AccessRevision,
): { readonly base: AccessRevision; readonly head: AccessRevision; readonly notes: readonly string[] } {
  const lacking = [base, head].filter((side) => !hasDefault(side));
  if (lacking.length === 0 || (lacking.length === 2 && shareDefault(base, head) && heldAlike(base, head)))
    return { base, head, notes: [] };
  const whose = lacking.length === 2 ? "both sides" : lacking[0]?.label;
  return {
    base: withDefault(base),
    head: withDefault(head),
    notes: [`The policy "default" of ${whose} is taken to be the engine's own.`],
  };
}

function withDefault(revision: AccessRevision): AccessRevision {
  if (hasDefault(revision)) return revision;
  return { ...revision, policies: [...revision.policies, ownDefault(revision.engine)] };
}

/** Whether nobody who is on both sides begins or ceases to hold it. */
function heldAlike(base: AccessRevision, head: AccessRevision): boolean {
  const holds = (each: RevisionPrincipal): boolean => each.holds.some(({ policy }) => policy === "default");
  const before = new Map(base.principals.map((each) => [each.name, holds(each)]));
  return head.principals.every((each) => (before.get(each.name) ?? holds(each)) === holds(each));
}

/** Whether both engines put the same policy there. */
function shareDefault(base: AccessRevision, head: AccessRevision): boolean {
  return isOwnDefault(new PolicyDocument(rulesOf(base.engine)), head.engine);
}

/**
 * The revision with the engine's own `default` where somebody holds it and the source says nothing of it, and whether it was
 * put there: what somebody may do is answered with it.
 */
export function withOwnDefault(revision: AccessRevision): {
  readonly revision: AccessRevision;
  readonly assumed: boolean;
} {
  const held = revision.principals.some(({ holds }) => holds.some(({ policy }) => policy === "default"));
  if (hasDefault(revision) || !held) return { revision, assumed: false };
  return { revision: withDefault(revision), assumed: true };
}

/** Whether a server's `default` is what the engine put there. */
export function isOwnDefault(document: PolicyDocument, engine: string): boolean {
  return essence(document) === essence(new PolicyDocument(rulesOf(engine)));
}

/** The engine's own `default`. */
function ownDefault(engine: string): RevisionPolicy {
  const document = new PolicyDocument(rulesOf(engine));
  return { name: "default", text: printPolicy(document), document, verbatim: false };
}

function hasDefault({ policies }: AccessRevision): boolean {
  return policies.some(({ name }) => name === "default");
}

function essence(document: PolicyDocument): string {
  const rules = document.canonical().rules.map(({ comment: _, ...rule }) => rule);
  return JSON.stringify(rules.map((rule) => ({ ...rule, capabilities: [...rule.capabilities].sort() })));
}

/** What a token may do about itself, as OpenBao 2.7.2 and Vault 1.21.1 were asked (GET sys/policies/acl/default). */
const SHARED: readonly (readonly [string, PolicyRule["capabilities"]])[] = [
  ["auth/token/lookup-self", ["read"]],
  ["auth/token/renew-self", ["update"]],
  ["auth/token/revoke-self", ["update"]],
  ["sys/capabilities-self", ["update"]],
  ["identity/entity/id/{{identity.entity.id}}", ["read"]],
  ["identity/entity/name/{{identity.entity.name}}", ["read"]],
  ["sys/internal/ui/resultant-acl", ["read"]],
  ["sys/leases/renew", ["update"]],
  ["sys/leases/lookup", ["update"]],
  ["cubbyhole/*", ["create", "read", "update", "delete", "list"]],
  ["sys/wrapping/wrap", ["update"]],
  ["sys/wrapping/lookup", ["update"]],
  ["sys/wrapping/unwrap", ["update"]],
  ["sys/tools/hash", ["update"]],
  ["sys/tools/hash/*", ["update"]],
  ["identity/oidc/provider/+/authorize", ["read", "update"]],
];

const VAULT_ALONE: typeof SHARED = [
  ["sys/renew", ["update"]],
  ["sys/control-group/request", ["update"]],
];

function rulesOf(engine: string): PolicyRule[] {
  const rules = engine.startsWith("vault@") ? [...SHARED, ...VAULT_ALONE] : SHARED;
  return rules.map(([path, capabilities]) => ({ path, capabilities }));
}
