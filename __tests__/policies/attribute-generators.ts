import fc from "fast-check";

/** One rule with an attribute whose value is nearly right: the limits that each kind of value has. */
const duration = fc.oneof(
  fc.constantFrom(
    '"1m"',
    '"90"',
    '"1h30m"',
    '"1.5h"',
    '"1d"',
    '"-1m"',
    '"0"',
    '"0s"',
    "0",
    "60",
    "-60",
    "1.5",
    '""',
  ),
  fc.constantFrom(
    '"1 m"',
    '"m"',
    '"1ms"',
    '"1us"',
    '"9999999999"',
    '"1w"',
    '"01m"',
    '"+5s"',
    '".5h"',
    "true",
    '["1m"]',
  ),
);
const limit = fc.constantFrom(
  "0",
  "1",
  "-1",
  "5",
  '"5"',
  '"0x10"',
  '"1_000"',
  "1.0",
  "1e2",
  '""',
  '"x"',
  "[]",
  "true",
  "08",
);
const ends = fc.oneof(
  fc.constantFrom(
    '"2030-01-01T00:00:00Z"',
    '"2030-01-01T00:00:00.5+01:00"',
    '"2030-02-30T00:00:00Z"',
    '"2030-01-01"',
  ),
  fc.constantFrom(
    '"2020-01-01T00:00:00Z"',
    "0",
    "-1",
    "1893456000",
    '"1893456000"',
    '"1893456000.5"',
    '""',
    '"soon"',
    "1e10",
  ),
  fc.constantFrom(
    '"2030-01-01t00:00:00z"',
    '"2030-01-01 00:00:00Z"',
    '"2030-13-01T00:00:00Z"',
    '"2030-01-01T24:00:00Z"',
    "[]",
  ),
);
const filter = fc.constantFrom(
  '"{{ .path }}{{ .key }}"',
  '"{{.key}}"',
  '"{{ .key | lowercase }}"',
  '"{{ .key"',
  '"{{ nosuch .key }}"',
  '"{{ .other }}"',
  '"plain"',
  '""',
  "5",
  '["x"]',
  '"{{ if .key }}x{{ end }}"',
  '"{{ if .key }}x"',
  '"{{ .key | truncate 3 }}"',
  '"{{ random 5 }}"',
);
const strings = fc.constantFrom(
  '["a"]',
  "[]",
  '"a"',
  '["a", "a"]',
  "[1]",
  "[true]",
  '[["a"]]',
  "{}",
  '["A", ""]',
  "5",
);
const mapped = fc.constantFrom(
  '{ "a" = ["x", 1, true] }',
  '{ "A" = [] "a" = ["x"] }',
  '{ "a" = "x" }',
  '{ "a" = [["x"]] }',
  '{ "a" = [{ b = "c" }] }',
  "{}",
  "[]",
  '["a"]',
  '"a"',
  '{ "*" = [] }',
  '{ "a" = 1 }',
  '{ "" = [] }',
  '{ "a" = [] "a" = ["x"] }',
  '{\n"a" = []\n"a" = ["x"]\n}',
  '{ "a" = [{\nb = "c"\nb = "d"\n}] }',
);
const identity = fc.constantFrom(
  'identity { group_names = ["g"] approvals = 1 }',
  'identity { group_ids = ["g"] approvals = 2 }',
  'identity { group_names = ["g"] approvals = 0 }',
  'identity { group_names = ["g"] }',
  "identity { approvals = 1 }",
  "identity {}",
  "",
);
const controlled = fc.constantFrom(
  'controlled_capabilities = ["read"]',
  'controlled_capabilities = ["list"]',
  'controlled_capabilities = ["renew"]',
  'controlled_capabilities = ["bogus"]',
  "controlled_capabilities = []",
  "",
);
const factor = fc
  .tuple(fc.constantFrom('factor "x"', "factor", 'factor "x" "y"'), controlled, identity)
  .map(([head, first, second]) => `${head} { ${first} ${second} }`);
const group = fc
  .tuple(
    fc.constantFrom("", "", 'ttl = "1h"', "ttl = 5"),
    fc.constantFrom("", 'ttl = "4h"', "ttl = 0", 'ttl = "x"', "self_auth_allowed = true", "other = 1"),
    factor,
  )
  .map((parts) => parts.join("\n"));

const attribute = fc.oneof(
  fc
    .tuple(fc.constantFrom("min_wrapping_ttl = ", "max_wrapping_ttl = "), duration)
    .map((parts) => parts.join("")),
  fc.tuple(duration, duration).map(([min, max]) => `min_wrapping_ttl = ${min}\nmax_wrapping_ttl = ${max}`),
  limit.map((value) => `pagination_limit = ${value}`),
  ends.map((value) => `expiration = ${value}`),
  filter.map((value) => `list_scan_response_keys_filter_path = ${value}`),
  fc
    .tuple(fc.constantFrom("required_parameters", "mfa_methods", "subscribe_event_types"), strings)
    .map(([name, value]) => `${name} = ${value}`),
  fc
    .tuple(fc.constantFrom("allowed_parameters", "denied_parameters"), fc.constantFrom(" = ", " "), mapped)
    .map((parts) => parts.join("")),
  group.map((text) => `control_group = {\n${text}\n}`),
  group.map((text) => `control_group {\n${text}\n}`),
  fc.constantFrom(
    'policy = "read"',
    'policy = "write"',
    'policy = "Write"',
    'policy = "list"',
    'policy = ["read"]',
  ),
  fc.constantFrom(
    'comment = "x"',
    "comment = 5",
    "comment = []",
    "comment = { a = 1 }",
    "comment = {\na = 1\na = 2\n}",
  ),
);
const granted = fc.constantFrom(
  'capabilities = ["read", "list"]',
  'capabilities = ["list"]',
  'capabilities = ["subscribe"]',
  'capabilities = ["scan"]',
  'capabilities = ["deny"]',
  'capabilities = ["deny", "bogus"]',
  "capabilities = []",
  "capabilities = {}",
  'capabilities = "read"',
  'capabilities = ["read", "Read"]',
  'capabilities = ["bogus", "deny"]',
  "",
);
const label = fc.constantFrom(
  '"a"',
  '"a/{{identity.entity.id}}"',
  '"a/{{ x"',
  '"a/}}{{"',
  '"{{a}}{{b}}"',
  '"a/+*"',
  '""',
);

/** A rule on the line between what an engine takes and what it refuses, by its attributes. */
export const attributeText: fc.Arbitrary<string> = fc
  .tuple(label, fc.boolean(), granted, fc.array(attribute, { minLength: 1, maxLength: 2 }))
  .map(([path, last, capabilities, attributes]) => {
    const lines = last ? [...attributes, capabilities] : [capabilities, ...attributes];
    return `path ${path} {\n  ${lines.join("\n  ")}\n}\n`;
  });
