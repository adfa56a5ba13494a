import type { FindingKind } from "../finding";

/** What a kind of finding says to people who meet it outside a review, as in code scanning. */
export interface KindHelp {
  /** One sentence. */
  readonly meaning: string;
  /** What to do about it. */
  readonly help: string;
  /** As code scanning reads it: 9 and more critical, 7 high, 4 medium, below low. @default none: it opens nothing */
  readonly securitySeverity?: number;
}

const ASK =
  "Check that it is meant. If it is, let the owners approve it in strongroom.approvals.yaml; if not, narrow the grant.";
const LESS = "Check that nobody needs it any more.";
const LOOK = "Check that it is meant.";

/** Every kind of finding. */
export const KIND_HELP: { readonly [kind in FindingKind]: KindHelp } = {
  gained: {
    meaning: "A principal can do something that it could not do before.",
    help: ASK,
    securitySeverity: 7.5,
  },
  widened: {
    meaning: "A principal is held by fewer conditions in something that it could do before.",
    help: ASK,
    securitySeverity: 7,
  },
  lost: { meaning: "A principal can no longer do something that it could do before.", help: LESS },
  narrowed: {
    meaning: "A principal is held by more conditions in something that it can still do.",
    help: LESS,
  },
  changed: {
    meaning: "Other conditions than before decide what a principal can do.",
    help: ASK,
    securitySeverity: 5,
  },
  unknown: {
    meaning: "Nobody can tell what a principal gains or loses here: it is to be read as the worst.",
    help: "Make what could not be read readable, or look at it by hand.",
    securitySeverity: 8,
  },
  "escalation-gained": {
    meaning: "A principal has a new way to more access than it is given.",
    help: "Break one of the steps.",
    securitySeverity: 9.1,
  },
  "escalation-lost": {
    meaning: "A way of a principal to more access than it is given is closed.",
    help: LOOK,
  },
  "guardrail-broken": {
    meaning: "Something is allowed that a declared guardrail forbids.",
    help: "Take the access away, or let the guardrail's owner waive it with a reason and a date.",
    securitySeverity: 9.5,
  },
  "guardrail-removed": {
    meaning: "A guardrail is no longer declared, and nothing checks it any more.",
    help: "Let the guardrail's owner confirm that it is not needed.",
    securitySeverity: 6,
  },
  "constraint-widened": {
    meaning: "More may log in as a principal, or for longer.",
    help: ASK,
    securitySeverity: 6.5,
  },
  "constraint-narrowed": { meaning: "Fewer may log in as a principal, or for shorter.", help: LESS },
  "constraint-changed": {
    meaning: "Others may log in as a principal, or in another way.",
    help: LOOK,
    securitySeverity: 5,
  },
  "principal-added": { meaning: "There is a principal that was not there before.", help: LOOK },
  "principal-removed": { meaning: "A principal is no longer there.", help: LESS },
  "mount-added": { meaning: "There is a mount that was not there before.", help: LOOK },
  "mount-removed": { meaning: "A mount is no longer there, and what it kept is gone with it.", help: LESS },
  "mount-changed": { meaning: "A mount has another path, type or version.", help: LOOK },
  "audit-device-added": { meaning: "There is an audit device that was not there before.", help: LOOK },
  "audit-device-removed": {
    meaning: "An audit device is no longer there: requests may go unrecorded.",
    help: "Make sure that another audit device records everything.",
    securitySeverity: 5.5,
  },
  "audit-device-changed": {
    meaning: "An audit device records in another way or place.",
    help: LOOK,
    securitySeverity: 4,
  },
  "approval-expired": {
    meaning: "An approval was good until a date that is past.",
    help: "Approve it anew, or take the access away.",
    securitySeverity: 5,
  },
  "approval-unused": {
    meaning: "An approval covers nothing: somebody could slip something in under it.",
    help: "Remove it from strongroom.approvals.yaml.",
  },
  lint: {
    meaning: "A policy is written in a way that does not do what it seems to.",
    help: "Follow the advice of the finding.",
  },
  "policy-changed": { meaning: "A policy has another text that allows and forbids the same.", help: LOOK },
  "policy-added": { meaning: "There is a policy that was not there before.", help: LOOK },
  "policy-removed": { meaning: "A policy is no longer there.", help: LOOK },
};
