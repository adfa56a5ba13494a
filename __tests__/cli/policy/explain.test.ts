import { calledIn, policy } from "./run";

const APP = `path "secret/data/app/*" {
  capabilities = ["list"]
}
path "secret/*" { capabilities = ["read", "list"] }
path "secret/data/+/db" { capabilities = ["read"] }
path "kv/limited" { capabilities = ["update"] required_parameters = ["ttl"] max_wrapping_ttl = "60s" }
path "own/{{identity.entity.name}}" { capabilities = ["read"] }
path "sys/audit" { capabilities = ["read"] }
`;

test("a denied request names the rule that decides, those that lost and why, and what would change it", async () => {
  calledIn({ "app.hcl": APP });
  const { exitCode, stdout } = await policy("explain", "read", "secret/data/app/db", "--policy", "app.hcl");
  expect(exitCode).toBe(1);
  expect(stdout).toBe(`✗ denied  read secret/data/app/db   as Policy app
  the rule that decides does not grant the capability

  decides  path "secret/data/app/*"  list        app.hcl:1:6
  lost     path "secret/data/+/db"   read        app.hcl:5:6
           path "secret/data/app/*" outranks it: its first wildcard comes later
  lost     path "secret/*"           read, list  app.hcl:4:6
           path "secret/data/app/*" outranks it: its first wildcard comes later

  What would change the answer
  · Add "read" to path "secret/data/app/*", in any policy.
  · Add path "secret/data/app/db" with "read": an exact rule wins.

  app.hcl · openbao@2.7.2
`);
});

test("an allowed request exits with 0, as JSON with a schema version", async () => {
  calledIn({ "app.hcl": APP });
  const { exitCode, stdout } = await policy(
    "explain",
    "GET",
    "/v1/secret/x",
    "--policy",
    "app.hcl",
    "--json",
  );
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    verdict: "allowed",
    reason: "granted",
    operation: "read",
    path: "secret/x",
    rules: [{ path: "secret/*", decides: true, places: [{ policy: "app", place: { line: 4, column: 6 } }] }],
  });
});

test("a template of nobody known is unknown, and exits with 3", async () => {
  calledIn({ "app.hcl": APP });
  const { exitCode, stdout } = await policy("explain", "read", "own/alice", "--policy", "app.hcl");
  expect(exitCode).toBe(3);
  expect(stdout).toContain("? unknown  read own/alice");
  expect(stdout).toContain("depends on identity.entity.name, which is not known");
});

test("parameters and wrapping are judged, and never shown", async () => {
  calledIn({ "app.hcl": APP, "data.json": '{"ttl": "hidden-value"}' });
  const asked = ["explain", "update", "kv/limited", "--policy", "app.hcl"];
  expect((await policy(...asked)).stdout).toContain(
    "The rule asks for more: wrapped for at most 60s; parameters ttl required.",
  );
  expect(await policy(...asked, "--wrap-ttl", "2m")).toMatchObject({ exitCode: 1 });
  const inline = await policy(...asked, "--wrap-ttl", "60s", "--data", '{"ttl": "hidden-value"}');
  const file = await policy(...asked, "--wrap-ttl", "60", "--data", "@data.json");
  expect([inline.exitCode, file.exitCode]).toEqual([0, 0]);
  expect(inline.stdout + file.stdout).not.toContain("hidden-value");
});

