import { whyOf } from "../../../../review/report/map/why";
import { revision } from "../../revision";
import { sampleBase, sampleHead } from "../sample";
import { columnAt, matrixOf, rowAt } from "./map";

const matrix = matrixOf(sampleBase(), sampleHead());

function why(key: string, title: string, path: string) {
  return whyOf(matrix, rowAt(matrix, key), columnAt(matrix, title)).find((each) => each.path === path);
}

test("a loss shows the rule that won before, and why it lost after", () => {
  const found = why(
    "secret/goblin-assistant/providers/anthropic",
    "AppRole goblin-assistant",
    "secret/metadata/goblin-assistant/providers/",
  );
  expect(found).toMatchObject({
    changed: true,
    before: {
      answers: [{ capability: "list", verdict: "allowed" }],
      rules: [{ pattern: "secret/metadata/goblin-assistant/*", decides: true }],
    },
    after: {
      answers: [{ capability: "list", verdict: "denied" }],
      rules: [
        {
          pattern: "secret/metadata/goblin-assistant/providers/*",
          decides: true,
          sources: [
            {
              policy: "readonly",
              place: { file: "policies/readonly.hcl", line: 1 },
              text: 'path "secret/metadata/goblin-assistant/providers/*" {\n  capabilities = ["read"]\n}',
            },
          ],
        },
        {
          pattern: "secret/metadata/goblin-assistant/*",
          decides: false,
          because: expect.stringContaining("outranks it"),
          sources: [{ policy: "goblin", place: { file: "policies/goblin.hcl", line: 10 } }],
        },
      ],
    },
  });
});

test("what is the same on both sides is no change", () => {
  expect(why("secret/supervisor/queue", "AppRole supervisor", "secret/data/supervisor/queue")).toMatchObject({
    changed: false,
    after: {
      answers: [
        { verdict: "allowed" },
        { verdict: "allowed" },
        { verdict: "allowed" },
        { verdict: "denied" },
        { verdict: "allowed" },
      ],
    },
  });
});

test("a side without the principal says so", () => {
  const found = why(
    "secret/goblin-assistant/session",
    "AppRole reporter",
    "secret/data/goblin-assistant/session",
  );
  expect(found?.before).toEqual({ answers: [], rules: [], changes: [], note: "There is no such principal." });
});

test("sudo is told of the rule that decides, and not asked as an operation", () => {
  const found = why("sys/policies/acl/*", "AppRole goblin-ci", "sys/policies/acl/…");
  expect(found?.after?.answers.map(({ capability, verdict }) => `${capability} ${verdict}`)).toContain(
    "sudo denied",
  );
});

test("every answer has its reason in whole words, whatever stands in the path", () => {
  const found = why("sys/policies/acl/*", "AppRole goblin-ci", "sys/policies/acl/…");
  expect(found?.after?.answers.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining([
      "the rule grants it",
      "the rule that decides does not grant the capability",
      "sudo counts only beside another capability of the rule that decides",
    ]),
  );
  const colon = revision({
    policies: { app: 'path "secret/data/a: b" { capabilities = ["read"] }' },
    roles: { app: ["app"] },
  });
  const map = matrixOf(undefined, colon);
  const [path] = whyOf(map, rowAt(map, "secret/a: b"), columnAt(map, "AppRole app"));
  expect(path?.after?.answers[0]).toEqual({
    capability: "read",
    verdict: "allowed",
    reason: "the rule grants it",
  });
});

test("what is granted under conditions is not told as denied, as a request without parameters would be", () => {
  const answers = why(
    "secret/goblin-assistant/providers/anthropic",
    "AppRole goblin-ci",
    "secret/data/goblin-assistant/providers/anthropic",
  )?.after?.answers;
  expect(answers).toContainEqual({
    capability: "update",
    verdict: "conditional",
    reason: "a bare request is denied, because a parameter that the rule requires is missing",
  });
  expect(answers).toContainEqual({
    capability: "read",
    verdict: "denied",
    reason: "the rule that decides does not grant the capability",
  });
});
