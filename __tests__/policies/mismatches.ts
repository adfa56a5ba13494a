/**
 * Documents on which the library and a running engine once disagreed, each found by the differential tests and kept by
 * name: who accepts it. `__tests__/real/policies-conformance.ts` asks the engines again.
 */
export interface Mismatch {
  readonly name: string;
  readonly source: string;
  readonly openbao: boolean;
  readonly vault: boolean;
}

const both = (name: string, source: string, accepted: boolean): Mismatch => ({
  name,
  source,
  openbao: accepted,
  vault: accepted,
});
const group = (attributes: string): string =>
  `path "a" { capabilities = ["read"] control_group { ${attributes} } }`;
const factor =
  'factor "x" { controlled_capabilities = ["read"] identity { group_names = ["g"] approvals = 1 } }';
const filter = (template: string): string =>
  `path "a" { capabilities = ["list"] list_scan_response_keys_filter_path = "${template}" }`;
const jsonGroup = '{"factor":{"x":{"identity":{"group_names":["g"],"approvals":1}}}}';

export const MISMATCHES: readonly Mismatch[] = [
  both("an empty text is refused by the API", "", false),
  both("a text of blanks is a policy without rules", " ", true),
  {
    name: "a page limit may have _ between its digits",
    source: 'path "a" { pagination_limit = "1_000" }',
    openbao: true,
    vault: false,
  },
  {
    name: "a time zone of 25 hours is none",
    source: 'path "a" { expiration = "2030-01-01T00:00:00+25:00" }',
    openbao: false,
    vault: false,
  },
  {
    name: "an hour of one digit is one",
    source: 'path "a" { expiration = "2030-01-01T0:00:00Z" }',
    openbao: true,
    vault: false,
  },
  {
    name: "a filter path must close its braces",
    source: 'path "a" { list_scan_response_keys_filter_path = "{{ .key" capabilities = ["list"] }',
    openbao: false,
    vault: false,
  },
  {
    name: "a filter path may only use known functions",
    source:
      'path "a" { list_scan_response_keys_filter_path = "{{ .key | nosuch }}" capabilities = ["list"] }',
    openbao: false,
    vault: false,
  },
  {
    name: "a filter path must not cut its key to nothing",
    source:
      'path "a" { list_scan_response_keys_filter_path = "{{ .key | truncate 0 }}" capabilities = ["list"] }',
    openbao: false,
    vault: false,
  },
  { name: "a control group is known to OpenBao 2.7", source: group(factor), openbao: true, vault: true },
  both("a control group needs a factor", group(""), false),
  {
    name: "a factor needs controlled capabilities in OpenBao only",
    source: group('factor "x" { identity { group_names = ["g"] approvals = 1 } }'),
    openbao: false,
    vault: true,
  },
  {
    name: "a factor controls operations in OpenBao, capabilities of the rule in Vault",
    source: group(factor.replace('"read"', '"renew"')),
    openbao: true,
    vault: false,
  },
  {
    name: "a factor with groups by id is one in Vault only",
    source: group(factor.replace("group_names", "group_ids")),
    openbao: false,
    vault: true,
  },
  {
    name: "a control group is checked under deny in OpenBao only",
    source: 'path "a" { capabilities = ["deny"] control_group { } }',
    openbao: false,
    vault: true,
  },
  {
    name: "a control group in JSON loses its labels in OpenBao",
    source: `{"path":{"a":{"control_group":${jsonGroup},"capabilities":["read"]}}}`,
    openbao: false,
    vault: true,
  },
  both(
    "what follows the first JSON object is not read",
    '{"path":{"a":{"capabilities":["read"]}}} garbage',
    true,
  ),
  both("a JSON string that nobody needs may be malformed", '{"path":{"a":{"comment":"\\ud800"}}}', true),
  both(
    "a string on which the engine panics is refused",
    'path "a" { required_parameters = ["\\400"] }',
    false,
  ),
  both(
    "the same in the values of a parameter",
    'path "a" { denied_parameters = { "b" = ["\\400"] } }',
    false,
  ),
  both(
    "a malformed duration does not matter under deny",
    'path "a" { max_wrapping_ttl = "read" capabilities = ["deny"] }',
    true,
  ),
  both(
    "a number that Go cannot read matters even under deny",
    'path "a" { max_wrapping_ttl = 08 capabilities = ["deny"] }',
    false,
  ),
  both(
    "a malformed legacy policy matters even under deny",
    'path "a" { policy = "30s" capabilities = ["deny"] }',
    false,
  ),
  both("JSON is read on behind a null character", '{"path":{\0b/*":{"capabilities":[]}}}', false),
  both("a null character ends a JSON object", '{"path":{"a":{\0}}} bogus', true),
  both(
    "a duration that is set twice must be of one kind",
    'path "a" { min_wrapping_ttl = ["x"] min_wrapping_ttl = "-1s" }',
    false,
  ),
  both(
    "a number in a list that Go cannot read matters even under deny",
    'path "a" { max_wrapping_ttl = [9223372036854775808] capabilities = ["deny"] }',
    false,
  ),
  both(
    "a JSON number may begin with its point",
    '{"foo":[{"a":{"capabilities":[1].5]}},{}],"path":[]}',
    true,
  ),
  {
    name: "a factor without a name is refused by Vault even under deny, when what is in it is no factor",
    source: `path "a" { capabilities = ["deny"] control_group { ${factor.replace('"x" ', "")} } }`,
    openbao: false,
    vault: false,
  },
  {
    name: "what stands in a factor without a name is factors by their names, in Vault",
    source: group('factor { x { identity { group_names = ["g"] approvals = 1 } } }'),
    openbao: false,
    vault: true,
  },
  {
    name: "factors of one name are one in Vault, whichever blocks they stand in",
    source:
      'path "a" { capabilities = ["read"] control_group = { factor "x" {} } ' +
      'control_group { factor "x" { identity { group_names = ["g"] approvals = 1 } } } }',
    openbao: false,
    vault: true,
  },
  {
    name: "the times of two control groups are one in Vault, and must be of one kind",
    source:
      'path "a" { capabilities = ["deny"] control_group { ttl = 0 factor "x" { identity { group_names = ["g"] approvals = 1 } } } ' +
      'control_group { ttl = "4h" } }',
    openbao: false,
    vault: false,
  },
  {
    name: "a key that is set twice is refused by Vault however deep it stands",
    source: 'path "a" { capabilities = ["read"] comment = {\na = 1\na = 2\n} }',
    openbao: true,
    vault: false,
  },
  {
    name: "also in the values of a parameter",
    source: 'path "a" { capabilities = ["read"] allowed_parameters = { p = [{\na = 1\na = 2\n}] } }',
    openbao: true,
    vault: false,
  },
  {
    name: "a filter path with a block must end it",
    source: filter("{{ if .key }}{{ .key }}"),
    openbao: false,
    vault: false,
  },
  {
    name: "a filter path that only asks for the key is the same for every key",
    source: filter("{{ if .key }}x{{ end }}"),
    openbao: false,
    vault: false,
  },
  {
    name: "a filter path that is random is another one each time",
    source: filter("{{ random 5 }}"),
    openbao: true,
    vault: false,
  },
  {
    name: "an end in seconds must be one that Go can hold",
    source: 'path "a" { expiration = 9223372036854775808 }',
    openbao: false,
    vault: false,
  },
  both("a null character behind digits belongs to a JSON number", '{"name":1\0.5}', false),
  both("and behind a word makes it another word", '{"name":null\0}', false),
  both("a JSON document must not end behind a 0", '{"path":{"a":{"comment":0', false),
  both("but behind another digit it may", '{"path":{"a":{"comment":1', true),
  both("an exponent swallows a character in JSON", '{"path":{"a":{"comment":1e}}}', true),
];