test("JSON that is none is refused without being repeated", async () => {
  calledIn({ "app.hcl": APP });
  const { exitCode, stderr } = await policy(
    "explain",
    "update",
    "x",
    "--policy",
    "app.hcl",
    "--data",
    "hidden-value",
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--data is not JSON.");
  expect(stderr).not.toContain("hidden-value");
  expect((await policy("explain", "update", "x", "--policy", "app.hcl", "--data", "[1]")).stderr).toContain(
    "is no JSON object",
  );
  expect((await policy("explain", "update", "x", "--policy", "app.hcl", "--data", "@gone")).stderr).toContain(
    "gone does not exist",
  );
  expect(
    (await policy("explain", "update", "x", "--policy", "app.hcl", "--wrap-ttl", "soon")).stderr,
  ).toContain('--wrap-ttl "soon" is no duration');
});

test("sudo is asked for where the engine does", async () => {
  calledIn({ "app.hcl": APP });
  expect((await policy("explain", "read", "sys/audit", "--policy", "app.hcl")).stdout).toContain(
    'Add "sudo" to path "sys/audit"',
  );
});

test("KV v2 is pointed at where data/ is missing", async () => {
  calledIn({ "app.hcl": APP });
  const { stdout } = await policy("explain", "read", "secret/app", "--policy", "app.hcl", "--kv2", "secret");
  expect(stdout).toContain("! secret/ is KV version 2: the API has this secret at secret/data/app");
});

test("wildcards in a request are taken for what they are, and said so", async () => {
  calledIn({ "app.hcl": APP });
  const { stdout } = await policy("explain", "read", "secret/*", "--policy", "app.hcl");
  expect(stdout).toContain("in a request + and * stand for themselves");
});

test.each([
  [["raed", "x"], '"raed" is no operation.\n  Did you mean "read"?'],
  [["read", ""], "The path is empty."],
  [["read", "/v1/"], "The path is empty."],
])("%j is refused with the next step", async ([operation, path], message) => {
  calledIn({ "app.hcl": APP });
  const { exitCode, stderr } = await policy(
    "explain",
    operation as string,
    path as string,
    "--policy",
    "app.hcl",
  );
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test("several files are held together; a folder is all of its files", async () => {
  calledIn({
    "p/a.hcl": 'path "x" { capabilities = ["read"] }',
    "p/b.hcl": 'path "x" { capabilities = ["deny"] }',
  });
  const files = await policy("explain", "read", "x", "--policy", "p/a.hcl", "p/b.hcl");
  expect(files.exitCode).toBe(1);
  expect(files.stdout).toContain("deny  p/b.hcl:1:6 and 1 more");
  expect((await policy("explain", "read", "x", "--policy", "p")).stdout).toContain("as Policies a, b");
});

test("somebody of a folder with roles is asked by title, and who asks has to be said", async () => {
  calledIn({
    "p/a.hcl": 'path "x" { capabilities = ["read"] }',
    "p/roles.yaml":
      "schema_version: 1\nroles:\n  auth/approle/role/app: { policies: [a] }\n  auth/approle/role/web: { policies: [] }\n",
  });
  expect((await policy("explain", "read", "x", "--from", "p", "--as", "AppRole app")).exitCode).toBe(0);
  expect((await policy("explain", "read", "x", "--from", "p", "--as", "web")).exitCode).toBe(1);
  const unsaid = await policy("explain", "read", "x", "--from", "p");
  expect(unsaid.exitCode).toBe(2);
  expect(unsaid.stderr).toContain('Name one of "AppRole app", "AppRole web"');
  const stranger = await policy("explain", "read", "x", "--from", "p", "--as", "appp");
  expect(stranger.stderr).toContain('Did you mean "AppRole app"?');
});

test("what would steer the terminal is made visible", async () => {
  calledIn({ "app.hcl": 'path "a\\u001b[31m" { capabilities = ["read"] }\n' });
  const { stdout } = await policy("explain", "read", "a\u001b[31m", "--policy", "app.hcl");
  expect(stdout).toContain("read a\\u{1b}[31m");
});

const OWN = 'path "secret/data/{{identity.entity.name}}/*" {\n  capabilities = ["read"]\n}\n';

test("with the entity that asks templates are filled; without it nobody can tell, and that is said", async () => {
  calledIn({ "x.hcl": OWN, "anna.json": '{"id": "1", "name": "anna"}' });
  const ask = ["explain", "read", "secret/data/anna/a", "--policy", "x.hcl"];
  const unknown = await policy(...ask);
  expect([unknown.exitCode, unknown.stdout]).toEqual([3, expect.stringContaining("Say which entity asks")]);
  expect(await policy(...ask, "--entity", "@anna.json")).toMatchObject({ exitCode: 0 });
  expect(await policy(...ask, "--entity", '{"id": "2", "name": "otto"}')).toMatchObject({ exitCode: 1 });
});

test("an entity that is none is refused with its place", async () => {
  calledIn({ "x.hcl": OWN });
  const ask = ["explain", "read", "a", "--policy", "x.hcl", "--entity"];
  expect(await policy(...ask, '{"id": "1"}')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("--entity:1:1"),
  });
  expect(await policy(...ask, '{"id": "1", "nam": "x"}')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean "name"?'),
  });
  expect(await policy(...ask, "@gone.json")).toMatchObject({ exitCode: 2 });
});

test("of an engine whose version does not tell, only a server can", async () => {
  calledIn({ "x.hcl": 'path "a" { capabilities = ["read"] }\n' });
  const { exitCode, stdout } = await policy(
    "explain",
    "read",
    "a",
    "--policy",
    "x.hcl",
    "--engine",
    "vault@2.1.2",
  );
  expect([exitCode, stdout]).toEqual([3, expect.stringContaining("Ask a server of this version")]);
});

test("of several files every one that no engine takes is told", async () => {
  calledIn({
    "p/a.hcl": 'path "a" { capabilities = ["raed"] }\n',
    "p/b.hcl": APP,
    "p/c.json": '{"path":{"a":{"capabilities":["wirte"]}}}',
  });
  const { exitCode, stderr } = await policy("explain", "read", "a", "--policy", "p");
  expect(exitCode).toBe(2);
  expect(stderr).toContain('p/a.hcl:1:28  "raed" is no capability');
  expect(stderr).toContain('p/c.json:1:31  "wirte" is no capability');
});
