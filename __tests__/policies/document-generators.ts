import fc from "fast-check";

/**
 * Texts that are almost policies: well-formed blocks with odd values, then a few random edits. Most of them sit on
 * the line between what an engine accepts and what it refuses.
 */
const word = fc.constantFrom(
  "read",
  "list",
  "create",
  "deny",
  "sudo",
  "scan",
  "recover",
  "subscribe",
  "bogus",
  "Read",
  "",
);
const string = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  fc.constantFrom(
    '"a\\nb"',
    '"\\x41"',
    '"\\101"',
    '"\\u0041"',
    '"\\q"',
    '"\\400"',
    '"$\u007ba}"',
    '"a',
    '"\u00e9"',
    "<<E\nread\nE\n",
    "<<-E\n  read\n  E\n",
    "<<E\nread\n",
  ),
);
const number = fc.constantFrom(
  "0",
  "1",
  "-5",
  "08",
  "088",
  "0x1f",
  "1.5",
  ".5",
  "1e3",
  "1e",
  "9223372036854775808",
  "0755",
  "00",
);
const literal = fc.oneof(
  { weight: 5, arbitrary: string },
  number,
  fc.constantFrom("true", "false", "null", "read"),
);
const list = fc
  .array(literal, { maxLength: 3 })
  .chain((items) => fc.constantFrom(", ", ",", " ", ",,").map((glue) => `[${items.join(glue)}]`));
const map = fc
  .array(fc.tuple(fc.constantFrom("a", '"b"', '"*"', "C", "true"), fc.oneof(list, literal)), { maxLength: 2 })
  .map((entries) => `{ ${entries.map(([key, value]) => `${key} = ${value}`).join("\n")} }`);
const value = fc.oneof(
  literal,
  { weight: 3, arbitrary: list },
  map,
  fc.constantFrom(
    '"30s"',
    '"1h"',
    '"1d"',
    '"-1s"',
    '"2030-01-01T00:00:00Z"',
    '"2020-01-01T00:00:00Z"',
    '"{{ .path }}{{ .key }}"',
    '"{{ .path }}"',
  ),
);
const name = fc.constantFrom(
  "capabilities",
  "capabilities",
  "capabilities",
  "policy",
  "comment",
  "allowed_parameters",
  "denied_parameters",
  "required_parameters",
  "min_wrapping_ttl",
  "max_wrapping_ttl",
  "mfa_methods",
  "pagination_limit",
  "expiration",
  "list_scan_response_keys_filter_path",
  "subscribe_event_types",
  "Capabilities",
  '"capabilities"',
  "bogus",
);
const good = fc
  .array(fc.constantFrom('"read"', '"list"', '"create"', '"deny"', '"sudo"', '"patch"'), { maxLength: 3 })
  .map((items) => `capabilities = [${items.join(", ")}]`);
const attribute = fc.oneof(
  { weight: 3, arbitrary: good },
  fc.tuple(name, fc.constantFrom(" = ", " = ", " = ", " "), value).map((parts) => parts.join("")),
);
const label = fc.constantFrom(
  '"a"',
  '"a/+/b"',
  '"a/+*"',
  '"{{identity.entity.id}}/x"',
  '"{{x"',
  '"}}"',
  "a",
  '"a" "b"',
  "",
  "= ",
  "5",
  '"é/*"',
);
const block = fc
  .tuple(
    fc.constantFrom("path", "path", "path", "path", "Path", '"path"', "name"),
    label,
    fc.array(attribute, { maxLength: 3 }),
    fc.constantFrom("\n", "\n", "\r\n", ", ", " "),
  )
  .map(
    ([key, name, attributes, glue]) =>
      `${key} ${name} {${glue === ", " ? " " : glue}${attributes.join(glue)}${glue === ", " ? " " : glue}}`,
  );
const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: block },
      fc.constantFrom("# comment", "/* c */", "// c", 'name = "x"', "foo = 1", "name =", "/x"),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join("\n"));
const edit = fc.tuple(
  fc.nat(),
  fc.nat(3),
  fc.constantFrom(
    "",
    "",
    "{",
    "}",
    "[",
    "]",
    '"',
    ",",
    "=",
    "#",
    "\n",
    "\\",
    "\0",
    "é",
    "/*",
    "1",
    "$\u007b",
  ),
);

/** HCL, or nearly. */
export const hclText: fc.Arbitrary<string> = fc
  .tuple(text, fc.array(edit, { maxLength: 2 }), fc.constantFrom("", "\n"))
  .map(([base, edits, end]) => edits.reduce(applyEdit, base + end));

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.constantFrom(1, 0, -1, 1.5, true, null, "30s"),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom("a", "b", "*"), tie("value"), { maxKeys: 2, noNullPrototype: true }),
  ),
})).value;
const jsonAttributes = fc.dictionary(
  fc.constantFrom(
    "capabilities",
    "comment",
    "allowed_parameters",
    "required_parameters",
    "min_wrapping_ttl",
    "policy",
    "bogus",
    "expiration",
  ),
  fc.oneof(
    { weight: 3, arbitrary: fc.array(fc.constantFrom("read", "list", "deny"), { maxLength: 2 }) },
    json,
  ),
  { maxKeys: 3, noNullPrototype: true },
);
const jsonPaths = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.dictionary(fc.constantFrom("a", "b/*", "c/+"), jsonAttributes, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
  },
  fc.array(fc.dictionary(fc.constantFrom("a", "b"), jsonAttributes, { maxKeys: 1, noNullPrototype: true }), {
    maxLength: 2,
  }),
  json,
);

/** JSON, or nearly. */
export const jsonText: fc.Arbitrary<string> = fc
  .tuple(
    fc.dictionary(fc.constantFrom("path", "path", "path", "name", "foo"), jsonPaths, {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    fc.constantFrom(0, 1),
    fc.array(edit, { maxLength: 2 }),
  )
  .map(([document, indent, edits]) => edits.reduce(applyEdit, JSON.stringify(document, null, indent)));

function applyEdit(source: string, [where, length, insert]: [number, number, string]): string {
  const at = source.length === 0 ? 0 : where % source.length;
  return source.slice(0, at) + insert + source.slice(at + length);
}
