import fc from "fast-check";
import { PolicyDocument } from "../../../policies/document";
import { PolicySyntaxError, PolicyUsageError } from "../../../policies/errors";
import { formatPolicy } from "../../../policies/format/format";
import { readPolicy } from "../../../policies/language/read";
import { hclText } from "../document-generators";

const lines = (...text: string[]): string => `${text.join("\n")}\n`;

test("a plain document becomes the canonical one: sorted, merged, comments above", () => {
  const source =
    '// why b\npath "b" {capabilities=["update","create"]}\n# a\npath "a" { policy = "read" }\npath "b" { capabilities=["read"] }';
  expect(formatPolicy(source)).toEqual({
    form: "canonical",
    text: lines(
      "# a",
      'path "a" {',
      '  capabilities = ["read", "list"]',
      "}",
      "",
      "# why b",
      'path "b" {',
      '  capabilities = ["create", "read", "update"]',
      "}",
    ),
  });
});

test("where the canonical form has no place for a comment, only the layout is changed", () => {
  const source = lines(
    "# Licence",
    "",
    "",
    "/* first",
    "   second */",
    'path "b" { # opens',
    '      capabilities = [ "read",   # values',
    '    "list" ]',
    "",
    "   # no more",
    "}",
    'path "a" { capabilities=["read"] } // behind',
    "# the end",
  );
  expect(formatPolicy(source)).toEqual({
    form: "layout",
    because: { line: 1, what: "the comment" },
    text: lines(
      "# Licence",
      "",
      "/* first",
      "   second */",
      'path "b" { # opens',
      "  capabilities = [",
      '    "read", # values',
      '    "list",',
      "  ]",
      "",
      "  # no more",
      "}",
      "",
      'path "a" {',
      '  capabilities = ["read"]',
      "} // behind",
      "# the end",
    ),
  });
});

test.each([
  ['path "a" {\n  comment = "why"\n}\n', "comment = …"],
  ['name = "x"\npath "a" {}\n', "name = …"],
])("what decides nothing is kept as well: %j", (source, what) => {
  expect(formatPolicy(source)).toMatchObject({ form: "layout", because: { what } });
  expect(formatPolicy(source).text).toContain(
    source
      .split("\n")
      .find((line) => line.includes("="))
      ?.trim(),
  );
});

test("a comment that has no place in any layout is refused, with its line", () => {
  const source = '# top\n\npath "a" {\n  allowed_parameters = { "x" = [{ a = 1 /* deep */ }] }\n}\n';
  const odd = '# top\n\npath "a" {\n  allowed_parameters = { "x" = /* odd */ [{ a = 1 }] }\n}\n';
  expect(formatPolicy('path /* odd */ "a" {}\n').text).toBe('path "a" { /* odd */\n}\n');
  expect(formatPolicy(source).text).toContain("/* deep */");
  expect(() => formatPolicy(odd, "x.hcl")).toThrow(PolicyUsageError);
  expect(() => formatPolicy(odd, "x.hcl")).toThrow("x.hcl:4  the comment stands where");
});

test("heredocs keep their lines", () => {
  const source = '# top\n\npath "a" {\n  comment = <<EOF\nmany\n  lines\nEOF\n  capabilities = ["read"]\n}\n';
  expect(formatPolicy(source).text).toBe(source);
});

test("JSON stays JSON", () => {
  expect(formatPolicy('{"path":{"a":{"capabilities":["read"]}}}')).toEqual({
    form: "json",
    text: lines(
      "{",
      '  "path": {',
      '    "a": {',
      '      "capabilities": [',
      '        "read"',
      "      ]",
      "    }",
      "  }",
      "}",
    ),
  });
});

test("JSON that only an engine reads is refused", () => {
  expect(() => formatPolicy('{"path": {"a": {"capabilities": ["read"]}}')).toThrow(PolicyUsageError);
  expect(() =>
    formatPolicy('{"path": {"a": {"capabilities": ["read"]}}, "path": {"b": {"capabilities": ["list"]}}}'),
  ).toThrow(PolicyUsageError);
});

test("a document that is refused is not touched", () => {
  expect(() => formatPolicy('path "a" { capabilities = ["raed"] }')).toThrow(PolicySyntaxError);
  expect(() => formatPolicy("\ufeff# x\n")).toThrow(PolicySyntaxError);
});

const comment = fc.constantFrom("", "", "# c\n", " // d\n", "\n\n# e\n", "/* f\n g */", "\n");
const commented = fc
  .array(
    fc.tuple(
      comment,
      fc.constantFrom("a", "b/*", "+/c"),
      comment,
      comment,
      fc.constantFrom("read", "list"),
      comment,
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((rules) =>
    rules
      .map(
        ([above, path, opens, inside, capability, behind]) =>
          `${above}\npath "${path}" {${opens}\n capabilities=[${inside}"${capability}"${behind}]${behind}\n}${opens}`,
      )
      .join("\n"),
  );

test("formatting loses no rule and no comment, and is done after one time", () => {
  fc.assert(
    fc.property(fc.oneof(commented, hclText), (source) => {
      if (!readPolicy(source).accepted) return;
      let text: string;
      try {
        text = formatPolicy(source).text;
      } catch (error) {
        expect(error).toBeInstanceOf(PolicyUsageError);
        return;
      }
      expect(formatPolicy(text).text).toBe(text);
      expect(words(text)).toEqual(words(source));
      expect(rulesOf(text)).toEqual(rulesOf(source));
    }),
    { numRuns: 1500, seed: 11 },
  );
});

function rulesOf(text: string) {
  const { rules } = new PolicyDocument(readPolicy(text).rules).canonical();
  return rules.map(({ comment, ...rule }) => rule);
}

/** The comments of these documents, whatever marks they have now. */
function words(text: string): string[] {
  return [...text.matchAll(/(?:#|\/\/|\/\*|^) ?([cdefg])(?= |$|\n)|^ *(?:# )?(g)/gm)]
    .map((match) => match[1] ?? match[2] ?? "")
    .sort();
}
