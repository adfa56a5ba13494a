import { dialectOf } from "../../../policies/dialect";
import { PolicyDocument } from "../../../policies/document";
import { AccessList, type CompileOptions, type NamedPolicy } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import { explain } from "../../../policies/semantics/explain";
import type { AccessRequest } from "../../../policies/semantics/request";
import { needsSudo } from "../../../policies/semantics/sudo-paths";

function compile(source: string, options: Partial<CompileOptions> & Partial<NamedPolicy> = {}): AccessList {
  const { engine = "openbao@2.7.2", now, entity, ...policy } = options;
  const document = PolicyDocument.parse(source);
  return AccessList.compile([{ name: "p", document, ...policy }], {
    engine,
    ...(now === undefined ? {} : { now }),
    ...(entity === undefined ? {} : { entity }),
  });
}

function outcome(
  source: string,
  request: AccessRequest,
  options: Partial<CompileOptions> & Partial<NamedPolicy> = {},
): string {
  const { verdict, reason } = decide(compile(source, options), request);
  return `${verdict} ${reason}`;
}

const update = (data: Record<string, unknown>, wrapTtl?: number): AccessRequest => ({
  operation: "update",
  path: "a",
  data,
  ...(wrapTtl ? { wrapTtl } : {}),
});

describe("parameters", () => {
  const allow = 'path "a" { capabilities = ["update"] allowed_parameters = { "P" = ["x*", true] } }';

  test("names are compared in lower case, values with a star at an end", () => {
    expect(outcome(allow, update({ p: "xyz" }))).toBe("allowed granted");
    expect(outcome(allow, update({ P: true }))).toBe("allowed granted");
    expect(outcome(allow, update({ p: "y" }))).toBe("denied allowed-parameters");
    expect(outcome(allow, update({ q: "x" }))).toBe("denied allowed-parameters");
  });

  test("an empty body skips the lists, but not what is required", () => {
    expect(outcome(allow, update({}))).toBe("allowed granted");
    expect(outcome('path "a" { capabilities = ["update"] required_parameters = ["P"] }', update({}))).toBe(
      "denied required-parameter",
    );
    expect(
      outcome('path "a" { capabilities = ["update"] denied_parameters = { "*" = [] } }', update({})),
    ).toBe("allowed granted");
    expect(
      outcome('path "a" { capabilities = ["update"] denied_parameters = { "*" = [] } }', update({ a: 1 })),
    ).toBe("denied denied-parameter");
  });

  test("a number never equals: a denied value is passed by sending it bare", () => {
    const deny = 'path "a" { capabilities = ["update"] denied_parameters = { "ttl" = [0, "0"] } }';
    expect(outcome(deny, update({ ttl: "0" }))).toBe("denied denied-parameter");
    expect(outcome(deny, update({ ttl: 0 }))).toBe("allowed granted");
  });

  test("Vault >= 1.21 looks at elements, OpenBao at whole values", () => {
    const source = 'path "a" { capabilities = ["update"] allowed_parameters = { "p" = ["x", "y"] } }';
    for (const value of ["x,y", ["x", "y"], "", []]) {
      expect(outcome(source, update({ p: value }), { engine: "vault@1.21.1" })).toBe("allowed granted");
      expect(outcome(source, update({ p: value }))).toBe("denied allowed-parameters");
    }
  });

  test("a name that is given twice in a query has a list whose elements nobody looks at", () => {
    const rule = (kind: string) =>
      `path "a" { capabilities = ["read", "update"] ${kind}_parameters = { "p" = ["x"] } }`;
    const read: AccessRequest = { operation: "read", path: "a", data: { p: ["x", "x"] } };
    const vault = { engine: "vault@1.21.1" };
    expect(outcome(rule("denied"), read, vault)).toBe("allowed granted");
    expect(outcome(rule("denied"), update({ p: ["x", "x"] }), vault)).toBe("denied denied-parameter");
    expect(outcome(rule("allowed"), read, vault)).toBe("denied allowed-parameters");
    expect(outcome(rule("allowed"), update({ p: ["x", "x"] }), vault)).toBe("allowed granted");
  });

  test("they are not looked at on delete and list", () => {
    const source = 'path "a" { capabilities = ["delete", "list"] required_parameters = ["p"] }';
    expect(outcome(source, { operation: "delete", path: "a" })).toBe("allowed granted");
    expect(outcome(source, { operation: "list", path: "a" })).toBe("allowed granted");
  });
});

