import type { FindingKind } from "../finding";
import type { FindingGroup } from "./groups";

/** How a kind of finding is shown, the same in every format. */
export interface KindOfFinding {
  readonly group: FindingGroup;
  /** More, less, other, nobody knows, broken, mind: the sign is never the only thing that tells. */
  readonly sign: "+" | "-" | "~" | "?" | "✗" | "!";
  /** One of them and several, to stand behind a number: `1 guardrail broken`. */
  readonly one: string;
  readonly many: string;
}

/** Every kind of finding. */
export const KINDS: { readonly [kind in FindingKind]: KindOfFinding } = {
  gained: of("gained", "+", "gained"),
  widened: of("gained", "+", "widened"),
  lost: of("lost", "-", "lost"),
  narrowed: of("lost", "-", "narrowed"),
  changed: of("changed", "~", "changed"),
  unknown: of("unknown", "?", "unknown"),
  "escalation-gained": of("escalation", "+", "escalation path gained", "escalation paths gained"),
  "escalation-lost": of("escalation", "-", "escalation path lost", "escalation paths lost"),
  "guardrail-broken": of("guardrail", "✗", "guardrail broken", "guardrails broken"),
  "guardrail-removed": of("guardrail", "~", "guardrail removed", "guardrails removed"),
  "constraint-widened": of("login", "+", "login widened", "logins widened"),
  "constraint-narrowed": of("login", "-", "login narrowed", "logins narrowed"),
  "constraint-changed": of("login", "~", "login changed", "logins changed"),
  "principal-added": of("principal", "+", "new principal", "new principals"),
  "principal-removed": of("principal", "-", "principal removed", "principals removed"),
  "mount-added": of("mount", "+", "mount added", "mounts added"),
  "mount-removed": of("mount", "-", "mount removed", "mounts removed"),
  "mount-changed": of("mount", "~", "mount changed", "mounts changed"),
  "audit-device-added": of("audit", "+", "audit device added", "audit devices added"),
  "audit-device-removed": of("audit", "-", "audit device removed", "audit devices removed"),
  "audit-device-changed": of("audit", "~", "audit device changed", "audit devices changed"),
  "approval-expired": of("approval", "!", "approval expired", "approvals expired"),
  "approval-unused": of("approval", "!", "approval unused", "approvals unused"),
  lint: of("lint", "!", "lint", "lints"),
  "policy-changed": of("policy", "~", "policy text changed", "policy texts changed"),
  "policy-added": of("policy", "+", "policy added", "policies added"),
  "policy-removed": of("policy", "-", "policy removed", "policies removed"),
};

function of(group: FindingGroup, sign: KindOfFinding["sign"], one: string, many = one): KindOfFinding {
  return { group, sign, one, many };
}
