import type { Finding, FindingKind } from "../../../review/finding";
import { groupFindings, headline } from "../../../review/report/findings";
import { sampleReview } from "./sample";

const { findings } = sampleReview().review;

test("what is worst comes first", () => {
  expect(groupFindings(findings).map(({ title, findings: members }) => `${title} ${members.length}`)).toEqual(
    ["Guardrails 1", "Escalation 1", "Gained 2", "Lost 1", "Principals 1"],
  );
});

test("no finding is left out, not even of a kind that came later", () => {
  const later = { ...findings[0], kind: "of-tomorrow" as FindingKind } as Finding;
  expect(groupFindings([later]).flatMap((group) => group.findings)).toEqual([later]);
});

test("the headline counts what is not approved, and what is", () => {
  expect(headline(findings).map(({ text }) => text)).toEqual([
    "1 guardrail broken",
    "1 way to everything gained",
    "2 gained",
    "1 lost",
    "1 approved",
  ]);
});

test("nothing found has no headline", () => {
  expect(headline([])).toEqual([]);
});
