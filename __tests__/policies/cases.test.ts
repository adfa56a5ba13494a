import type { CaseFile } from "../../policies/cases/case";
import { runCases } from "../../policies/cases/run";
import { PolicyDocument } from "../../policies/document";
import { PolicyUsageError } from "../../policies/errors";

const file: CaseFile = {
  engines: ["openbao@2.7.2", "vault@1.21.1"],
  policies: {
    app: 'path "secret/data/app/*" { capabilities = ["read"] }\npath "sys/audit" { capabilities = ["read"] }',
    broken: 'path "a" { capabilities = ["raed"] }',
    wrapped: 'path "w" { capabilities = ["update"] min_wrapping_ttl = "60s" }',
  },
  cases: [
    {
      policies: ["app"],
      request: { operation: "read", path: "secret/data/app/db" },
      expect: { allowed: true, capabilities: ["read"], rule: "secret/data/app/*" },
    },
    {
      policies: ["app"],
      request: { operation: "read", path: "sys/audit" },
      expect: { allowed: false, reason: "sudo", sudo: true },
    },
    {
      policies: ["broken"],
      request: { operation: "read", path: "a" },
      expect: { error: "is no capability" },
    },
    {
      policies: ["wrapped"],
      request: { operation: "update", path: "w", wrap_ttl: "2m", parameters: { a: 1 } },
      expect: { allowed: true },
    },
    {
      policies: ["root", "app"],
      request: { operation: "read", path: "a" },
      expect: { error: "root cannot be combined" },
    },
    {
      policies: ["root"],
      request: { operation: "delete", path: "x" },
      expect: { allowed: true, capabilities: ["root"] },
    },
  ],
};

test("cases that hold pass on every engine", () => {
  const results = [...runCases(file)];
  expect(results).toHaveLength(12);
  expect(results.filter(({ passed }) => !passed)).toEqual([]);
});

test("a case that does not hold tells each mismatch and explains the decision", () => {
  const cases = [
    {
      name: "wrong",
      policies: ["app"],
      engines: ["openbao@2.7.2"],
      request: { operation: "update", path: "secret/data/app/db" },
      expect: { allowed: true, capabilities: ["update"] },
    },
  ] as const;
  expect([...runCases({ ...file, cases })]).toEqual([
    {
      name: "wrong",
      index: 0,
      engine: "openbao@2.7.2",
      passed: false,
      mismatches: [
        "expected allowed, got denied",
        "expected capabilities update, got read",
        'update secret/data/app/db is denied, by path "secret/data/app/*": the rule that decides does not grant the capability',
      ],
    },
  ]);
});

test("a principal brings its policies and its entity", () => {
  const templated: CaseFile = {
    policies: {
      own: 'path "secret/data/{{identity.entity.name}}/*" { capabilities = ["read"] }',
      none: "# -",
    },
    principals: {
      alice: { policies: ["own"], entity: { id: "1", name: "alice" } },
      nobody: { policies: ["own"], entity: null },
      idle: { policies: ["none"] },
    },
    principal: "alice",
    cases: [
      { request: { operation: "read", path: "secret/data/alice/x" }, expect: { allowed: true } },
      { request: { operation: "read", path: "secret/data/bob/x" }, expect: { allowed: false } },
      {
        principal: "nobody",
        request: { operation: "read", path: "secret/data/alice/x" },
        expect: { allowed: false },
      },
      { principal: "idle", request: { operation: "read", path: "a" }, expect: { reason: "no-rule" } },
      { policies: ["none"], request: { operation: "read", path: "a" }, expect: { allowed: false } },
    ],
  };
  expect([...runCases(templated)].filter(({ passed }) => !passed)).toEqual([]);
  const [stranger] = templated.cases;
  expect(() => [...runCases({ ...templated, cases: [{ ...stranger, principal: "eve" } as never] })]).toThrow(
    "A case is asked by eve, whom the file does not know.",
  );
});

