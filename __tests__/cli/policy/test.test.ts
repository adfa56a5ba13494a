import { calledIn, policy } from "./run";

const POLICY = 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n';
const CASES = `engines: [openbao@2.7.2, vault@1.21.1]
policies:
  app: { file: app.hcl }
  broken: 'path "a" { capabilities = ["raed"] }'
cases:
  - name: reads its secrets
    policies: [app]
    request: { operation: read, path: secret/data/app/db }
    expect: { allowed: true, capabilities: [read], rule: secret/data/app/* }
  - name: writes nothing
    policies: [app]
    request: { operation: update, path: secret/data/app/db }
    expect: { allowed: false, reason: no-capability }
  - name: a slip is refused
    policies: [broken]
    request: { operation: read, path: a }
    expect: { error: is no capability }
`;

test("cases that hold on every engine are counted", async () => {
  calledIn({ "app.hcl": POLICY, "cases.yaml": CASES });
  const { exitCode, stdout } = await policy("test", "cases.yaml");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^✔ cases\.yaml: 6 passed {3}3 cases on openbao@2\.7\.2, vault@1\.21\.1 · \d\.\d\d s\n$/,
  );
  expect((await policy("test", "cases.yaml", "--verbose")).stdout).toContain(
    "✔ writes nothing  vault@1.21.1",
  );
});

test("a case that does not hold is told with its line and the explanation, and exits with 1", async () => {
  calledIn({
    "app.hcl": POLICY,
    "cases.yaml": CASES.replace("allowed: false, reason: no-capability", "allowed: true"),
  });
  const { exitCode, stdout } = await policy("test", "cases.yaml", "--engine", "openbao@2.7.2");
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`✗ writes nothing   cases.yaml:10 · openbao@2.7.2
    expected allowed, got denied
    update secret/data/app/db is denied, by path "secret/data/app/*": the rule that decides does not grant the
    capability
`);
  expect(stdout).toContain("✗ cases.yaml: 2 passed, 1 failed");
});

test("as JSON every result is there, and a mismatch with its place", async () => {
  calledIn({ "app.hcl": POLICY, "cases.yaml": CASES.replace("allowed: true", "allowed: false") });
  const told = JSON.parse((await policy("test", "cases.yaml", "--json")).stdout);
  expect(told).toMatchObject({ schema_version: 1, passed: 4, failed: 2 });
  expect(told.results).toHaveLength(6);
  expect(told.results[0]).toMatchObject({
    name: "reads its secrets",
    engine: "openbao@2.7.2",
    passed: false,
    place: { line: 6, column: 5 },
  });
});

