import { type Capability, fromBits } from "../../policies/capability";
import { PolicyDocument } from "../../policies/document";
import type { Intent } from "../../policies/intent";
import type { KvIntent } from "../../policies/kv-intents";
import { printPolicy } from "../../policies/print";
import type { Decision } from "../../policies/semantics/decide";
import type { AccessRevision, Place, RevisionPrincipal } from "../model";
import { type AuditEntry, askedPath } from "./audit-entry";
import { maskedPath } from "./masked-path";
import type { RecordedSubject } from "./recorded-subject";

/** What would allow requests that were denied. */
export type MissingGrant =
  | {
      readonly kind: "intent";
      readonly intent: Intent;
      /** The method of the declaration: `grantRead`. */
      readonly call: string;
      /** The title of the secret, and where it is declared. */
      readonly secret: string;
      readonly place?: Place;
      /** Whether another system declares the secret than the principal. */
      readonly otherSystem: boolean;
    }
  | { readonly kind: "rule"; readonly hcl: string };

/** The least intent that brings what was asked for. */
const INTENT: { readonly [intent in KvIntent]?: Intent } = {
  "read-values": "read",
  "see-names": "list",
  write: "write",
  patch: "write",
  "soft-delete": "delete",
  undelete: "delete",
  "read-metadata": "administer",
  "administer-metadata": "administer",
  "delete-everything": "administer",
  destroy: "administer",
};

/**
 * For a declared principal and a secret that a system declares the intent to grant, else the rule to add. `undefined` where
 * adding does not help: the rule that decides denies outright, or refuses the parameters.
 * @param sudo whether the path asks for it
 */
export function grantThatAllows(
  revision: AccessRevision,
  principal: RevisionPrincipal | undefined,
  entry: AuditEntry,
  decision: Decision,
  subject: RecordedSubject,
  sudo: boolean,
): MissingGrant | undefined {
  const { capability, reason, verdict } = decision;
  if (verdict !== "denied" || capability === undefined) return undefined;
  if (!["no-rule", "no-capability", "sudo"].includes(reason)) return undefined;
  const { secret } = subject;
  const intent = subject.intent && INTENT[subject.intent];
  const declared = revision.policies.some(({ grants }) => grants) || principal?.system !== undefined;
  if (secret && intent && declared) {
    return {
      kind: "intent",
      intent,
      call: grantMethod(intent),
      secret: secret.title,
      ...(secret.place ? { place: secret.place } : {}),
      otherSystem: principal?.system !== undefined && secret.system !== principal.system,
    };
  }
  const path = askedPath(entry);
  const shown = maskedPath(path);
  if (shown !== path || /[*+]/.test(path)) return undefined;
  // It wins over the rule that decided so far: what that one grants has to stand in it too.
  const before = fromBits(decision.rule?.bits ?? 0);
  const sudoToo: readonly Capability[] = sudo ? ["sudo"] : [];
  // Which of the two a write is depends on whether the secret is there.
  const asked: readonly Capability[] = subject.intent === "write" ? ["create", "update"] : [capability];
  const capabilities = [...new Set<Capability>([...before, ...asked, ...sudoToo])];
  return { kind: "rule", hcl: printPolicy(new PolicyDocument([{ path, capabilities }])).trimEnd() };
}

/** How a declaration grants an intent: `grantRead`. */
export function grantMethod(intent: Intent): string {
  return `grant${intent.charAt(0).toUpperCase()}${intent.slice(1)}`;
}
