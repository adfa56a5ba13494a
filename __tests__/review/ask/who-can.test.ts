import { questionOf } from "../../../review/ask/question";
import { placesOf } from "../../../review/ask/rule-place";
import { whoCanAnswers } from "../../../review/ask/who-can";
import { type RevisionSketch, revision } from "../revision";

const policies = {
  reader: 'path "secret/data/app/*" { capabilities = ["read"] }',
  one: 'path "secret/data/app/db" { capabilities = ["read"] }',
  limited: 'path "secret/data/app/*" { capabilities = ["read"] required_parameters = ["version"] }',
  creator: 'path "secret/data/app/*" { capabilities = ["create"] }',
  holed:
    'path "secret/data/app/*" { capabilities = ["read"] }\npath "secret/data/app/+/key" { capabilities = ["deny"] }',
  own: 'path "secret/data/{{identity.entity.name}}/*" { capabilities = ["read"] }',
  audit: 'path "sys/audit" { capabilities = ["read"] }',
  auditor: 'path "sys/audit" { capabilities = ["read", "sudo"] }',
};
const roles = Object.fromEntries(Object.keys(policies).map((name) => [name, [name]]));

function answers(word: string, target: string, sketch: RevisionSketch = { policies, roles }) {
  const known = revision(sketch);
  return Object.fromEntries(
    whoCanAnswers(known, questionOf(known, word, target)).map(({ principal, level }) => [
      principal.title.replace("AppRole ", ""),
      level,
    ]),
  );
}

test("one secret: whoever may read it, under conditions too, and who may be its owner", () => {
  expect(answers("read", "secret/app/db")).toEqual({
    reader: "full",
    one: "full",
    limited: "conditional",
    holed: "full",
    own: "unknown",
  });
});

test("a tree of secrets: who may read only a part of it is told so", () => {
  expect(answers("read", "secret/app/*")).toEqual({
    reader: "full",
    one: "partial",
    limited: "conditional",
    holed: "partial",
    own: "unknown",
  });
});

test("an intent of which something is missing is partly granted", () => {
  expect(answers("write", "secret/app/db")).toMatchObject({ creator: "partial" });
});

test("on a path that needs sudo the capability alone is nothing", () => {
  expect(answers("read", "sys/audit")).toEqual({ auditor: "full" });
});

test("root may do everything, but nobody with root beside others logs in", () => {
  const sketch = { policies, roles: { root: ["root"], both: ["root", "one"] } };
  expect(answers("destroy", "secret/app/db", sketch)).toEqual({ root: "full", both: "unknown" });
});

test("what a source could not read makes its holders unknown, even where the rest grants it", () => {
  const sketch = {
    policies: { ...policies, odd: 'path "a" {' },
    roles: { a: ["odd"], b: ["reader"] },
    doubts: [{ reason: "x", principals: ["auth/approle/role/b"] }],
  };
  const known = revision(sketch);
  const unreadable = {
    ...known,
    policies: known.policies.map((each) =>
      each.name === "odd" ? { ...each, unreadable: each.read?.findings ?? [] } : each,
    ),
  };
  const found = whoCanAnswers(unreadable, questionOf(unreadable, "read", "secret/app/db"));
  expect(found.map(({ principal, level }) => [principal.title, level])).toEqual([
    ["AppRole a", "unknown"],
    ["AppRole b", "unknown"],
  ]);
  expect(found[0]?.unknown).toContain("policy odd cannot be read");
});

test("the rule that grants is told with its line", () => {
  const known = revision({ policies, roles });
  const [answer] = whoCanAnswers(known, questionOf(known, "read", "secret/app/db"));
  expect(placesOf(known, answer?.rules[0])).toMatchObject([
    { policy: "reader", place: { file: "policies/reader.hcl", line: 1, column: 6 } },
  ]);
});

test("what is missing is told with a path on which it shows", () => {
  const known = revision({ policies, roles });
  const found = whoCanAnswers(known, questionOf(known, "read", "secret/app/*"));
  const holed = found.find(({ principal }) => principal.title === "AppRole holed");
  expect(holed?.missing[0]?.path).toMatch(/^secret\/data\/app\/[^/]+\/key$/);
});
