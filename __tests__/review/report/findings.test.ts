import type { Finding, FindingKind } from "../../../review/finding";
import { groupFindings, headline } from "../../../review/report/findings";
import { findingsNamed } from "../../../review/report/findings-named";
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
    "1 escalation path gained",
    "2 gained",
    "1 lost",
    "1 approved",
  ]);
});

test("nothing found has no headline", () => {
  expect(headline([])).toEqual([]);
});

test("an approval that does not count leaves its finding in the headline", () => {
  const [first] = findings as [Finding];
  const approval = { by: "ann", reason: "why not", addedHere: true, counts: false };
  expect(headline([{ ...first, approval }]).map(({ text }) => text)).toEqual(["1 gained"]);
  expect(headline([{ ...first, approval: { ...approval, counts: true } }]).map(({ text }) => text)).toEqual([
    "1 approved",
  ]);
});

test.each([
  ["audit-device-removed", "1 audit device removed", "bad"],
  ["guardrail-removed", "1 guardrail removed", "bad"],
  ["constraint-widened", "1 login widened", "gained"],
  ["mount-changed", "1 mount changed", "plain"],
  ["lint", "1 lint", "altered"],
] as const)(
  "the headline never passes %s over, and uses the words of the other formats",
  (kind, text, tone) => {
    const [first] = findings as [Finding];
    expect(headline([{ ...first, kind }])).toEqual([{ text, tone }]);
  },
);

test("a headline with very many kinds ends with how many more there are", () => {
  const [first] = findings as [Finding];
  const texts = (kinds: readonly FindingKind[]) =>
    headline(kinds.map((kind) => ({ ...first, kind }))).map(({ text }) => text);
  const seven = ["lint", "lost", "gained", "unknown", "changed", "narrowed", "mount-added", "lint"] as const;
  const told = ["1 unknown", "1 gained", "1 changed", "1 lost", "1 narrowed", "1 mount added"];
  expect(texts(seven)).toEqual([...told, "2 lints"]);
  expect(texts([...seven, "approval-unused"])).toEqual([...told, "3 more"]);
});

test("under a heading errors come before warnings, and what is approved comes last", () => {
  const [first] = findings as [Finding];
  const approval = { by: "ann", reason: "why not", addedHere: false, counts: true };
  const members: Finding[] = [
    { ...first, id: "approved", approval },
    { ...first, id: "warning", severity: "warning" },
    { ...first, id: "error", kind: "widened" },
  ];
  expect(groupFindings(members)[0]?.findings.map(({ id }) => id)).toEqual(["error", "warning", "approved"]);
});

test.each([
  ["goblin-ci", ["b1", "e1"]],
  ["goblin-ci rewrites", ["e1"]],
  ["TEAM-GOBLIN gained", ["g1", "g2", "e1"]],
  ["secret/data/goblin-assistant/providers/openai-gpt4", ["g1", "b1"]],
  ["supervisor/tls", ["g1"]],
  ["policies/readonly.hcl:1", ["l1"]],
  ["destroy", ["g2"]],
  ["usage security", ["a1"]],
  ["nothing of the kind", []],
])("findings about %j are found", (query, ids) => {
  expect(findingsNamed(findings, query).map(({ id }) => id)).toEqual(ids);
});

test("without a word every finding is there", () => expect(findingsNamed(findings, " ")).toEqual(findings));