test("wrapping times: a maximum asks for wrapping, merged limits may exclude every request", () => {
  const limits = 'path "a" { capabilities = ["update"] min_wrapping_ttl = "1m" max_wrapping_ttl = "5m" }';
  expect(outcome(limits, update({}))).toBe("denied wrapping");
  expect(outcome(limits, update({}, 60))).toBe("allowed granted");
  expect(outcome(limits, update({}, 301))).toBe("denied wrapping");
  const merged =
    'path "a" { capabilities = ["update"] min_wrapping_ttl = "10m" }\npath "a" { capabilities = ["update"] max_wrapping_ttl = "5m" }';
  expect(outcome(merged, update({}, 600))).toBe("denied wrapping");
});

test("sudo must stand in the rule that grants the operation", () => {
  const read: AccessRequest = { operation: "read", path: "sys/audit" };
  expect(outcome('path "sys/audit" { capabilities = ["read"] }', read)).toBe("denied sudo");
  expect(
    outcome('path "sys/*" { capabilities = ["sudo"] }\npath "sys/audit" { capabilities = ["read"] }', read),
  ).toBe("denied sudo");
  expect(outcome('path "sys/audit" { capabilities = ["read", "sudo"] }', read)).toBe("allowed granted");
  expect(outcome('path "sys/audit" { capabilities = ["sudo"] }', read)).toBe("denied no-capability");
});

test("paths that need sudo differ by engine, and other mounts must be named", () => {
  const [bao, vault] = [dialectOf("openbao@2.7.2"), dialectOf("vault@1.21.1")];
  expect([needsSudo("sys/rotate/root", bao), needsSudo("sys/rotate/root", vault)]).toEqual([true, false]);
  expect([needsSudo("sys/raw/x", bao), needsSudo("sys/mounts", bao)]).toEqual([true, false]);
  expect(needsSudo("pki/root", bao)).toBe(false);
  expect(needsSudo("pki/root", bao, [{ path: "pki/", type: "pki" }])).toBe(true);
});

describe("templates", () => {
  const entity = { id: "e1", name: "ann", metadata: { team: "blue", empty: "", bad: "a*" } };
  const own = 'path "s/{{identity.entity.id}}/x" { capabilities = ["read"] }';
  const read = (path: string): AccessRequest => ({ operation: "read", path });

  test("a known entity fills them; what has no value drops the rule", () => {
    expect(outcome(own, read("s/e1/x"), { entity })).toBe("allowed granted");
    expect(outcome(own, read("s/e2/x"), { entity })).toBe("denied no-rule");
    expect(outcome(own, read("s/e1/x"), { entity: null })).toBe("denied no-rule");
    expect(
      outcome('path "s/{{identity.entity.metadata.empty}}/x" { capabilities = ["read"] }', read("s//x"), {
        entity,
      }),
    ).toBe("allowed granted");
  });

  test("an unknown entity leaves open only what it can touch", () => {
    expect(outcome(own, read("s/anyone/x"))).toBe("unknown template");
    expect(outcome(own, read("s/any/one/x"))).toBe("denied no-rule");
    expect(outcome(own, { operation: "update", path: "s/anyone/x" })).toBe("denied no-rule");
    const both = `${own}\npath "s/*" { capabilities = ["read"] }`;
    expect(outcome(both, read("s/anyone/x"))).toBe("allowed granted");
  });

  test("where the engine lets anything into a template, anything below its head is open", () => {
    expect(outcome(own, read("s/any/one/y"), { engine: "vault@1.21.1" })).toBe("unknown template");
    expect(outcome(own, read("t/any"), { engine: "vault@1.21.1" })).toBe("denied no-rule");
  });

  test("a forbidden character fails every request, unless the policy allows it", () => {
    const bad =
      'path "s/{{identity.entity.metadata.bad}}" { capabilities = ["read"] }\npath "t" { capabilities = ["read"] }';
    expect(outcome(bad, read("t"), { entity })).toBe("denied failure");
    expect(outcome(bad, read("t"), { entity, engine: "openbao@2.6.2" })).toBe("allowed granted");
    expect(outcome(bad, read("s/abc"), { entity, allowedInTemplates: ["*"] })).toBe("allowed granted");
  });
});

