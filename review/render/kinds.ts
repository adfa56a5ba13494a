import type { FindingKind } from "../finding";

/** The parts of a review, in the order in which they are shown; each with its heading. */
export const GROUPS = {
  gained: "Access gained",
  lost: "Access lost",
  changed: "Access changed",
  unknown: "Cannot be decided: to be read as the worst",
  escalation: "Escalation paths",
  guardrail: "Guardrails",
  login: "Who may log in, and for how long",
  principal: "Principals",
  mount: "Mounts",
  audit: "Audit devices",
  approval: "Approvals",
  lint: "Lints",
  policy: "Policy texts",
} as const;

export type FindingGroup = keyof typeof GROUPS;

/** How a kind of finding is shown, the same in every format. */
export interface KindOfFinding {
  readonly group: FindingGroup;
  /** More, less, other, nobody knows, broken, mind: the sign is never the only thing that tells. */
  readonly sign: "+" | "-" | "~" | "?" | "✗" | "!";
  /** One of them and several, to stand behind a number: `1 guardrail broken`. */
  readonly one: string;
  readonly many: string;
  /** One sentence for people who meet such a finding outside a review. */
  readonly meaning: string;
  /** What to do about it. */
  readonly help: string;
  /** As code scanning reads it: 9 and more critical, 7 high, 4 medium, below low; absent for what opens nothing. */
  readonly securitySeverity?: number;
}

const ASK =
  "Check that it is meant. If it is, let the owners approve it in strongroom.approvals.yaml; if not, narrow the grant.";
const LESS = "Check that nobody needs it any more.";
const LOOK = "Check that it is meant.";

/** Every kind of finding. */
export const KINDS: { readonly [kind in FindingKind]: KindOfFinding } = {
  gained: of(
    "gained",
    "+",
    "gained",
    "gained",
    "A principal can do something that it could not do before.",
    ASK,
    7.5,
  ),
  widened: of(
    "gained",
    "+",
    "widened",
    "widened",
    "A principal is held by fewer conditions in something that it could do before.",
    ASK,
    7,
  ),
  lost: of(
    "lost",
    "-",
    "lost",
    "lost",
    "A principal can no longer do something that it could do before.",
    LESS,
  ),
  narrowed: of(
    "lost",
    "-",
    "narrowed",
    "narrowed",
    "A principal is held by more conditions in something that it can still do.",
    LESS,
  ),
  changed: of(
    "changed",
    "~",
    "changed",
    "changed",
    "Other conditions than before decide what a principal can do.",
    ASK,
    5,
  ),
  unknown: of(
    "unknown",
    "?",
    "unknown",
    "unknown",
    "Nobody can tell what a principal gains or loses here: it is to be read as the worst.",
    "Make what could not be read readable, or look at it by hand.",
    8,
  ),
  "escalation-gained": of(
    "escalation",
    "+",
    "escalation path gained",
    "escalation paths gained",
    "A principal has a new way to more access than it is given.",
    "Break one of the steps.",
    9.1,
  ),
  "escalation-lost": of(
    "escalation",
    "-",
    "escalation path lost",
    "escalation paths lost",
    "A way of a principal to more access than it is given is closed.",
    LOOK,
  ),
  "guardrail-broken": of(
    "guardrail",
    "✗",
    "guardrail broken",
    "guardrails broken",
    "Something is allowed that a declared guardrail forbids.",
    "Take the access away, or let the guardrail's owner waive it with a reason and a date.",
    9.5,
  ),
  "guardrail-removed": of(
    "guardrail",
    "~",
    "guardrail removed",
    "guardrails removed",
    "A guardrail is no longer declared, and nothing checks it any more.",
    "Let the guardrail's owner confirm that it is not needed.",
    6,
  ),
  "constraint-widened": of(
    "login",
    "+",
    "login widened",
    "logins widened",
    "More may log in as a principal, or for longer.",
    ASK,
    6.5,
  ),
  "constraint-narrowed": of(
    "login",
    "-",
    "login narrowed",
    "logins narrowed",
    "Fewer may log in as a principal, or for shorter.",
    LESS,
  ),
  "constraint-changed": of(
    "login",
    "~",
    "login changed",
    "logins changed",
    "Others may log in as a principal, or in another way.",
    LOOK,
    5,
  ),
  "principal-added": of(
    "principal",
    "+",
    "new principal",
    "new principals",
    "There is a principal that was not there before.",
    LOOK,
  ),
  "principal-removed": of(
    "principal",
    "-",
    "principal removed",
    "principals removed",
    "A principal is no longer there.",
    LESS,
  ),
  "mount-added": of(
    "mount",
    "+",
    "mount added",
    "mounts added",
    "There is a mount that was not there before.",
    LOOK,
  ),
  "mount-removed": of(
    "mount",
    "-",
    "mount removed",
    "mounts removed",
    "A mount is no longer there, and what it kept is gone with it.",
    LESS,
  ),
  "mount-changed": of(
    "mount",
    "~",
    "mount changed",
    "mounts changed",
    "A mount has another path, type or version.",
    LOOK,
  ),
  "audit-device-added": of(
    "audit",
    "+",
    "audit device added",
    "audit devices added",
    "There is an audit device that was not there before.",
    LOOK,
  ),
  "audit-device-removed": of(
    "audit",
    "-",
    "audit device removed",
    "audit devices removed",
    "An audit device is no longer there: requests may go unrecorded.",
    "Make sure that another audit device records everything.",
    5.5,
  ),
  "audit-device-changed": of(
    "audit",
    "~",
    "audit device changed",
    "audit devices changed",
    "An audit device records in another way or place.",
    LOOK,
    4,
  ),
  "approval-expired": of(
    "approval",
    "!",
    "approval expired",
    "approvals expired",
    "An approval was good until a date that is past.",
    "Approve it anew, or take the access away.",
    5,
  ),
  "approval-unused": of(
    "approval",
    "!",
    "approval unused",
    "approvals unused",
    "An approval covers nothing: somebody could slip something in under it.",
    "Remove it from strongroom.approvals.yaml.",
  ),
  lint: of(
    "lint",
    "!",
    "lint",
    "lints",
    "A policy is written in a way that does not do what it seems to.",
    "Follow the advice of the finding.",
  ),
  "policy-changed": of(
    "policy",
    "~",
    "policy text changed",
    "policy texts changed",
    "A policy has another text that allows and forbids the same.",
    LOOK,
  ),
  "policy-added": of(
    "policy",
    "+",
    "policy added",
    "policies added",
    "There is a policy that was not there before.",
    LOOK,
  ),
  "policy-removed": of(
    "policy",
    "-",
    "policy removed",
    "policies removed",
    "A policy is no longer there.",
    LOOK,
  ),
};

function of(
  group: FindingGroup,
  sign: KindOfFinding["sign"],
  one: string,
  many: string,
  meaning: string,
  help: string,
  securitySeverity?: number,
): KindOfFinding {
  return {
    group,
    sign,
    one,
    many,
    meaning,
    help,
    ...(securitySeverity === undefined ? {} : { securitySeverity }),
  };
}
