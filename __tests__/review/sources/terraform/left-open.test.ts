// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of Terraform's
import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

const read = (json: unknown) => revisionOfTerraform(json, "stack.json", {});

const POLICY = { name: "app", policy: 'path "secret/*" { capabilities = ["read"] }' };
const ROLE = { role_name: "app", token_policies: ["app"] };

const stack = (policy: object = {}, role: object = {}, more: object = {}) => ({
  resource: {
    vault_policy: { app: { ...POLICY, ...policy } },
    vault_approle_auth_backend_role: { app: { ...ROLE, ...role } },
  },
  ...more,
});

const resources = (more: object = {}) => [
  { address: "vault_policy.app", mode: "managed", type: "vault_policy", values: { ...POLICY, ...more } },
];

const plan = (more: object = {}, values: object = {}) => ({
  format_version: "1.2",
  planned_values: { root_module: { resources: resources(values) } },
  ...more,
});

const reasons = (json: unknown) => read(json).doubts.map(({ reason }) => reason);

/** What is unknown of a change. */
const unknown = (before: unknown, after: unknown) =>
  reviewRevisions(read(before), read(after)).findings.flatMap(({ kind, sentence }) =>
    kind === "unknown" ? [sentence] : [],
  );

describe("a plan that does not tell all", () => {
  test.each([
    ["one that failed", { errored: true }, "the plan failed, and tells a part of what there will be"],
    [
      "one of some targets",
      { complete: false },
      "the plan leaves a part out (-target, or what is deferred): that part is as it was or not there",
    ],
    [
      "one with deferred changes",
      { deferred_changes: [{ resource_change: { address: "vault_policy.late" } }] },
      "the plan defers vault_policy.late: what becomes of it is not known",
    ],
  ])("is in doubt: %s", (_, more, reason) => {
    expect(reasons(plan(more))).toEqual([reason]);
  });

  test("and one that tells all is not", () => {
    expect(reasons(plan({ complete: true, errored: false, deferred_changes: [] }))).toEqual([]);
  });
});

describe("providers that work in a namespace", () => {
  const doubt = "vault_policy.app is about a namespace below the root, which is not looked into";
  const whole = (name: string) =>
    `everything stands in the namespace ${name}, which is read as if it were the root`;

  test.each([
    ["a list of providers", [{ namespace: "team" }], "team"],
    ["one provider", { namespace: "team" }, "team"],
    ["an expression", [{ namespace: "${var.team}" }], "${var.team}"],
  ])("all in one: it is the root of all that is read, and that is said: %s", (_, vault, name) => {
    const revision = read(stack({}, {}, { provider: { vault } }));
    expect(revision.doubts.map(({ reason }) => reason)).toEqual([whole(name)]);
    expect(revision.policies).toHaveLength(1);
  });

  test("and in another one after the change, which is unknown", () => {
    const at = (namespace: string) => stack({}, {}, { provider: { vault: [{ namespace }] } });
    expect(unknown(at("a"), at("a"))).toEqual([]);
    expect(unknown(at("a"), at("b"))).toHaveLength(2);
  });

  test("beside others leave what they make out, and what the others make where it is", () => {
    const provider = { vault: [{ namespace: "team" }, { alias: "root" }] };
    const other = { provider: "vault.root" };
    expect(reasons(stack(other, other, { provider }))).toEqual([]);
    expect(reasons(stack({}, other, { provider }))).toEqual([doubt]);
  });

  test("are found in a plan as well", () => {
    const expressions = { namespace: { constant_value: "team" } };
    const provider_config = { vault: { name: "vault", expressions } };
    const root_module = { resources: [{ address: "vault_policy.app", provider_config_key: "vault" }] };
    expect(reasons(plan({ configuration: { provider_config, root_module } }))).toEqual([whole("team")]);
    const full_name = "registry.example/hashicorp/vault";
    const renamed = { keys: { name: "keys", full_name, expressions } };
    const asks = { resources: [{ address: "vault_policy.app", provider_config_key: "keys" }] };
    expect(reasons(plan({ configuration: { provider_config: renamed, root_module: asks } }))).toEqual([
      whole("team"),
    ]);
    const both = { ...provider_config, "vault.root": { name: "vault" } };
    expect(reasons(plan({ configuration: { provider_config: both, root_module } }))).toEqual([doubt]);
  });

  test("and so does a resource by an expression", () => {
    expect(reasons(stack({ namespace: "${var.team}" }))).toEqual([doubt]);
  });
});

