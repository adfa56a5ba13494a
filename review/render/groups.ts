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
