import { PolicyDocument } from "../../policies/document";
import { RootNotAlone } from "../../policies/errors";
import { intentOf } from "../../policies/kv-intent-of";
import type { KvIntent } from "../../policies/kv-intents";
import { escalations } from "../../policies/queries/escalation";
import { type AccessModel, CompiledModel } from "../../policies/queries/principal";
import { reachInto } from "../../policies/queries/reach";
import { whatCan } from "../../policies/queries/what-can";
import { AccessList } from "../../policies/semantics/access-list";
import { explain } from "../../policies/semantics/explain";
import { intentsOn } from "./granted-intents";
import { rulesFor } from "./kv-rules";

const engine = "openbao@2.7.2";
const policy = (name: string, source: string) => ({ name, document: PolicyDocument.parse(source) });
const listOf = (source: string) => AccessList.compile([policy("p", source)], { engine });

const MODEL: AccessModel = {
  engine,
  policies: [
    policy("app", 'path "secret/data/app/*" { capabilities = ["read"] }'),
    policy("own", 'path "{{identity.entity.id}}/x" { capabilities = ["read"] }'),
    policy("ci", 'path "auth/approle/role/admin/secret-id" { capabilities = ["update"] }'),
    policy(
      "admin",
      'path "sys/policies/acl/adm+n" { capabilities = ["update"] }\npath "sys/policies/acl/a*" { capabilities = ["update"] }',
    ),
  ],
  principals: [
    { name: "app", policies: ["APP", "missing"] },
    { name: "someone", policies: ["own"] },
    { name: "ci", policies: ["ci"] },
    { name: "admin", policies: ["admin"], rolePath: "auth/approle/role/admin" },
    { name: "operator", policies: ["root"] },
  ],
};

test("policies that nobody knows are skipped", () => {
  const list = new CompiledModel(MODEL).accessOf({ name: "app", policies: ["APP", "missing"] });
  expect(list.rules().map(({ sources }) => sources.map(({ policy }) => policy))).toEqual([["app"]]);
});

test("root beside other policies is refused with the name of whoever holds it", () => {
  const model = new CompiledModel({ ...MODEL, principals: [{ name: "odd", policies: ["app", "ROOT"] }] });
  const refused = new RootNotAlone(
    "odd holds root beside app, which no engine puts together.",
    "Take root or the others away.",
  );
  expect(() => escalations(model)).toThrow(refused);
  expect(() => model.accessOf({ name: "odd", policies: ["app", "ROOT"] })).toThrow(refused);
  // Policies that nobody knows do not count.
  expect(new CompiledModel(MODEL).accessOf({ name: "odd", policies: ["gone", "root"] }).isRoot).toBe(true);
});

test("why not: the deciding rule and what would change it", () => {
  const app = new CompiledModel(MODEL).accessOf({ name: "app", policies: ["APP", "missing"] });
  const explained = explain(app, { operation: "update", path: "secret/data/app/db" });
  expect(explained.summary).toBe(
    'update secret/data/app/db is denied, by path "secret/data/app/*": the rule that decides does not grant the capability',
  );
  expect(explained.changes[0]).toBe('Add "update" to path "secret/data/app/*", in any policy.');
});

test("what can: only what a rule really decides", () => {
  const { regions } = whatCan(
    listOf(
      'path "a/*" { capabilities = ["read"] }\npath "a/+/+/c/*" { capabilities = ["sudo", "read"] }\npath "b" { capabilities = ["deny"] }',
    ),
  );
  expect(regions).toEqual([{ pattern: "a/*", capabilities: ["read"], conditional: [], example: "a/x" }]);
});

test("reach into a region finds a grant below it, and nothing beside it", () => {
  const list = listOf(
    'path "secret/data/app/db" { capabilities = ["read"] }\npath "other/*" { capabilities = ["read"] }',
  );
  expect(reachInto(list, "secret/*", ["read"]).reached.map(({ witness }) => witness)).toEqual([
    "secret/data/app/db",
  ]);
  expect(reachInto(list, "secret/data/web/*", ["read"]).reached).toEqual([]);
});

test("a chain: issue another's secret-id, then rewrite its policy", () => {
  const chains = escalations(new CompiledModel(MODEL));
  expect(
    chains.map(({ principal, steps }) => [principal, steps.map(({ by, to, witness }) => [by, to, witness])]),
  ).toEqual([
    [
      "ci",
      [
        ["ci", "admin", "auth/approle/role/admin/secret-id"],
        ["admin", "everything", "sys/policies/acl/admin"],
      ],
    ],
    ["admin", [["admin", "everything", "sys/policies/acl/admin"]]],
  ]);
});

test("powers that need sudo count only when the same rule has it", () => {
  const chains = (source: string) =>
    escalations(
      new CompiledModel({
        engine,
        policies: [policy("p", source)],
        principals: [{ name: "p", policies: ["p"] }],
      }),
    );
  expect(chains('path "sys/raw/*" { capabilities = ["read"] }')).toEqual([]);
  expect(chains('path "sys/raw/*" { capabilities = ["read", "sudo"] }')).toHaveLength(1);
});