test("resources for several servers are not taken for those of one", () => {
  const provider = { vault: [{ address: "https://a" }, { alias: "b", address: "https://b" }] };
  expect(reasons(stack({}, { provider: "vault.b" }, { provider }))).toEqual([
    "resources are for several servers, https://a and https://b, and read as if they were for one",
  ]);
  const same = { vault: [{ address: "https://a" }, { alias: "b", address: "https://a" }] };
  expect(reasons(stack({}, { provider: "vault.b" }, { provider: same }))).toEqual([]);
});

describe("an expression in place of", () => {
  test("the version of a KV mount is a doubt", () => {
    const mount = (options: unknown) => ({
      resource: { vault_mount: { s: { path: "secret", type: "kv", options } } },
    });
    for (const options of [{ version: "${var.version}" }, "${var.options}"])
      expect(reasons(mount(options))).toEqual([
        `the KV version of mount "secret/" (vault_mount.s) is not known: ${typeof options === "string" ? options : options.version}`,
      ]);
    expect(reasons(mount({ version: "2" }))).toEqual([]);
  });

  test("a bound is another bound than any value", () => {
    const sentences = (role: object) =>
      reviewRevisions(read(stack()), read(stack({}, role))).findings.map(({ kind }) => kind);
    expect(sentences({ bind_secret_id: "${var.x}" })).toEqual(["constraint-changed"]);
    expect(sentences({ bound_claims: "${var.x}" })).toEqual(["constraint-changed"]);
  });

  test("whether default is held is a doubt about the principal", () => {
    expect(unknown(stack(), stack({}, { token_no_default_policy: "${var.x}" }))).toEqual([
      "cannot be told: which policies auth/approle/role/app holds is not known: ${var.x}",
    ]);
  });

  test("what a token role refuses is a doubt about it", () => {
    const role = (refused: unknown) => ({
      resource: {
        vault_token_auth_backend_role: { t: { role_name: "t", disallowed_policies: refused } },
      },
    });
    expect(unknown(role(["app"]), role("${var.x}"))).toHaveLength(1);
  });
});

describe("blocks that Terraform repeats by itself", () => {
  const rules = (over: string) => ({ dynamic: { rule: { for_each: over, content: { path: "x" } } } });

  test("are a doubt in a resource, and another one where they change", () => {
    const okta = (over: string) => ({
      resource: { vault_okta_auth_backend: { o: { organization: "x", ...rules(over) } } },
    });
    expect(unknown(okta("${var.a}"), okta("${var.b}"))).toHaveLength(2);
    expect(unknown(okta("${var.a}"), okta("${var.a}"))).toEqual([]);
  });

  test("make the text of a policy unknown", () => {
    const policy = { policy: "${data.vault_policy_document.d.hcl}" };
    const data = { vault_policy_document: { d: rules('${["a"]}') } };
    expect(reasons(stack(policy, {}, { data }))).toEqual([
      'the text of policy "app" (vault_policy.app) is not known: ${data.vault_policy_document.d.hcl}',
    ]);
  });
});

describe("what is not looked into", () => {
  const module = (more: object) => stack({}, {}, { module: { team: { source: "./team", ...more } } });

  test("is a note where it is the same on both sides, and unknown where it changed", () => {
    expect(unknown(module({ policies: ["a"] }), module({ policies: ["a"] }))).toEqual([]);
    expect(unknown(module({ policies: ["a"] }), module({ policies: ["root"] }))).toHaveLength(2);
  });

  test("and so are resources of which nobody can tell how many there are", () => {
    const many = (role: object) => stack({}, { for_each: "${var.teams}", ...role });
    expect(unknown(many({}), many({}))).toEqual([]);
    expect(unknown(many({}), many({ token_policies: ["root"] }))).not.toEqual([]);
  });
});

