import fc from "fast-check";
import { requestPath, rulePath } from "./generators";

/** A whole document that is mostly accepted, and paths to ask it about. */
export interface Meaning {
  readonly source: string;
  readonly paths: string[];
}

const word = fc.constantFrom("create", "read", "update", "delete", "list", "sudo", "patch");
const words = fc.uniqueArray(word, { maxLength: 3 }).map((all) => all.map((each) => JSON.stringify(each)));
const listed = fc.oneof(
  { weight: 6, arbitrary: words },
  fc.constantFrom(
    ['"deny"'],
    ['"deny"', '"read"'],
    ['"list"', '"deny"'],
    ['"deny"', '"bogus"'],
    ['"bogus"', '"deny"'],
  ),
  fc.constantFrom(['"scan"'], ['"list"', '"scan"'], ['"subscribe"'], ['"recover"', '"read"'], ['"READ"']),
);
const legacy = fc.constantFrom("read", "write", "sudo", "deny", "read", "write", "");

const attribute = fc.oneof(
  { weight: 8, arbitrary: listed.map((all) => `capabilities = [${all.join(", ")}]`) },
  { weight: 4, arbitrary: legacy.map((text) => `policy = "${text}"`) },
  fc.constantFrom(
    'comment = "why"',
    "allowed_parameters = { p = [] }",
    'required_parameters = ["p"]',
    'min_wrapping_ttl = "1m"',
    'expiration = "2020-01-01T00:00:00Z"',
    'expiration = "2099-01-01T00:00:00Z"',
    "expiration = 1500000000",
    'expiration = "4000000000"',
    "pagination_limit = 5",
    'subscribe_event_types = ["*"]',
  ),
);
const label = rulePath.map((path) => JSON.stringify(path));
const blockHead = fc.oneof(
  { weight: 12, arbitrary: label.map((path) => `path ${path}`) },
  label.map((path) => `"path" ${path}`),
  label.map((path) => `path ${path} "second"`),
  fc.constantFrom("path", "path a", 'path "path"'),
);
const block = fc
  .tuple(blockHead, fc.array(attribute, { minLength: 0, maxLength: 3 }))
  .map(([head, attributes]) => `${head} {\n  ${attributes.join("\n  ")}\n}`);
const hcl = fc
  .array(fc.oneof({ weight: 8, arbitrary: block }, fc.constantFrom('name = "x"', "# why", "/* a */")), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join("\n"));

const jsonRule = fc.record(
  {
    capabilities: fc.oneof(
      { weight: 6, arbitrary: fc.uniqueArray(word, { maxLength: 3 }) },
      fc.constantFrom(["deny", "bogus"], ["deny"]),
    ),
    policy: legacy,
    comment: fc.constant("why"),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const jsonRules = fc.dictionary(rulePath, fc.oneof(jsonRule, fc.array(jsonRule, { maxLength: 2 })), {
  maxKeys: 3,
  noNullPrototype: true,
});
const json = fc
  .record({ path: fc.oneof(jsonRules, fc.array(jsonRules, { maxLength: 2 })) }, { noNullPrototype: true })
  .map((document) => JSON.stringify(document));

const paths = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: requestPath.filter((path) => path.trim() === path && path !== "") },
    fc.constantFrom("path", "a", "second"),
  ),
  { minLength: 10, maxLength: 20 },
);

/** Documents whose meaning is easily taken for another. */
export function meaningText(syntax: "hcl" | "json"): fc.Arbitrary<Meaning> {
  return fc.record({ source: syntax === "hcl" ? hcl : json, paths });
}