test("policies that are named one by one are asked by the entity of the file", () => {
  const own = 'path "{{identity.entity.name}}" { capabilities = ["read"] }';
  const one = { request: { operation: "read", path: "alice" }, expect: { allowed: true } } as const;
  const asked = { policies: { own }, cases: [one] };
  expect([...runCases({ ...asked, entity: { id: "1", name: "alice" } })][0]?.passed).toBe(true);
  expect([...runCases(asked)][0]?.mismatches[0]).toBe("expected allowed, got unknown");
});

test("capabilities that nobody can tell do not pass", () => {
  const request = { operation: "read", path: "alice" } as const;
  const own =
    'path "{{identity.entity.name}}" { capabilities = ["read"] }\npath "alice" { capabilities = ["read"] }';
  const cases = [{ request, expect: { capabilities: ["read"] } }] as const;
  const told = (file: CaseFile) => [...runCases(file)].map(({ mismatches }) => mismatches[0]);
  expect(told({ policies: { own }, cases })).toEqual([
    "nobody can tell the capabilities: identity.entity.name is not known",
  ]);
  const plain = 'path "alice" { capabilities = ["read"] }';
  expect(told({ policies: { plain }, engines: ["vault@2.2.2", "vault@1.21.1"], cases })).toEqual([
    expect.stringContaining("nobody can tell the capabilities: Vault >= 2.1.2"),
    undefined,
  ]);
});

test("a case with an unknown policy or a malformed time is refused", () => {
  const request = { operation: "read", path: "a" } as const;
  expect(() => [...runCases({ ...file, cases: [{ policies: ["nope"], request, expect: {} }] })]).toThrow(
    PolicyUsageError,
  );
  expect(() => [
    ...runCases({
      ...file,
      cases: [{ policies: ["app"], request: { ...request, wrap_ttl: "soon" }, expect: {} }],
    }),
  ]).toThrow(PolicyUsageError);
});

test("thousands of cases compile their policies once", () => {
  const one = file.cases[0];
  if (!one) throw new Error("no case");
  const cases = Array.from({ length: 20_000 }, () => one);
  const parse = jest.spyOn(PolicyDocument, "parse");
  let passed = 0;
  for (const result of runCases({ ...file, engines: ["openbao@2.7.2"], cases })) if (result.passed) passed++;
  expect(passed).toBe(20_000);
  expect(parse).toHaveBeenCalledTimes(1);
});

test("a namespace counts with or without its slash, for capabilities too", () => {
  const own = {
    engines: ["openbao@2.7.2"],
    policies: { p: 'path "team/a" { capabilities = ["read"] }\npath "a" { capabilities = ["list"] }' },
    cases: ["team", "team/", "/team/"].map((namespace) => ({
      request: { operation: "read" as const, path: "a", namespace },
      expect: { allowed: true, rule: "team/a", capabilities: ["read" as const] },
    })),
  };
  expect([...runCases(own)].flatMap(({ mismatches }) => mismatches)).toEqual([]);
});

test("a refused policy is told with the place of each mistake, and matched without", () => {
  const cases = [{ allowed: true }, { error: '"x" is no capability; a rule has no attribute "y"' }].map(
    (expect) => ({
      request: { operation: "read" as const, path: "a" },
      expect,
    }),
  );
  const policies = { bad: 'path "a" { capabilities = ["x"]\n  y = 1 }' };
  const [told, matched] = [...runCases({ engines: ["openbao@2.7.2"], policies, cases })];
  expect(told?.mismatches).toEqual([
    'the engine refuses the policies: bad:1:28 "x" is no capability; bad:2:3 a rule has no attribute "y"',
  ]);
  expect(matched?.passed).toBe(true);
});

test("capabilities are a set", () => {
  const cases = [
    {
      request: { operation: "read" as const, path: "a" },
      expect: { capabilities: ["list", "read", "read"] as const },
    },
  ];
  const policies = { p: 'path "a" { capabilities = ["read", "list"] }' };
  expect([...runCases({ policies, cases })].every(({ passed }) => passed)).toBe(true);
});
