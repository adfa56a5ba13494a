import { lintRevision } from "../../../review/policy-lint/lint-revision";
import { revision } from "../revision";

const told = (...args: Parameters<typeof lintRevision>) =>
  lintRevision(...args).map(({ id, place }) => `${place?.file}:${place?.line} ${id}`);

const read = 'path "x" { capabilities = ["read"] }';
const deny = 'path "x" { capabilities = ["deny"] }';

test("policies that somebody holds together are looked at together, others by themselves", () => {
  const policies = { a: read, b: deny };
  expect(told(revision({ policies }))).toEqual([]);
  expect(told(revision({ policies, roles: { one: ["a"], two: ["b"] } }))).toEqual([]);
  expect(told(revision({ policies, roles: { one: ["a", "b"] } })).join()).toContain("DENY_STICKY_CONFLICT");
  expect(told(revision({ policies }), { together: true }).join()).toContain("DENY_STICKY_CONFLICT");
});

test("a finding is told once, whoever holds the policy", () => {
  const policies = { a: 'path "sys/auth/*" { capabilities = ["update", "sudo"] }' };
  const once = told(revision({ policies, roles: { one: ["a"] } }));
  expect(once).toContain("policies/a.hcl:1 ESCALATION");
  expect(told(revision({ policies, roles: { one: ["a"], two: ["a"], three: ["a", "gone"] } }))).toEqual(once);
});

test("what the parser says is among the findings, and the policy is looked at no further", () => {
  const sketch = revision({ policies: { a: 'path "x" {\n  capabilities = ["raed"]\n}\npath "a//b" {}' } });
  const unreadable = { ...sketch, policies: sketch.policies.map((each) => ({ ...each, unreadable: [] })) };
  expect(lintRevision(unreadable)).toMatchObject([
    { id: "capability", severity: "error", place: { line: 2, column: 19 }, fix: 'Write "read".' },
  ]);
});

test("suppressed findings stay, with the reason; a suppression that ended does not count", () => {
  const policies = { a: 'path "sys/auth/*" { capabilities = ["update", "sudo"] }' };
  const suppression = { id: "ESCALATION", reason: "the operators", until: "2030-01-31T00:00:00Z" };
  const reasons = (now: string) =>
    lintRevision(revision({ policies }), { suppressions: [suppression], now: Date.parse(now) }).map(
      ({ id, suppressed }) => [id, suppressed],
    );
  expect(reasons("2030-01-30T00:00:00Z")).toContainEqual(["ESCALATION", "the operators"]);
  expect(reasons("2030-02-01T00:00:00Z")).toContainEqual(["ESCALATION", undefined]);
});

test("a derived policy is pointed at where it was granted", () => {
  const sketch = revision({ policies: { a: 'path "sys/auth/*" { capabilities = ["update", "sudo"] }' } });
  const place = { file: "systems/x.ts", line: 7 };
  const derived = sketch.policies.map((each) => ({ ...each, verbatim: false, rulePlaces: [place] }));
  expect(told({ ...sketch, policies: derived })).toContain("systems/x.ts:7 ESCALATION");
});
