import { AccessRegistry } from "../../constructs/access-registry";
import { checkComplete } from "../../constructs/check-complete";
import { hours, minutes } from "../../constructs/duration";
import { ImportedPolicy } from "../../constructs/imported-policy";
import { KubernetesRole, type KubernetesRoleProps } from "../../constructs/kubernetes-role";
import { TokenRole } from "../../constructs/token-role";
import { refusal, Workbench } from "./workbench";

const KUBERNETES = {
  serviceAccounts: ["shop"],
  namespaces: ["default"],
  audience: "vault",
};

function kubernetesRole(props: Partial<KubernetesRoleProps> = {}, bench = new Workbench()): Workbench {
  new KubernetesRole(bench.stack, "shop", "shop", { ...KUBERNETES, ...props });
  return bench;
}

describe("an AppRole", () => {
  test("gives tokens for an hour, four at most, with the derived policy alone", () => {
    const bench = new Workbench();
    bench.appRole();
    expect(bench.resource("vault_approle_auth_backend_role")).toEqual({
      backend: "approle",
      role_name: "shop",
      token_policies: ["shop"],
      token_ttl: 3600,
      token_max_ttl: 14400,
      depends_on: expect.arrayContaining([expect.stringMatching(/^vault_policy\./)]),
    });
  });

  test("takes lives, networks and limits of its secret ids", () => {
    const bench = new Workbench();
    bench.appRole("ci", {
      tokenTtl: minutes(10),
      tokenMaxTtl: minutes(10),
      secretIdTtl: hours(24),
      secretIdUses: 1,
      secretIdCidrs: ["10.0.0.0/8"],
      boundCidrs: ["10.1.0.0/16", "fd00::/8"],
    });
    expect(bench.resource("vault_approle_auth_backend_role")).toMatchObject({
      token_policies: ["shop-ci"],
      token_ttl: 600,
      token_max_ttl: 600,
      secret_id_ttl: 86400,
      secret_id_num_uses: 1,
      secret_id_bound_cidrs: ["10.0.0.0/8"],
      token_bound_cidrs: ["10.1.0.0/16", "fd00::/8"],
    });
  });

  test("lives at most as long as its usual life where only that is said, and longer than four hours", () => {
    const bench = new Workbench();
    bench.appRole("shop", { tokenTtl: hours(8) });
    expect(bench.resource("vault_approle_auth_backend_role")).toMatchObject({
      token_max_ttl: 28800,
    });
  });

  test.each([
    [{ tokenTtl: hours(5), tokenMaxTtl: hours(4) }, "tokenTtl is 18000 s and tokenMaxTtl only 14400 s."],
    [{ tokenTtl: 3600 as never }, "tokenTtl is no duration."],
    [{ secretIdUses: 0 }, "secretIdUses 0 is no count."],
    [{ secretIdUses: 1.5 }, "secretIdUses 1.5 is no count."],
    [{ secretIdTtl: 60 as never }, "secretIdTtl is no duration."],
    [
      { boundCidrs: ["10.0.0.1"] },
      '"10.0.0.1" in boundCidrs is no network.\n  Write it in CIDR form, for example 10.0.0.1/32.',
    ],
    [{ boundCidrs: ["fd00::1"] }, "for example fd00::1/128."],
    [
      { boundCidrs: ["banana/24"] },
      '"banana/24" in boundCidrs is no network.\n  Write it in CIDR form, for example 10.0.0.0/8.',
    ],
    [{ secretIdCidrs: ["10.0.0.0/33"] }, '"10.0.0.0/33" in secretIdCidrs is no network.'],
  ])("is refused with %j", (props, told) => {
    const message = refusal(() => new Workbench().appRole("shop", props));
    expect(message).toContain(`HERE  test/approle.role.shop: `);
    expect(message).toContain(told);
  });

  test.each(["Shop", "a/b", "", "a b", "../x", "é", "-x"])("is refused under the name %j", (name) => {
    expect(refusal(() => new Workbench().appRole(name))).toContain(
      `the role name "${name}" cannot be used.\n  Use lower-case letters, digits and . _ - only`,
    );
  });

  test("is refused when another system has the role", () => {
    const bench = new Workbench();
    bench.appRole("shop");
    expect(refusal(() => bench.appRole("shop"))).toMatchInlineSnapshot(`
      "HERE  test/approle.role.shop.2: role "auth/approle/role/shop" is declared already by test/approle.role.shop (THERE).
        Use that declaration, or give this one a role of its own."
    `);
  });
});