describe("another KV version that a mount is tuned to", () => {
  const tuned = (version: string) => ({
    resource: {
      vault_mount: { s: { path: "secret", type: "kv", options: { version: "1" } } },
      vault_generic_endpoint: {
        s: { path: "sys/mounts/secret/tune", data_json: JSON.stringify({ options: { version } }) },
      },
    },
  });

  test("is a doubt, and another one where it changes", () => {
    expect(reasons(tuned("2"))).toEqual([
      "vault_generic_endpoint.s tunes the mount secret/ to KV version 2, which is not followed",
    ]);
    expect(unknown(tuned("1"), tuned("2"))).toHaveLength(2);
    expect(unknown(tuned("2"), tuned("2"))).toEqual([]);
  });

  test("and tuning anything else is none", () => {
    const resource = {
      vault_generic_endpoint: {
        s: { path: "sys/mounts/secret/tune", data_json: '{"max_lease_ttl":"1h"}' },
      },
    };
    expect(reasons({ resource })).toEqual([]);
  });
});

describe("words that JavaScript has a meaning for", () => {
  test.each(['${hasOwnProperty("a")}', "${valueOf()}", "${toString()}", "${local.constructor}"])(
    "%s is not known, as any other expression that is not followed",
    (name) => {
      expect(reasons(stack({}, { role_name: name }))).toEqual([expect.stringContaining(name)]);
    },
  );

  test("an auth method of type constructor makes logins of a kind that is not known", () => {
    const { principals } = read({
      resource: {
        vault_auth_backend: { x: { type: "constructor", path: "x" } },
        vault_generic_endpoint: { role: { path: "auth/x/role/app", data_json: '{"token_policies":["p"]}' } },
      },
    });
    expect(principals.map(({ kind }) => kind)).toEqual(["other"]);
  });
});

describe("what is let go of and stays on the server", () => {
  test("is a doubt in a plan", () => {
    const gone = {
      resource_changes: [{ address: "vault_policy.old", change: { actions: ["forget"], after_unknown: {} } }],
    };
    expect(reasons(plan(gone))).toEqual([
      "the plan lets go of vault_policy.old: it stays on the server as it is",
    ]);
  });

  test("is a doubt in a configuration", () => {
    const removed = [{ from: "vault_policy.old", lifecycle: { destroy: false } }];
    expect(reasons(stack({}, {}, { removed }))).toEqual([
      "vault_policy.old is let go of: it stays on the server as it is",
    ]);
    expect(
      reasons(stack({}, {}, { removed: [{ from: "vault_policy.old", lifecycle: { destroy: true } }] })),
    ).toEqual([]);
    expect(reasons(stack({}, {}, { removed: [{ from: "docker_container.old" }] }))).toEqual([]);
  });
});

describe("a command that a resource runs", () => {
  const run = (command: string, type = "terraform_data", more: object = {}) =>
    stack(
      {},
      {},
      {
        resource: {
          ...stack().resource,
          [type]: { x: { provisioner: [{ "local-exec": { command, ...more } }] } },
        },
      },
    );

  test.each([
    ["bao policy write app wide.hcl"],
    ["/usr/bin/vault write auth/approle/role/app token_policies=admin"],
    ["curl -X POST $VAULT_ADDR/v1/sys/policies/acl/app -d @wide.json"],
  ])("is a doubt where it speaks to a server: %s", (command) => {
    expect(reasons(run(command))).toEqual([
      "terraform_data.x runs a command that may change anything on the server",
    ]);
    expect(unknown(run(command), run(command))).toEqual([]);
    expect(unknown(run(command), run(`${command} --force`))).not.toEqual([]);
  });

  test("is one on a resource of the provider, whatever it runs", () => {
    const policy = { name: "new", policy: "", provisioner: [{ "local-exec": { command: "./do.sh" } }] };
    expect(reasons({ resource: { vault_policy: { x: policy } } })).toEqual([
      "vault_policy.x runs a command that may change anything on the server",
    ]);
  });

  test("is one in a plan's configuration too", () => {
    const provisioners = [
      { type: "local-exec", expressions: { command: { constant_value: "bao policy write a b" } } },
    ];
    const configuration = { root_module: { resources: [{ address: "null_resource.x", provisioners }] } };
    expect(reasons(plan({ configuration }))).toEqual([
      "null_resource.x runs a command that may change anything on the server",
    ]);
  });

  test("is none where it is this project's own, or about something else", () => {
    expect(reasons(run("npx strongroom step secret"))).toEqual([]);
    expect(reasons(run("systemctl restart nginx", "null_resource"))).toEqual([]);
  });
});
