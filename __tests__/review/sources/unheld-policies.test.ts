import { reviewRevisions } from "../../../review/compare/review-revisions";
import { revisionOfTerraform } from "../../../review/sources/terraform/read-json";
import { assumeHolders } from "../../../review/sources/unheld-policies";

const rule = (path: string) => `path "${path}" { capabilities = ["read"] }`;

/** A state that keeps policies, while roles are kept elsewhere. */
const policies = (texts: Readonly<Record<string, string>>, more: object = {}) => {
  const all = Object.entries(texts).map(([name, policy]) => [name, { name, policy }]);
  const json = { resource: { vault_policy: Object.fromEntries(all), ...more } };
  return revisionOfTerraform(json, "stack.tf.json", {});
};

const told = (...sides: Parameters<typeof assumeHolders>): string[] => {
  const { base, head } = assumeHolders(...sides);
  return reviewRevisions(base, head).findings.map(({ kind, titles }) => `${kind} ${titles.join()}`);
};

test("a policy that nobody here holds is reviewed for whoever has it, also when it comes or goes", () => {
  const [narrow, wide] = [policies({ app: rule("a") }), policies({ app: rule("a*") })];
  expect(told(narrow, wide)).toEqual(["gained Policy app"]);
  expect(told(policies({}), wide)).toEqual(["gained Policy app"]);
  expect(told(wide, policies({}))).toEqual(["lost Policy app"]);
});

test("one that stays as it was, or that somebody here holds, has no holder put to it", () => {
  const same = policies({ app: rule("a") });
  expect(assumeHolders(same, same)).toEqual({ base: same, head: same, notes: [] });
  const role = { vault_approle_auth_backend_role: { x: { role_name: "x", token_policies: ["app"] } } };
  expect(told(policies({ app: rule("a") }, role), policies({ app: rule("a*") }, role))).toEqual([
    "gained AppRole x",
  ]);
});
