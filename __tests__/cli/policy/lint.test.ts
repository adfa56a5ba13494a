import { Readable } from "node:stream";
import { calledIn, policy } from "./run";

const GLOB = 'path "secret/*" {\n  capabilities = ["read", "list", "delete"]\n}\n';
const BAD = 'path "secret/data/x" {\n  capabilities = ["raed"]\n}\n';

test("each finding has its place, severity, id, reason and what to write", async () => {
  calledIn({ "a.hcl": GLOB });
  const { exitCode, stdout } = await policy("lint", "a.hcl", "--kv2", "secret");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("a.hcl:1:6  warning  KV2_MOUNT_GLOB\n  ");
  expect(stdout).toContain("? 1 warning in 1 policy   a.hcl · openbao@2.7.2\n");
});

test("mounts are not guessed: without --kv2 nothing is said of them", async () => {
  calledIn({ "a.hcl": GLOB });
  expect((await policy("lint", "a.hcl")).stdout).not.toContain("KV2_");
});

test("what the engine refuses is an error, and exits with 1 unless told otherwise", async () => {
  calledIn({ "a.hcl": BAD, "b.hcl": GLOB });
  const { exitCode, stdout } = await policy("lint", "a.hcl");
  expect(exitCode).toBe(1);
  expect(stdout).toContain('a.hcl:2:19  error  capability\n  "raed" is no capability\n  Write "read".');
  expect((await policy("lint", "a.hcl", "--fail-on", "never")).exitCode).toBe(0);
  expect((await policy("lint", "b.hcl", "--kv2", "secret", "--fail-on", "warning")).exitCode).toBe(1);
  expect(await policy("lint", "a.hcl", "--fail-on", "warnings")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean "warning"?'),
  });
});

test("as JSON each finding has all of it", async () => {
  calledIn({ "a.hcl": GLOB });
  const { stdout } = await policy("lint", "a.hcl", "--kv2", "secret/", "--json");
  const told = JSON.parse(stdout);
  expect(told).toMatchObject({
    schema_version: 1,
    engine: "openbao@2.7.2",
    counts: { error: 0, suppressed: 0 },
  });
  expect(told.findings[0]).toMatchObject({
    id: "KV2_MOUNT_GLOB",
    severity: "warning",
    policy: "a",
    path: "secret/*",
    place: { line: 1, column: 6, endLine: 1 },
    reason: expect.any(String),
    fix: expect.any(String),
  });
});

test("what is for information is said once, with its places; errors and warnings one by one", async () => {
  const rule = (index: number) => `path "a/${index}/*" {\n  capabilities = ["update"]\n}\n`;
  calledIn({
    "p/one.hcl": 'path "a/*" {\n  capabilities = ["read"]\n}\n',
    "p/two.hcl": Array.from({ length: 8 }, (_, index) => rule(index)).join(""),
    "x.hcl": 'path "a//b" {\n  capabilities = ["read"]\n}\npath "b//b" {\n  capabilities = ["read"]\n}\n',
  });
  const { stdout } = await policy("lint", "p", "--together");
  expect(stdout).toContain(`info  SHADOWED  in 8 places
  p/two.hcl:1:6   path "a/0/*" takes read away from path "a/*" of one
  p/two.hcl:4:6   path "a/1/*" takes read away from path "a/*" of one
`);
  expect(stdout).toContain("  and 2 more, which --json tells\n  Repeat the capabilities");
  expect(stdout.match(/Repeat the capabilities/g)).toHaveLength(1);
  expect(stdout).toContain("8 for information in 2 policies");
  expect((await policy("lint", "x.hcl")).stdout.match(/warning {2}DOUBLE_SLASH/g)).toHaveLength(2);
});

test("standard input is looked at beside files", async () => {
  calledIn({ "a.hcl": GLOB });
  const input = jest.spyOn(process, "stdin", "get");
  input.mockReturnValue(Readable.from([Buffer.from(BAD)]) as unknown as typeof process.stdin);
  const { exitCode, stdout } = await policy("lint", "-", "a.hcl");
  input.mockRestore();
  expect(exitCode).toBe(1);
  expect(stdout).toContain("standard input:2:19  error  capability");
  expect(stdout).toContain("in 2 policies");
});

