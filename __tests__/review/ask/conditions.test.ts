import { PolicyDocument } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";
import { conditionWords } from "../../../review/ask/conditions";

function words(attributes: string, capability?: "read" | "list"): string[] {
  const document = PolicyDocument.parse(`path "a" {\n  capabilities = ["read", "list"]\n  ${attributes}\n}`);
  const list = AccessList.compile([{ name: "p", document }], { engine: "openbao@2.7.2" });
  return conditionWords(list.rules()[0]?.conditions, capability);
}

test.each([
  ['min_wrapping_ttl = "60s"', "wrapped for at least 60s"],
  ['max_wrapping_ttl = "1h"', "wrapped for at most 3600s"],
  ['allowed_parameters = { "a" = [] }', "only parameters a"],
  ['denied_parameters = { "a" = ["x"] }', "no parameters a"],
  ['required_parameters = ["a", "b"]', "parameters a, b required"],
  ['mfa_methods = ["duo"]', "MFA by duo"],
  ["pagination_limit = 5", "pages of at most 5"],
])("%s is: %s", (attribute, said) => {
  expect(words(attribute)).toEqual([said]);
});

test("what says nothing about an operation is not told for it", () => {
  expect(words('required_parameters = ["a"]', "list")).toEqual([]);
  expect(words('required_parameters = ["a"]', "read")).toEqual(["parameters a required"]);
  expect(words("")).toEqual([]);
});