test("a policy past its end grants nothing", () => {
  const source = 'path "a" { capabilities = ["read"] }';
  const options = { expiration: "2025-01-01T00:00:00Z", now: Date.UTC(2026, 0) };
  expect(outcome(source, { operation: "read", path: "a" }, options)).toBe("denied no-rule");
});

test("an engine whose semantics cannot be told from its version is unknown", () => {
  expect(
    outcome(
      'path "a" { capabilities = ["read"] }',
      { operation: "read", path: "a" },
      { engine: "vault@2.2.0" },
    ),
  ).toBe("unknown inexact");
});

test("a list needs sudo by the path that the engine routes, which ends in a slash", () => {
  const policy =
    'path "auth/token/accessors" { capabilities = ["list"] }\npath "sys/leases/lookup" { capabilities = ["list"] }';
  for (const engine of ["openbao@2.7.2", "vault@1.21.1"])
    for (const path of [
      "auth/token/accessors",
      "auth/token/accessors/",
      "sys/leases/lookup",
      "sys/leases/lookup/",
    ])
      expect([engine, path, outcome(policy, { operation: "list", path }, { engine })]).toEqual([
        engine,
        path,
        "denied sudo",
      ]);
  // Asked of running servers: without the slash it is another path.
  const read = 'path "sys/leases/lookup" { capabilities = ["read"] }';
  expect(outcome(read, { operation: "read", path: "sys/leases/lookup" })).toBe("allowed granted");
});

test("explains what won, what lost and why, and what would change it", () => {
  const list = compile(
    'path "a/*" { capabilities = ["read"] }\npath "a/+/c" { capabilities = ["read"] }\npath "a/b/c" { capabilities = ["list"] }',
  );
  const { summary, rules, changes } = explain(list, { operation: "read", path: "a/b/c" });
  expect(summary).toBe(
    'read a/b/c is denied, by path "a/b/c": the rule that decides does not grant the capability',
  );
  expect(rules.map(({ pattern, decides, because }) => [pattern, decides, because])).toEqual([
    ["a/b/c", true, "it names the path exactly"],
    ["a/+/c", false, 'path "a/b/c" names the path exactly, and exact rules come before patterns'],
    ["a/*", false, 'path "a/b/c" names the path exactly, and exact rules come before patterns'],
  ]);
  expect(changes).toEqual(['Add "read" to path "a/b/c", in any policy.']);
});

test.each([
  ["openbao@2.7.2", undefined],
  [
    "openbao@2.7.3",
    "openbao 2.7.3 is not among the versions that are known here; openbao 2.7.2 stands in for it",
  ],
  [
    "openbao@1.0",
    "openbao 1.0.0 is not among the versions that are known here; openbao 2.0.0 stands in for it",
  ],
  [
    "vault@1.11.9",
    "vault 1.11.9 is not among the versions that are known here; vault 1.12.0 stands in for it",
  ],
  ["vault@1.21.5", undefined],
  [
    "vault@1.30.2",
    "vault 1.30.2 is not among the versions that are known here; vault 1.21.1 stands in for it",
  ],
  ["vault@2.2.3", "vault 2.2.3 is not among the versions that are known here; vault 2.2.2 stands in for it"],
])("%s gets the nearest known version, and that is said", (engine, note) => {
  expect(dialectOf(engine).note).toBe(note);
});
