import fc from "fast-check";
import { CAPABILITIES, type Capability } from "../../policies/capability";
import { PolicyDocument, type PolicyRule } from "../../policies/document";
import { PolicySyntaxError } from "../../policies/errors";
import { printPolicy } from "../../policies/print";

test("prints a plain rule in the canonical form", () => {
  const document = new PolicyDocument([
    {
      path: "secret/data/database/postgres",
      capabilities: ["read"],
      comment: "read values: granted by dev-access/dotmac/postgres to dotmac",
    },
  ]);
  expect(printPolicy(document)).toBe(
    [
      "# read values: granted by dev-access/dotmac/postgres to dotmac",
      'path "secret/data/database/postgres" {',
      '  capabilities = ["read"]',
      "}",
      "",
    ].join("\n"),
  );
});

test("merges the rules of one path, in a fixed order of capabilities and paths", () => {
  const document = new PolicyDocument([
    { path: "b", capabilities: ["update"], comment: "one" },
    { path: "a/*", capabilities: ["list"] },
    { path: "/b", capabilities: ["create", "update"], comment: "two" },
  ]);
  expect(printPolicy(document)).toBe(
    'path "a/*" {\n  capabilities = ["list"]\n}\n\n# one\n# two\npath "b" {\n  capabilities = ["create", "update"]\n}\n',
  );
});

test("deny absorbs whatever else the path has", () => {
  const document = new PolicyDocument([
    { path: "a", capabilities: ["read"], requiredParameters: ["x"] },
    { path: "a", capabilities: ["deny"] },
  ]);
  expect(document.canonical().rules).toEqual([{ path: "a", capabilities: ["deny"] }]);
});

test("prints a comment for no rules, because engines refuse an empty text", () => {
  expect(printPolicy(new PolicyDocument([]))).toBe("# No rules.\n");
});

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("a/+", "a*", "$\u007bx}", '"', "\\", "a\nb", "\0", "\ufeff"),
);
const path = fc
  .oneof(fc.constantFrom("a", "/a", "//a", "a/*", "+/b", "", "*"), text)
  .filter((p) => !p.includes("+*") && !p.includes("{{") && !p.includes("}}"));
const values = fc.array(
  fc.oneof(text, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true })),
  { maxLength: 3 },
);
const parameters = fc.dictionary(
  text.map((name) => name.toLowerCase()),
  values,
  { maxKeys: 2, noNullPrototype: true },
);
const rule: fc.Arbitrary<PolicyRule> = fc.record(
  {
    path,
    capabilities: fc.uniqueArray(fc.constantFrom<Capability>(...CAPABILITIES), { maxLength: 3 }),
    comment: fc.constantFrom(
      "why",
      "why\nand who",
      " indented",
      "granted by a/b/c to d",
      "# odd",
      "$\u007bx} é 😀",
    ),
    allowedParameters: parameters,
    deniedParameters: parameters,
    requiredParameters: fc.array(text, { maxLength: 2 }),
    minWrappingTtl: fc.constantFrom(1, 0.5, 90),
    maxWrappingTtl: fc.constantFrom(90, 3600),
    mfaMethods: fc.array(text, { maxLength: 2 }),
    paginationLimit: fc.integer({ min: 1, max: 1000 }),
    subscribeEventTypes: fc.array(text, { minLength: 1, maxLength: 2 }),
    expiration: fc.constantFrom("2030-01-31T00:00:00Z", "1900000000"),
  },
  { requiredKeys: ["path", "capabilities"] },
);

test("reading back what was printed gives the canonical document", () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 5 }), (rules) => {
      const document = new PolicyDocument(rules);
      expect(PolicyDocument.parse(printPolicy(document))).toEqual(document.canonical());
    }),
    { numRuns: 500, seed: 4 },
  );
});

test("a document that the engine refuses is an error with every finding", () => {
  const source = 'path "a" {\n  capabilities = ["raed"]\n  colour = 1\n}\n';
  try {
    PolicyDocument.parse(source, { file: "x.hcl" });
    throw new Error("not refused");
  } catch (error) {
    if (!(error instanceof PolicySyntaxError)) throw error;
    expect(error.what).toBe('x.hcl:2:19  "raed" is no capability (and 1 more)');
    expect(error.nextStep).toBe('Write "read".');
    expect(error.exitCode).toBe(2);
    expect(error.findings.map((finding) => finding.code)).toEqual(["capability", "unknown-key"]);
  }
});
