// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
import { constraintsOf } from "../../../../review/sources/inventory/constraints";
import { Unresolved } from "../../../../review/sources/inventory/value";

test("what a server lists at its defaults, and what a declaration leaves out, say the same", () => {
  const listed = {
    alias_name_source: "serviceaccount_uid",
    audience: "",
    bound_service_account_names: ["web"],
    bound_service_account_namespaces: ["shop"],
    token_bound_cidrs: [],
    token_explicit_max_ttl: 0,
    token_max_ttl: 14400,
    token_num_uses: 0,
    token_period: 0,
    token_ttl: 3600,
    token_type: "default",
  };
  const declared = {
    bound_service_account_names: "web",
    bound_service_account_namespaces: ["shop"],
    token_ttl: "1h",
    token_max_ttl: 14400,
  };
  expect(constraintsOf("kubernetes", listed)).toEqual(constraintsOf("kubernetes", declared));
});

test("networks are in CIDR form, and older names count", () => {
  expect(constraintsOf("userpass", { bound_cidrs: ["10.0.0.1", "fd00::1", "10.1.0.0/16"], ttl: 60 })).toEqual(
    [
      { name: "token_bound_cidrs", kind: "networks", values: ["10.0.0.1/32", "10.1.0.0/16", "fd00::1/128"] },
      { name: "token_ttl", kind: "limit", value: 60, unit: "seconds" },
    ],
  );
});

test("each bound claim is a set of its own", () => {
  expect(
    constraintsOf("jwt", { bound_claims: { team: ["a", "b"], env: "prod" }, user_claim: "sub" }),
  ).toEqual([
    { name: "bound_claims.team", kind: "members", values: ["a", "b"] },
    { name: "bound_claims.env", kind: "members", values: ["prod"] },
    { name: "user_claim", kind: "exact", value: "sub" },
  ]);
});

test("an AppRole without a secret id is told", () => {
  expect(constraintsOf("approle", { bind_secret_id: false })).toEqual([
    { name: "bind_secret_id", kind: "required", value: false },
  ]);
});

test("a certificate is told by its fingerprint, however its lines are broken", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nQUJD\nREVG\n-----END CERTIFICATE-----\n";
  const [one] = constraintsOf("cert", { certificate: pem });
  expect(one).toEqual(constraintsOf("cert", { certificate: pem.replace("QUJD\nREVG", "QUJDREVG") })[0]);
  expect(one).not.toEqual(constraintsOf("cert", { certificate: pem.replace("QUJD", "QUJE") })[0]);
});

test("what is not known equals the same expression and nothing else", () => {
  expect(constraintsOf("jwt", { bound_audiences: [new Unresolved("${var.audience}")] })).toEqual([
    { name: "bound_audiences", kind: "exact", value: "not known: ${var.audience}" },
  ]);
});

describe("settings that say how strictly a login is held to its bounds", () => {
  test.each([
    ["jwt", { clock_skew_leeway: 0, expiration_leeway: "0", not_before_leeway: 0, max_age: 0 }],
    ["jwt", { user_claim_json_pointer: false, claim_mappings: null, token_strictly_bind_ip: false }],
    ["token", { orphan: false, renewable: true, path_suffix: "" }],
    ["aws", { inferred_entity_type: "", resolve_aws_unique_ids: true, disallow_reauthentication: false }],
    ["cert", { ocsp_enabled: false, ocsp_fail_open: false }],
  ] as const)("count for nothing at the engine's defaults: %s %j", (kind, settings) => {
    expect(constraintsOf(kind, settings)).toEqual([]);
  });

  test.each([
    ["jwt", { clock_skew_leeway: -1 }],
    ["jwt", { expiration_leeway: 3600 }],
    ["jwt", { max_age: 60 }],
    ["jwt", { user_claim_json_pointer: true }],
    ["jwt", { token_strictly_bind_ip: true }],
    ["token", { orphan: true }],
    ["token", { renewable: false }],
    ["token", { path_suffix: "x" }],
    ["aws", { inferred_entity_type: "ec2_instance" }],
    ["aws", { resolve_aws_unique_ids: false }],
    ["cert", { ocsp_enabled: true }],
  ] as const)("are told otherwise: %s %j", (kind, settings) => {
    const [name, value] = Object.entries(settings)[0] ?? [];
    expect(constraintsOf(kind, settings)).toEqual([{ name, kind: "exact", value: String(value) }]);
  });

  test("among them which claims templates of policies see, in any order", () => {
    const told = constraintsOf("jwt", { claim_mappings: { team: "t", name: "n" } });
    expect(told).toEqual([{ name: "claim_mappings", kind: "exact", value: "name=n, team=t" }]);
    expect(constraintsOf("jwt", { claim_mappings: { name: "n", team: "t" } })).toEqual(told);
  });
});

test.each([
  ["a SAML role", { bound_subjects: "ana" }, { name: "bound_subjects", kind: "members", values: ["ana"] }],
  [
    "a SAML role",
    { bound_subjects_type: "glob" },
    { name: "bound_subjects_type", kind: "exact", value: "glob" },
  ],
  [
    "a SAML role",
    { bound_attributes: { team: "a,b" } },
    { name: "bound_attributes.team", kind: "members", values: ["a", "b"] },
  ],
  [
    "an Alibaba role",
    { arn: "acs:ram::1:role/a" },
    { name: "arn", kind: "exact", value: "acs:ram::1:role/a" },
  ],
  ["an Oracle role", { ocid_list: ["a"] }, { name: "ocid_list", kind: "members", values: ["a"] }],
] as const)("who may log in with %s is told: %j", (_, settings, told) => {
  expect(constraintsOf("other", settings)).toEqual([told]);
});

test("a certificate that is an expression is told as that", () => {
  const certificate = new Unresolved('${file("ca.pem")}');
  expect(constraintsOf("cert", { certificate })).toEqual([
    { name: "certificate", kind: "exact", value: 'not known: ${file("ca.pem")}' },
  ]);
});

test("claims and attributes as an expression are told as that", () => {
  for (const name of ["bound_claims", "bound_attributes"])
    expect(constraintsOf("jwt", { [name]: new Unresolved("${var.who}") })).toEqual([
      { name, kind: "exact", value: "not known: ${var.who}" },
    ]);
});
