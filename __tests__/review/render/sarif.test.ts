import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import fc from "fast-check";
import type { Log, Run } from "sarif";
import type { Review } from "../../../review/finding";
import { renderSarif } from "../../../review/render/sarif";
import { artifactUri } from "../../../review/render/uri";
import { anyText } from "./arbitrary";
import { EVERY_KIND, finding, HOSTILE, hostileReview, long, NOTHING, SHORT } from "./sample";

// Tries many texts: slow on a busy machine.
jest.setTimeout(30_000);

const validate = compileOfficialSchema();

test.each([
  ["nothing", NOTHING],
  ["a short review", SHORT],
  ["every kind", EVERY_KIND],
  ["a long one", long(300)],
])("the SARIF of %s is as the schema of OASIS says", (_, review) => {
  runOf(review);
});

test("the schema is the real one: it refuses a result without a message and a level that there is none of", () => {
  const log = JSON.parse(renderSarif(SHORT));
  delete log.runs[0].results[0].message;
  log.runs[0].results[1].level = "fatal";
  expect(validate(log)).toBe(false);
});

test("a result points at the exact region, and at the rules that decided", () => {
  const [result] =
    runOf(SHORT).results?.filter(
      ({ partialFingerprints }) => partialFingerprints?.["strongroomFinding/v1"] === "gained-1",
    ) ?? [];
  expect(result).toMatchObject({
    ruleId: "gained",
    level: "warning",
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "systems/dotmac.ts" },
          region: { startLine: 18, startColumn: 5, endLine: 18, endColumn: 44 },
        },
        logicalLocations: [{ fullyQualifiedName: "auth/approle/role/dotmac" }],
      },
    ],
    relatedLocations: [{ id: 0, message: { text: "the rule that decides now" } }],
  });
  expect(result?.message.text).toContain(
    "AppRole dotmac can now read values of goblin-assistant/providers/*",
  );
  expect(result?.message.text).toContain("witness: read secret/data/goblin-assistant/providers/openai-gpt4");
});

test("both fingerprints come from the finding's id, so that two findings of one line are two alerts", () => {
  const fingerprints = runOf(EVERY_KIND).results?.map(
    ({ partialFingerprints }) => partialFingerprints?.primaryLocationLineHash,
  );
  expect(new Set(fingerprints).size).toBe(EVERY_KIND.findings.length);
});

test("every result has its rule, with help; what opens something has a security severity", () => {
  const run = runOf(EVERY_KIND);
  const rules = run.tool.driver.rules ?? [];
  for (const { ruleId, ruleIndex } of run.results ?? []) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  const severity = (id: string) => rules.find((rule) => rule.id === id)?.properties?.["security-severity"];
  expect(severity("guardrail-broken")).toBe("9.5");
  expect(severity("gained")).toBe("7.5");
  expect(severity("lost")).toBeUndefined();
  expect(rules.map(({ id }) => id)).toContain("lint/KV2-MISSING-DATA");
  expect(rules.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["AccessGained", "GuardrailBroken", "Kv2MissingData"]),
  );
  for (const { help, shortDescription, fullDescription } of rules) {
    expect([help?.text, shortDescription?.text, fullDescription?.text].every(Boolean)).toBe(true);
  }
});

test("an approved finding is suppressed with its reason; one whose approval does not count is not", () => {
  const suppressed = runOf(EVERY_KIND).results?.filter(({ suppressions }) => suppressions) ?? [];
  expect(suppressed).toHaveLength(1);
  expect(suppressed[0]).toMatchObject({
    ruleId: "principal-added",
    suppressions: [
      { kind: "external", status: "accepted", justification: "approved by @org/security: the new ingest" },
    ],
  });
});

test("a finding without a place stands at the project's file and says so: code scanning refuses results without one", () => {
  const [result] = runOf({ ...NOTHING, findings: [finding("mount-added")] }).results ?? [];
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("cdktf.json");
  expect(result?.message.text).toContain("No line of the files under review shows this.");
});

test("regions that make no sense are left out", () => {
  const place = { file: "a.hcl", line: 7, column: 0, endLine: 3, endColumn: 1 };
  const [result] = runOf({ ...NOTHING, findings: [finding("lint", { place })] }).results ?? [];
  expect(result?.locations?.[0]?.physicalLocation?.region).toEqual({ startLine: 7 });
});

test.each([
  ["systems/dotmac.ts", "systems/dotmac.ts"],
  ["./policies/a.hcl", "policies/a.hcl"],
  ["policies/app role.hcl", "policies/app%20role.hcl"],
  ["öther#1?.hcl", "%C3%B6ther%231%3F.hcl"],
  ["https://evil.example/x", "https%3A/evil.example/x"],
  ["//evil.example/x", "file:///evil.example/x"],
  ["/tmp/plan.json", "file:///tmp/plan.json"],
  ["a\ud800b", "a%EF%BF%BDb"],
  ["", "."],
])("the file %j has the URI %s", (file, uri) => expect(artifactUri(file)).toBe(uri));

test("braces and links in names are plain text to a reader of SARIF", () => {
  const review = {
    ...NOTHING,
    findings: [finding("gained", { sentence: "can read {0} of [x](https://evil.example)" })],
  };
  expect(runOf(review).results?.[0]?.message.text).toContain("{{0}} of [x\\](https://evil.example)");
});

test("beyond what a run may hold the least bad is left out, and a notification says so", () => {
  const notes = Array.from({ length: 25_001 }, (_, index) =>
    finding("policy-added", { id: `${index}`, severity: "note" }),
  );
  const log = JSON.parse(
    renderSarif({ ...NOTHING, findings: [...notes, finding("gained", { severity: "error" })] }),
  ) as Log;
  expect(log.runs[0]?.results).toHaveLength(25_000);
  expect(log.runs[0]?.results?.[0]?.ruleId).toBe("gained");
  expect(JSON.stringify(log.runs[0]?.invocations)).toContain("2 findings left out");
});

test.each(HOSTILE)("%j makes no invalid SARIF", (text) => void runOf(hostileReview(text)));

test("no text at all makes invalid SARIF, or an address out of a file's name", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const { locations = [] } of runOf(hostileReview(text)).results ?? []) {
        const uri = locations[0]?.physicalLocation?.artifactLocation?.uri ?? "";
        expect(uri).toMatch(/^(file:\/\/\/)?[A-Za-z0-9_.!~*'()%/-]*$/);
      }
    }),
  );
});

function runOf(review: Review): Run {
  const log = JSON.parse(renderSarif(review, { version: "1.2.3" })) as Log;
  validate(log);
  expect(validate.errors).toBeNull();
  return log.runs[0] as Run;
}

/** The schema is of draft 4, which ajv no longer reads; of what it uses, only the names of two keys differ from draft 7. */
function compileOfficialSchema() {
  const text = readFileSync(join(__dirname, "oasis/sarif-schema-2.1.0.json"), "utf8");
  const { $schema: _draft, id, ...schema } = JSON.parse(text);
  return addFormats(new Ajv({ strict: false, allErrors: true })).compile({ $id: id, ...schema });
}