describe("a Kubernetes role", () => {
  test("lets the named accounts of the named namespaces in, for tokens of the named audience", () => {
    expect(kubernetesRole().resource("vault_kubernetes_auth_backend_role")).toMatchObject({
      backend: "kubernetes",
      role_name: "shop",
      bound_service_account_names: ["shop"],
      bound_service_account_namespaces: ["default"],
      audience: "vault",
      token_policies: ["shop-kubernetes"],
      token_ttl: 3600,
      token_max_ttl: 14400,
    });
  });

  test.each([
    [{ serviceAccounts: [] }, "serviceAccounts is no list of names."],
    [{ serviceAccounts: "shop" as never }, "serviceAccounts is no list of names."],
    [{ serviceAccounts: ["*"] }, 'serviceAccounts holds "*".\n  Name each one in a list, without wildcards'],
    [{ namespaces: ["default", "team-*"] }, 'namespaces holds "team-*".'],
    [{ namespaces: [" "] }, 'namespaces holds " ".'],
    [{ audience: " " }, "audience is empty.\n  Name whom the tokens are made for"],
    [{ audience: undefined as never }, "audience is empty."],
    [{ tokenTtl: hours(2), tokenMaxTtl: hours(1) }, "tokenTtl is 7200 s and tokenMaxTtl only 3600 s."],
  ])("is refused with %j", (props, told) => {
    expect(refusal(() => kubernetesRole(props))).toContain(`HERE  test/kubernetes.role.shop: ${told}`);
  });

  test("is refused beside another of the same name", () => {
    const bench = kubernetesRole();
    expect(refusal(() => kubernetesRole({}, bench))).toContain(
      'role "auth/kubernetes/role/shop" is declared already',
    );
  });
});

describe("a token role", () => {
  test("gives orphan tokens that can be renewed every 768 hours", () => {
    const bench = new Workbench();
    new TokenRole(bench.stack, "ai-tools", "shop", {
      policyName: "ai-tools-mcp-access",
    });
    expect(bench.resource("vault_token_auth_backend_role")).toMatchObject({
      role_name: "ai-tools",
      allowed_policies: ["ai-tools-mcp-access"],
      orphan: true,
      renewable: true,
      token_period: 2_764_800,
    });
  });

  test("is refused with a period that has no unit", () => {
    const declare = () =>
      new TokenRole(new Workbench().stack, "ai", "shop", {
        period: 768 as never,
      });
    expect(refusal(declare)).toContain("HERE  test/token.roles.ai: period is no duration.");
  });
});

describe("the policy of a principal", () => {
  test("is refused under the name of another, whatever its case", () => {
    const bench = new Workbench();
    bench.appRole("one", { policyName: "readers" });
    expect(refusal(() => bench.appRole("two", { policyName: "readers" }))).toMatchInlineSnapshot(`
      "HERE  test/approle.role.two: policy name "readers" is taken by test/approle.role.one (THERE).
        Give one of the two another policyName: the server keeps one policy of a name, and the last one written wins."
    `);
    expect(refusal(() => bench.appRole("three", { policyName: "Readers" }))).toContain(
      'the policy name "Readers" cannot be used.\n  Use lower-case letters',
    );
  });

  test.each([
    ["root", 'the policy name "root" is the engine\'s own.'],
    ["default", 'the policy name "default" is that of the policy which every token carries.'],
    ["", 'the policy name "" cannot be used.'],
  ])("is refused under the name %j", (policyName, told) => {
    expect(refusal(() => new Workbench().appRole("shop", { policyName }))).toContain(told);
  });

  test("has others beside it", () => {
    const bench = new Workbench();
    const extra = ImportedPolicy.fromText(
      bench.stack,
      "extra",
      'path "sys/health" { capabilities = ["read"] }',
    );
    const role = bench.appRole("shop", { policies: [extra] });
    expect(role.policyNames).toEqual(["shop", "extra"]);
    expect(role.problems()).toEqual([]);
  });

  test("is refused when it has one beside it that nothing declares, in that spelling", () => {
    const bench = new Workbench();
    ImportedPolicy.fromText(bench.stack, "extra", 'path "sys/health" { capabilities = ["read"] }');
    bench.appRole("one", { policies: ["extra"] });
    expect(() => checkComplete(AccessRegistry.of(bench.stack), "openbao@2.7.2")).not.toThrow();
    bench.appRole("two", { policies: ["Extra"] });
    expect(
      refusal(() => checkComplete(AccessRegistry.of(bench.stack), "openbao@2.7.2")),
    ).toMatchInlineSnapshot(`
      "HERE  test/approle.role.two: names the policy "Extra", which nothing declares.
        Import it with this.policy("Extra", …), or name one of: extra, shop-one, shop-two."
    `);
  });

  test("is refused when nothing is granted, telling how many more there are", () => {
    const bench = new Workbench();
    bench.appRole("one");
    bench.appRole("two");
    expect(
      refusal(() => checkComplete(AccessRegistry.of(bench.stack), "openbao@2.7.2")),
    ).toMatchInlineSnapshot(`
      "HERE  test/approle.role.one: is granted nothing (and 1 more).
        Grant it something, as in secret.grantRead(role), or remove it."
    `);
  });
});