describe("ways to everything that are easily overlooked", () => {
  /** What `p` does first, of principals that log in by these roles; `admin` may rewrite its own policy. */
  const first = (path: string, rolePath = "auth/approle/role/admin", words = '"update"') => {
    const [chain] = escalations(
      new CompiledModel({
        engine,
        policies: [
          policy("p", `path "${path}" { capabilities = [${words}] }`),
          policy("admin", 'path "sys/policies/acl/admin" { capabilities = ["update"] }'),
        ],
        principals: [
          { name: "p", policies: ["p"], rolePath: "auth/userpass/users/p" },
          { name: "admin", policies: ["admin"], rolePath },
        ],
      }),
    ).filter(({ principal }) => principal === "p");
    return chain?.steps[0]?.how;
  };

  test.each([
    ["identity/alias", "takes over another's entity"],
    ["identity/alias/id/x", "takes over another's entity"],
    ["identity/group-alias/id/x", "joins a group by its alias"],
    ["auth/cf/roles/x", "writes a login role with any policies"],
    ["auth/jwt/cel/role/x", "writes a login role with any policies"],
  ])("writing %s", (path, how) => expect(first(path)).toBe(how));

  test.each([
    [
      "auth/approle/role/admin/custom-secret-id",
      "auth/approle/role/admin",
      "issues a secret-id of admin and logs in as it",
    ],
    ["auth/userpass/users/admin/password", "auth/userpass/users/admin", "sets the password of admin"],
    ["auth/token/create/admin", "auth/token/roles/admin", "makes a token of admin"],
    [
      "auth/jwt/config",
      "auth/jwt/role/admin",
      "makes auth/jwt trust a server of its own and logs in as admin",
    ],
    [
      "auth/team/k8s/config",
      "auth/team/k8s/role/admin",
      "makes auth/team/k8s trust a server of its own and logs in as admin",
    ],
    ["auth/team/approle/role/new", "auth/team/approle/role/admin", "writes a login role with any policies"],
    [
      "auth/team/approle/role/admin/secret-id",
      "auth/team/approle/role/admin",
      "issues a secret-id of admin and logs in as it",
    ],
  ])("writing %s where somebody logs in by %s", (path, rolePath, how) =>
    expect(first(path, rolePath)).toBe(how),
  );

  test("and what leads to nobody else is none", () => {
    expect(first("auth/approle/role/other/secret-id")).toBeUndefined();
    expect(first("auth/jwt/config")).toBeUndefined();
    expect(first("auth/token/create/other", "auth/token/roles/admin")).toBeUndefined();
    expect(first("auth/jwt/config", "auth/jwt/role/admin", '"read"')).toBeUndefined();
    expect(first("auth/approle/role/+/secret-id", "auth/other/role/admin")).toBeUndefined();
  });
});

const secret = { mount: "secret/", path: "app/db" };

test("intents become the least rules, and come back from them", () => {
  const all: KvIntent[] = [
    "read-values",
    "see-names",
    "write",
    "soft-delete",
    "undelete",
    "destroy",
    "administer-metadata",
    "delete-everything",
    "configure",
  ];
  for (const intent of all) {
    const list = AccessList.compile(
      [{ name: "p", document: new PolicyDocument(rulesFor([intent], secret)) }],
      { engine },
    );
    expect([intent, intentsOn(list, secret)]).toEqual([intent, [{ intent, level: "full", missing: [] }]]);
  }
  expect(rulesFor(["read-values", "soft-delete"], { mount: "secret/", path: "app/*" })).toEqual([
    { path: "secret/data/app/*", capabilities: ["read", "delete"] },
    { path: "secret/delete/app/*", capabilities: ["update"] },
  ]);
});

test("an intent that lacks something is partial, and says what", () => {
  const list = listOf('path "secret/data/app/db" { capabilities = ["update", "delete"] }');
  expect(intentsOn(list, secret)).toEqual([
    {
      intent: "write",
      level: "partial",
      missing: [{ path: "secret/data/app/db", capabilities: ["create"] }],
    },
    {
      intent: "soft-delete",
      level: "partial",
      missing: [{ path: "secret/delete/app/db", capabilities: ["update"] }],
    },
  ]);
});

test("capabilities that are inert on a KV v2 path belong to no intent", () => {
  expect(intentOf("secret/", "secret/data/a", "delete")).toBe("soft-delete");
  expect(intentOf("secret/", "secret/destroy/a", "update")).toBe("destroy");
  expect(intentOf("secret/", "secret/delete/a", "create")).toBeUndefined();
  expect(intentOf("secret/", "secret/a", "read")).toBeUndefined();
  expect(intentOf("secret/", "secret/detailed-metadata/a/", "list")).toBe("see-names");
  expect(intentOf("secret/", "secret/detailed-metadata/a", "read")).toBeUndefined();
});