test.each([
  [
    "opreation: read, path: a",
    'cases.yaml:9:16  cases[1].request knows no "opreation".\n  Did you mean "operation"?',
  ],
  [
    "operation: raed, path: a",
    'cases.yaml:9:27  "raed" is not possible for cases[1].request.operation.\n  Did you mean "read"?',
  ],
  ["operation: read, path: a, wrap_ttl: soon", 'cases.yaml:9:52  "soon" is no duration.'],
  ["operation: read", "cases.yaml:9:14  cases[1].request has no path."],
])("a mistake in a file is told with its place: %s", async (request, message) => {
  calledIn({
    "cases.yaml": `policies:\n  app: ''\n\n\n\n\ncases:\n  -\n    request: { ${request} }\n    expect: { allowed: true }\n`,
  });
  const { exitCode, stderr } = await policy("test", "cases.yaml");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test.each([
  ["policies: { app: { file: gone.hcl } }", "gone.hcl does not exist"],
  ["policies: {}\nengines: [openbao@x]", '"openbao@x" is not possible for engines[1]'],
  ["policies: {}\nengines: [openbao@2.7.2.1]", '"openbao@2.7.2.1" names no engine'],
  ["policies: {}\nat: noon", '"noon" is no time'],
  ["policies: {}\nprincipal: app", "A principal is somebody of an environment or a source"],
  ["engines: []", "the file has none of policies, environment, from"],
  ["policies: {}\npolicies: {}", "this key is there twice"],
])("a file with %j is refused", async (head, message) => {
  calledIn({ "cases.yaml": `${head}\ncases: []\n` });
  const { exitCode, stderr } = await policy("test", "cases.yaml");
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test("a case that names a policy that is not there is refused with its place", async () => {
  calledIn({ "app.hcl": POLICY, "cases.yaml": CASES.replace("[broken]", "[brokn]") });
  expect((await policy("test", "cases.yaml")).stderr).toContain(
    'cases.yaml:15:16  there is no policy brokn.\n  Did you mean "broken"?',
  );
});

test("principals and mounts come from a source beside the file", async () => {
  calledIn({
    "t/p/app.hcl": `${POLICY}path "ca/root" { capabilities = ["update"] }\n`,
    "t/p/roles.yaml":
      "schema_version: 1\nmounts:\n  ca/: { type: pki }\nroles:\n  auth/approle/role/app: { policies: [app] }\n  auth/approle/role/idle: { policies: [] }\n",
    "t/cases.yaml": `from: p
principal: AppRole app
cases:
  - request: { operation: read, path: secret/data/app/db }
    expect: { allowed: true }
  - request: { operation: update, path: ca/root }
    expect: { allowed: false, reason: sudo, sudo: true }
  - principal: idle
    request: { operation: read, path: secret/data/app/db }
    expect: { allowed: false }
`,
  });
  const { exitCode, stdout, stderr } = await policy("test", "t/cases.yaml");
  expect([exitCode, stdout, stderr]).toEqual([0, expect.stringContaining("3 passed"), ""]);
  const both = await policy("test", "t/cases.yaml", "--engine", "openbao@2.7.2,vault@1.21.1");
  expect(both.stdout).toContain("6 passed");
  const stranger = await policy("test", "t/cases.yaml", "--as", "nobody");
  expect(stranger.exitCode).toBe(0);
});

test("rules that expire are judged at the time of the file", async () => {
  const expiring = 'path "a" {\n  capabilities = ["read"]\n  expiration = "2030-01-31T00:00:00Z"\n}\n';
  const cases = (at: string, allowed: boolean) =>
    `at: ${at}\npolicies: { app: { file: app.hcl } }\ncases:\n  - request: { operation: read, path: a }\n    expect: { allowed: ${allowed} }\n`;
  calledIn({
    "app.hcl": expiring,
    "before.yaml": cases("2030-01-30T00:00:00Z", true),
    "after.yaml": cases("2030-02-01T00:00:00Z", false),
  });
  expect((await policy("test", "before.yaml", "after.yaml")).exitCode).toBe(0);
});

test("one case a line, with policies from the command line or the first line", async () => {
  const line = (path: string, allowed: boolean) =>
    JSON.stringify({ request: { operation: "read", path }, expect: { allowed } });
  const lines = `${line("secret/data/app/db", true)}\n\n${line("secret/data/web/db", false)}\n`;
  calledIn({
    "app.hcl": POLICY,
    "bare.jsonl": lines,
    "headed.jsonl": `${JSON.stringify({ policies: { app: POLICY } })}\n${lines}`,
  });
  expect((await policy("test", "bare.jsonl", "--policy", "app.hcl")).stdout).toContain("2 passed");
  expect((await policy("test", "headed.jsonl")).stdout).toContain("2 passed");
  expect((await policy("test", "bare.jsonl")).stderr).toContain(
    "the file has none of policies, environment, from",
  );
});

test("a line that is wrong is told by its number", async () => {
  const head = JSON.stringify({ policies: { app: POLICY } });
  calledIn({
    "a.jsonl": `${head}\n{"request": {"operation": "raed", "path": "a"}, "expect": {"allowed": true}}\n`,
    "b.jsonl": `${head}\n\nnonsense hidden-value\n`,
    "c.jsonl": `${head}\n{"request": {"operation": "read", "path": "x"}, "expect": {"allowed": true}}\n`,
  });
  expect((await policy("test", "a.jsonl")).stderr).toContain(
    'a.jsonl:2:27  "raed" is not possible for cases[1].request.operation.',
  );
  const broken = (await policy("test", "b.jsonl")).stderr;
  expect(broken).toContain("b.jsonl:3  this line is no JSON object.");
  expect(broken).not.toContain("hidden-value");
  expect((await policy("test", "c.jsonl")).stdout).toContain("✗ case 1   c.jsonl:2");
});

test("a batch of 100,000 cases is run whole", async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) =>
    JSON.stringify({
      request: { operation: "read", path: `secret/data/app/${index}` },
      expect: { allowed: true },
    }),
  );
  calledIn({ "many.jsonl": [JSON.stringify({ policies: { app: POLICY } }), ...lines].join("\n") });
  expect((await policy("test", "many.jsonl")).stdout).toContain("100000 passed");
});

test("of a folder every file of cases runs, and nothing else", async () => {
  calledIn({
    "p/app.hcl": POLICY,
    "p/app.cases.yaml": CASES,
    "p/deep/more.cases.json": JSON.stringify({
      policies: { app: { file: "../app.hcl" } },
      cases: [{ request: { operation: "read", path: "secret/data/app/x" }, expect: { allowed: true } }],
    }),
    "p/other.yaml": "a: [",
    "q/other.yaml": "a: [",
  });
  const { exitCode, stdout } = await policy("test", "p");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("✔ p/app.cases.yaml: 6 passed");
  expect(stdout).toContain("✔ p/deep/more.cases.json: 1 passed");
  expect(await policy("test", "q")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("q holds no cases: no file in it ends in .cases.yaml or .cases.json."),
  });
});
