import type { Finding, FindingKind, Review } from "../../review/finding";
import { type Threshold, verdictOf } from "../../review/verdict";

function verdict(threshold: Threshold, ...findings: Partial<Finding>[]): number {
  const whole = findings.map((each) => ({ severity: "warning", kind: "gained", ...each }) as Finding);
  return verdictOf({ findings: whole } as unknown as Review, threshold);
}

const kinds = (...names: FindingKind[]): Partial<Finding>[] => names.map((kind) => ({ kind }));

test("no finding, and notes alone, are fine for every threshold", () => {
  for (const threshold of ["gained", "any", "guardrail", "unknown"] as const) {
    expect(verdict(threshold)).toBe(0);
    expect(verdict(threshold, { severity: "note" }, { severity: "note", kind: "unknown" })).toBe(0);
  }
});

test("gained means access, logins and what keeps them safe", () => {
  for (const finding of kinds(
    "gained",
    "widened",
    "changed",
    "constraint-widened",
    "escalation-gained",
    "guardrail-broken",
  ))
    expect(verdict("gained", finding)).toBe(1);
  for (const finding of kinds("lost", "narrowed", "constraint-narrowed", "mount-removed"))
    expect(verdict("gained", finding)).toBe(0);
  expect(verdict("gained", { kind: "lint", severity: "error" })).toBe(1);
  expect(verdict("gained", { kind: "lint" })).toBe(0);
});

test("any means losses as well", () => {
  expect(verdict("any", { kind: "lost" })).toBe(1);
});

test("guardrail means guardrails alone", () => {
  expect(verdict("guardrail", ...kinds("gained", "escalation-gained"))).toBe(0);
  expect(verdict("guardrail", ...kinds("guardrail-removed"))).toBe(1);
});

test("what cannot be decided is 3, unless there is something worse", () => {
  for (const threshold of ["gained", "any", "guardrail", "unknown"] as const)
    expect(verdict(threshold, { kind: "unknown", severity: "error" })).toBe(3);
  expect(verdict("gained", { kind: "unknown", severity: "error" }, { kind: "gained" })).toBe(1);
  expect(verdict("never", { kind: "unknown", severity: "error" }, { kind: "gained" })).toBe(0);
});

test("an approval counts only when it does", () => {
  const approval = { by: "ann", reason: "meant", addedHere: false, counts: true };
  expect(verdict("any", { approval })).toBe(0);
  expect(verdict("gained", { approval: { ...approval, addedHere: true, counts: false } })).toBe(1);
});
