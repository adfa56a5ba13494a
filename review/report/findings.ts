import { counted } from "../../base/words";
import type { Finding, FindingKind } from "../finding";
import { KINDS } from "../render/kinds";
import { weight } from "../render/order";
import { isApproved } from "../verdict";

/** How a finding is drawn: its sign says what the colour says. */
export interface FindingSign {
  readonly sign: string;
  readonly tone: "bad" | "gained" | "lost" | "altered" | "uncertain" | "plain";
}

const SIGNS: { readonly [kind in FindingKind]: FindingSign } = {
  gained: { sign: "+", tone: "gained" },
  lost: { sign: "−", tone: "lost" },
  widened: { sign: "+", tone: "gained" },
  narrowed: { sign: "−", tone: "lost" },
  changed: { sign: "±", tone: "altered" },
  unknown: { sign: "?", tone: "uncertain" },
  "constraint-widened": { sign: "+", tone: "gained" },
  "constraint-narrowed": { sign: "−", tone: "lost" },
  "constraint-changed": { sign: "±", tone: "altered" },
  "principal-added": { sign: "+", tone: "plain" },
  "principal-removed": { sign: "−", tone: "plain" },
  "mount-added": { sign: "+", tone: "plain" },
  "mount-removed": { sign: "−", tone: "plain" },
  "mount-changed": { sign: "±", tone: "plain" },
  "audit-device-added": { sign: "+", tone: "plain" },
  "audit-device-removed": { sign: "−", tone: "bad" },
  "audit-device-changed": { sign: "±", tone: "plain" },
  "guardrail-broken": { sign: "✗", tone: "bad" },
  "guardrail-removed": { sign: "✗", tone: "bad" },
  "escalation-gained": { sign: "✗", tone: "bad" },
  "escalation-lost": { sign: "−", tone: "lost" },
  lint: { sign: "!", tone: "altered" },
  "approval-expired": { sign: "!", tone: "altered" },
  "approval-unused": { sign: "!", tone: "altered" },
  "policy-changed": { sign: "±", tone: "plain" },
  "policy-added": { sign: "+", tone: "plain" },
  "policy-removed": { sign: "−", tone: "plain" },
};

export function signOf({ kind }: Finding): FindingSign {
  return SIGNS[kind] ?? { sign: "·", tone: "plain" };
}

/** The headings, in the order in which a reviewer wants to know. */
const GROUPS: readonly { readonly title: string; readonly kinds: readonly FindingKind[] }[] = [
  { title: "Guardrails", kinds: ["guardrail-broken", "guardrail-removed"] },
  { title: "Escalation", kinds: ["escalation-gained", "escalation-lost"] },
  { title: "Not certain", kinds: ["unknown"] },
  { title: "Gained", kinds: ["gained", "widened"] },
  { title: "Altered", kinds: ["changed"] },
  { title: "Lost", kinds: ["lost", "narrowed"] },
  { title: "Who may log in", kinds: ["constraint-widened", "constraint-changed", "constraint-narrowed"] },
  { title: "Principals", kinds: ["principal-added", "principal-removed"] },
  { title: "Mounts", kinds: ["mount-added", "mount-removed", "mount-changed"] },
  { title: "Audit", kinds: ["audit-device-removed", "audit-device-changed", "audit-device-added"] },
  { title: "Policies", kinds: ["policy-changed", "policy-added", "policy-removed"] },
  { title: "Lints", kinds: ["lint"] },
  { title: "Approvals", kinds: ["approval-expired", "approval-unused"] },
];

export interface FindingGroup {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/**
 * Findings under their headings, the worst first and what somebody approved last; a kind that no heading knows stands at the
 * end.
 */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const known = new Set(GROUPS.flatMap(({ kinds }) => kinds));
  const groups = GROUPS.map(({ title, kinds }) => ({
    title,
    findings: findings
      .filter(({ kind }) => kinds.includes(kind))
      .sort((a, b) => weight(a) - weight(b) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind)),
  }));
  return [...groups, { title: "Other", findings: findings.filter(({ kind }) => !known.has(kind)) }].filter(
    (group) => group.findings.length > 0,
  );
}

/** One part of a headline. */
export interface News {
  readonly text: string;
  readonly tone: FindingSign["tone"];
}

/** More than that is not read at a glance. */
const MOST_NEWS = 6;

/**
 * `1 guardrail broken · 2 gained · 1 lost · 1 approved`: what is to be known before anything else, in the words of the other
 * formats and in the order of the headings. What an approval covers is told by its number alone; beyond six kinds, so is the rest.
 */
export function headline(findings: readonly Finding[]): News[] {
  const open = findings.filter((finding) => !isApproved(finding));
  const approved = findings.length - open.length;
  const kinds = GROUPS.flatMap((group) => group.kinds).flatMap((kind) => {
    const found = open.filter((finding) => finding.kind === kind);
    const [first] = found;
    if (!first) return [];
    const text = counted(found.length, KINDS[kind].one, KINDS[kind].many);
    return [{ count: found.length, text, tone: signOf(first).tone }];
  });
  // To say that there is one more takes as much room as to say what it is.
  const shown = kinds.length > MOST_NEWS + 1 ? kinds.slice(0, MOST_NEWS) : kinds;
  const told = shown.reduce((sum, { count }) => sum + count, 0);
  const rest = open.length - told;
  return [
    ...shown.map(({ text, tone }): News => ({ text, tone })),
    ...(rest > 0 ? [{ text: `${rest} more`, tone: "plain" as const }] : []),
    ...(approved > 0 ? [{ text: `${approved} approved`, tone: "plain" as const }] : []),
  ];
}
