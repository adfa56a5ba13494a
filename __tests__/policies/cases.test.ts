import type { CaseFile } from "../../policies/cases/case";
import { runCases } from "../../policies/cases/run";
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
      policies: ["root"],
      request: { operation: "delete", path: "x" },
      expect: { allowed: true, capabilities: ["root"] },
    },
  ],
};

test("cases that hold pass on every engine", () => {
  const results = [...runCases(file)];
  expect(results).toHaveLength(10);
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

test("thousands of cases are quick: at least 20,000 a second", () => {
  const one = file.cases[0];
  if (!one) throw new Error("no case");
  const cases = Array.from({ length: 20_000 }, () => one);
  const start = performance.now();
  let passed = 0;
  for (const result of runCases({ ...file, engines: ["openbao@2.7.2"], cases })) if (result.passed) passed++;
  expect(passed).toBe(20_000);
  expect(performance.now() - start).toBeLessThan(1000);
});
