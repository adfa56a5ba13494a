import type { RevisionGrant } from "../../../review/model";
import { unusedAccess } from "../../../review/traffic/unused";
import { policyOf, revision } from "../revision";
import { logOf } from "./log";

describe("a policy written by hand", () => {
  const policies = {
    app: `path "secret/data/*" { capabilities = ["read", "delete"] }
path "secret/data/app/closed" { capabilities = ["list"] }
path "secret/data/never" { capabilities = ["deny"] }
path "secret/data/{{identity.entity.name}}" { capabilities = ["read"] }
`,
  };

  test("is told with the rules that nobody used, and keeps what stands before wider rules", async () => {
    const { policies: found, notes } = await unusedAccess(revision({ policies, roles: { app: ["app"] } }), [
      logOf([{ path: "secret/data/a", policies: ["app"] }]),
    ]);
    expect(found).toMatchObject([
      {
        policy: "app",
        unused: [
          { path: "secret/data/*", capabilities: ["delete"], whole: false, place: { line: 1 } },
          { path: "secret/data/app/closed", capabilities: ["list"], whole: true, place: { line: 2 } },
        ],
      },
    ]);
    const smaller = found[0]?.smaller ?? "";
    expect(smaller).toContain('path "secret/data/*" {\n  capabilities = ["read"]\n}');
    expect(smaller).toContain('path "secret/data/app/closed" {\n  capabilities = []\n}');
    expect(smaller).toContain('path "secret/data/never" {\n  capabilities = ["deny"]\n}');
    expect(notes).toContain(
      "1 rule with a template is left out: what templates were filled with is not known",
    );
  });

  test("keeps one of two rules that stand before the same wider rule: nobody gains by all of the texts", async () => {
    const shadow = 'path "secret/data/app/*" { capabilities = ["list"] }';
    const shared = { wide: 'path "secret/data/*" { capabilities = ["read"] }', p: shadow, q: shadow };
    const held = ["wide", "p", "q"];
    const { policies: found } = await unusedAccess(revision({ policies: shared, roles: { app: held } }), [
      logOf([{ path: "secret/data/x", policies: held }]),
    ]);
    expect(found.map(({ policy, smaller }) => [policy, smaller.includes("secret/data/app/*")])).toEqual([
      ["p", false],
      ["q", true],
    ]);
  });

  test("keeps its rules, with less in them, where an engine is not known exactly", async () => {
    const text = 'path "secret/data/a" { capabilities = ["read", "delete"] }';
    const side = revision({ engine: "vault@2.2.2", policies: { app: text }, roles: { app: ["app"] } });
    const { policies: found } = await unusedAccess(side, [
      logOf([{ path: "secret/data/a", policies: ["app"] }]),
    ]);
    expect(found[0]?.smaller).toBe('path "secret/data/a" {\n  capabilities = ["read"]\n}\n');
  });

  test("keeps what may stand before a rule with a template", async () => {
    const text = `path "secret/data/{{identity.entity.name}}*" { capabilities = ["read"] }
path "secret/data/team-*" { capabilities = ["list"] }`;
    const { policies: found } = await unusedAccess(
      revision({ policies: { app: text }, roles: { app: ["app"] } }),
      [logOf([{ path: "secret/data/ann", policies: ["app"] }])],
    );
    expect(found[0]?.smaller).toContain('path "secret/data/team-*" {\n  capabilities = []\n}');
  });

  test("drops unused rules where nobody gains by it", async () => {
    const apart = {
      app: 'path "secret/data/a" { capabilities = ["read"] }\npath "secret/data/b" { capabilities = ["read"] }',
    };
    const { policies: found } = await unusedAccess(revision({ policies: apart, roles: { app: ["app"] } }), [
      logOf([{ path: "secret/data/a", policies: ["app"] }]),
    ]);
    expect(found[0]?.smaller).toBe('path "secret/data/a" {\n  capabilities = ["read"]\n}\n');
  });

  test("keeps create with update, which of the two a write is depends on what is there", async () => {
    const writes = { app: 'path "secret/data/a" { capabilities = ["create", "update"] }' };
    const { policies: found } = await unusedAccess(revision({ policies: writes, roles: { app: ["app"] } }), [
      logOf([{ path: "secret/data/a", operation: "update", policies: ["app"] }]),
    ]);
    expect(found).toEqual([]);
  });

  test("is used by requests that may turn on a value", async () => {
    const valued = {
      app: 'path "secret/data/a" {\n  capabilities = ["update"]\n  denied_parameters = { "ttl" = ["1h"] }\n}',
    };
    const { policies: found } = await unusedAccess(revision({ policies: valued, roles: { app: ["app"] } }), [
      logOf([{ path: "secret/data/a", operation: "update", data: { ttl: 1 }, policies: ["app"] }]),
    ]);
    expect(found).toEqual([]);
  });

  test.each([
    ["with a policy that the source does not have", ["app", "elsewhere"], {}],
    ["whose entity brings one", ["app", "elsewhere"], { identityPolicies: ["elsewhere"], role: "app" }],
  ])("is used by requests of tokens %s: what is known of them counts", async (_, held, more) => {
    const apart = {
      app: 'path "secret/data/a" { capabilities = ["read"] }\npath "secret/data/b" { capabilities = ["read"] }',
    };
    const { policies: found, notes } = await unusedAccess(
      revision({ policies: apart, roles: { app: ["app"] } }),
      [logOf([{ path: "secret/data/a", role: "", policies: held, ...more }])],
    );
    expect(found[0]?.unused.map(({ path }) => path)).toEqual(["secret/data/b"]);
    expect(notes[0]).toMatch(/^1 request could not be followed to a rule/);
  });

  test("is not judged by requests that cannot be followed, and these are counted", async () => {
    const { notes } = await unusedAccess(revision({ policies, roles: { app: ["app"] } }), [
      logOf([{ path: "secret/data/a", role: "", policies: ["elsewhere"] }]),
    ]);
    expect(notes[0]).toMatch(/^1 request could not be followed to a rule: Tokens with elsewhere/);
  });
});