test("files are looked at one by one, or together when that is asked", async () => {
  calledIn({
    "p/a.hcl": 'path "x" { capabilities = ["read"] }\n',
    "p/b.hcl": 'path "x" { capabilities = ["deny"] }\n',
  });
  expect((await policy("lint", "p")).stdout).toContain("Nothing found in 2 policies");
  expect((await policy("lint", "p", "--together")).stdout).toContain("DENY_STICKY_CONFLICT");
});

const SETTINGS = `kv2: [secret]
suppress:
  - id: KV2_MOUNT_GLOB
    policy: a
    reason: the operator's own
  - id: KV2_NO_LIST
    reason: browsing is not meant
    until: 2020-01-31T00:00:00Z
  - id: DOUBLE_SLASH
    reason: nowhere
`;

test("a project says what is meant to be so, with a reason; what no longer counts is said", async () => {
  calledIn({ "a.hcl": GLOB, "strongroom.lint.yaml": SETTINGS });
  const { stdout } = await policy("lint", "a.hcl");
  expect(stdout).not.toContain("KV2_MOUNT_GLOB");
  expect(stdout).toContain("1 suppressed");
  expect(stdout).toContain(
    "strongroom.lint.yaml:6 no longer suppresses KV2_NO_LIST: it ended 2020-01-31T00:00:00Z",
  );
  expect(stdout).toContain("strongroom.lint.yaml:9 suppresses DOUBLE_SLASH, which is not found: remove it");
});

test.each([
  [
    "suppress:\n  - id: KV2_MOUNT_GLOBB\n    reason: x\n",
    'strongroom.lint.yaml:2:9  "KV2_MOUNT_GLOBB" is not possible for suppress[1].id.\n  Did you mean "KV2_MOUNT_GLOB"?',
  ],
  ["suppress:\n  - id: KV2_MOUNT_GLOB\n", "strongroom.lint.yaml:2:5  suppress[1] has no reason."],
  ["suppress:\n  - id: KV2_MOUNT_GLOB\n    reason: ' '\n", "strongroom.lint.yaml:3:13  the reason is empty."],
  ["suppress:\n  - { id: KV2_MOUNT_GLOB, reason: x, until: soon }\n", '"soon" is no time.'],
  ["supress: []\n", 'the file knows no "supress".\n  Did you mean "suppress"?'],
])("%j is refused with its line", async (text, message) => {
  calledIn({ "a.hcl": GLOB, "strongroom.lint.yaml": text });
  const { exitCode, stderr } = await policy("lint", "a.hcl");
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test("a version that is not known gets the nearest, and that is said; no engine is refused", async () => {
  calledIn({ "a.hcl": GLOB });
  expect((await policy("lint", "a.hcl", "--engine", "vault@9.0.0")).stdout).toContain(
    "! vault 9.0.0 is not among the versions that are known here; vault 2.2.2 stands in for it",
  );
  expect(await policy("lint", "a.hcl", "--engine", "consul@1.0.0")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('"consul@1.0.0" names no engine.'),
  });
});

test("a rule that has ended is not looked into, as on the engine, and told to have ended", async () => {
  calledIn({
    "p.hcl": 'path "a" {\n  expiration = "2020-01-01T00:00:00Z"\n  capabilities = ["bogus"]\n}\n',
    "later.hcl": 'path "a" {\n  expiration = "2999-01-01T00:00:00Z"\n  capabilities = ["bogus"]\n}\n',
  });
  const { exitCode, stdout } = await policy("lint", "p.hcl");
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining("EXPIRED_RULE")]);
  expect((await policy("lint", "later.hcl")).stdout).toContain('"bogus" is no capability');
});

test("standard input that does not end is refused, and not gathered until the memory is full", async () => {
  calledIn();
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.alloc(8 * 1024 * 1024, "#");
    })(),
  );
  const input = jest
    .spyOn(process, "stdin", "get")
    .mockReturnValue(endless as unknown as typeof process.stdin);
  const { exitCode, stderr } = await policy("lint", "-");
  input.mockRestore();
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Standard input has more than 67 MB")]);
});