describe("declared grants", () => {
  const place = (line: number) => ({ file: "systems/shop.ts", line });
  const read = (secret: string, line: number): RevisionGrant => ({
    intent: "read",
    secret: `secret/${secret}`,
    needs: [{ path: `secret/data/${secret}`, capabilities: ["read"] }],
    place: place(line),
  });
  const list = (secret: string, line: number): RevisionGrant => ({
    intent: "list",
    secret: `secret/${secret}`,
    needs: [{ path: "secret/metadata/shop/", capabilities: ["list"] }],
    place: place(line),
  });
  const rotate: RevisionGrant = {
    intent: "rotate",
    secret: "secret/shop/session",
    needs: [
      {
        path: "secret/data/shop/session",
        capabilities: ["create", "read", "update", "patch"],
      },
      { path: "secret/metadata/shop/session", capabilities: ["read"] },
    ],
    place: place(30),
  };
  const shop = (grants: readonly RevisionGrant[]) => {
    const text = grants
      .flatMap(({ needs }) => needs)
      .map(({ path, capabilities }) => `path "${path}" { capabilities = ${JSON.stringify(capabilities)} }`)
      .join("\n");
    const made = revision({ roles: { app: ["app"], idle: ["app"] } });
    return { ...made, policies: [{ ...policyOf("app", text), verbatim: false, grants }] };
  };

  test("of which nothing was used could go, with the line; those of a silent principal are not told", async () => {
    const unused = await unusedAccess(shop([read("shop/database", 20), read("shop/mail", 21)]), [
      logOf([{ path: "secret/data/shop/database", policies: ["app"] }]),
    ]);
    expect(unused.principals).toMatchObject([
      {
        requests: 1,
        grants: [{ place: place(21), whole: true, unused: ["read values of secret/shop/mail"] }],
      },
    ]);
    expect(unused.silent.map(({ title }) => title)).toEqual(["AppRole idle"]);
    expect(unused.policies).toEqual([]);
  });

  test("of one line of which a part was used name the other part", async () => {
    const { principals } = await unusedAccess(shop([read("shop/database", 20), read("shop/mail", 20)]), [
      logOf([{ path: "secret/data/shop/database", policies: ["app"] }]),
    ]);
    expect(principals[0]?.grants).toMatchObject([
      { whole: false, unused: ["read values of secret/shop/mail"] },
    ]);
  });

  test("that allow the same do not both go", async () => {
    const { principals } = await unusedAccess(shop([read("shop/session", 20), rotate]), [
      logOf([{ path: "secret/data/shop/session", policies: ["app"] }]),
    ]);
    expect(principals[0]?.grants).toMatchObject([{ place: place(30), whole: true }]);
  });

  test("of more than was used name the smaller intents", async () => {
    const { principals } = await unusedAccess(shop([rotate]), [
      logOf([
        { path: "secret/data/shop/session", policies: ["app"] },
        { path: "secret/data/shop/session", operation: "update", policies: ["app"] },
      ]),
    ]);
    expect(principals[0]?.grants).toMatchObject([
      { whole: false, unused: [], instead: [{ secret: "secret/shop/session", intents: ["read", "write"] }] },
    ]);
  });

  test("that were used in full are not told", async () => {
    const { principals } = await unusedAccess(shop([list("shop/a", 20), list("shop/b", 20)]), [
      logOf([{ path: "secret/metadata/shop", operation: "list", policies: ["app"] }]),
    ]);
    expect(principals).toEqual([]);
  });
});
