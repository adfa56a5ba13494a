import { calledIn, policy } from "./run";

const FILES = {
  "p/reader.hcl": 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n',
  "p/limited.hcl":
    'path "secret/data/app/db" {\n  capabilities = ["read"]\n  required_parameters = ["version"]\n}\n',
  "p/admin.hcl": 'path "sys/policies/acl/*" {\n  capabilities = ["create", "update"]\n}\n',
  "p/own.hcl": 'path "own/{{identity.entity.name}}/*" {\n  capabilities = ["read"]\n}\n',
  "p/roles.yaml": `schema_version: 1
mounts:
  secret/: { type: kv, version: 2 }
roles:
  auth/approle/role/app: { policies: [reader], no_default_policy: true }
  auth/approle/role/web: { policies: [limited], no_default_policy: true }
  auth/approle/role/ops: { policies: [admin], no_default_policy: true }
  auth/approle/role/own: { policies: [own], no_default_policy: true }
  auth/approle/role/lost: { policies: [gone], no_default_policy: true }
`,
};

test("who-can tells level, rule and line of everybody who may", async () => {
  calledIn(FILES);
  const { exitCode, stdout } = await policy("who-can", "read", "secret/app/db", "--from", "p");
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`Who can read values of secret/app/db

  AppRole app  ✔ fully             path "secret/data/app/*"   p/reader.hcl:1:6
  AppRole web  ✔ under conditions  path "secret/data/app/db"  p/limited.hcl:1:6

  Nobody else of 5 principals.   p · openbao@2.7.2
`);
  expect(stdout).toContain("! policy gone is held but not there, and engines skip it");
});

test("who-can of a tree tells who may only a part of it, and what not", async () => {
  calledIn(FILES);
  const told = JSON.parse((await policy("who-can", "read", "secret/app/*", "--from", "p", "--json")).stdout);
  expect(told).toMatchObject({ schema_version: 1, question: "read values of secret/app/*", others: 3 });
  expect(told.principals).toMatchObject([
    { title: "AppRole app", level: "full", missing: [] },
    { title: "AppRole web", level: "partial", missing: [{ capabilities: ["read"] }] },
  ]);
});

test("who-can of nobody says so, and of whom nobody can tell exits with 3", async () => {
  calledIn(FILES);
  expect((await policy("who-can", "destroy", "secret/app/db", "--from", "p")).stdout).toContain(
    "  Nobody of 5 principals.",
  );
  const unknown = await policy("who-can", "read", "own/x/y", "--from", "p");
  expect(unknown.exitCode).toBe(3);
  expect(unknown.stdout).toContain("? unknown");
});

test("who-can of a list asks for sudo where the path with its slash needs it", async () => {
  calledIn({ "list.hcl": 'path "sys/leases/lookup/" { capabilities = ["list"] }\n' });
  const { stdout } = await policy("who-can", "list", "sys/leases/lookup", "--policy", "list.hcl");
  expect(stdout).not.toContain("fully");
});

test("who-can of a region asks for sudo on those of its paths that need it", async () => {
  calledIn({
    "without.hcl": 'path "sys/*" { capabilities = ["read"] }\n',
    "with.hcl": 'path "sys/*" { capabilities = ["read", "sudo"] }\n',
  });
  const asked = async (target: string, file: string) => {
    const { stdout } = await policy("who-can", "read", target, "--policy", file, "--json");
    return JSON.parse(stdout).principals.map(({ level, missing }: { level: string; missing: object[] }) => [
      level,
      missing,
    ]);
  };
  expect(await asked("sys/*", "with.hcl")).toEqual([["full", []]]);
  expect(await asked("sys/*", "without.hcl")).toEqual([
    ["partial", [{ path: expect.stringMatching(/^sys\/./), capabilities: ["read", "sudo"] }]],
  ]);
  expect(await asked("sys/raw/*", "without.hcl")).toEqual([]);
  expect(await asked("sys/policies/*", "without.hcl")).toEqual([["full", []]]);
  expect(await asked("sys/+/x", "without.hcl")).toMatchObject([
    ["partial", [{ capabilities: ["read", "sudo"] }]],
  ]);
});

test("files that are called alike are told apart by their paths as a person names them", async () => {
  const read = 'path "a" { capabilities = ["read"] }\n';
  calledIn({ "p/a.hcl": read, "p/sub/A.hcl": read });
  const { stdout } = await policy("who-can", "read", "a", "--policy", "p");
  expect(stdout).toContain("Policy a            ✔ fully");
  expect(stdout).toContain("Policy p/sub/A.hcl  ✔ fully");
});

test("what-can tells every rule that decides, with templates as they are written", async () => {
  calledIn(FILES);
  const { exitCode, stdout } = await policy("what-can", "web", "--from", "p");
  expect([exitCode, stdout]).toEqual([
    0,
    expect.stringContaining("secret/data/app/db  read (under conditions)  p/limited.hcl:1:6"),
  ]);
  expect(JSON.parse((await policy("what-can", "own", "--from", "p", "--json")).stdout).regions).toMatchObject(
    [{ path: "own/{{identity.entity.name}}/*", capabilities: ["read"], templated: true }],
  );
  expect((await policy("what-can", "lost", "--from", "p")).stdout).toContain("Nothing.");
  expect((await policy("what-can", "--from", "p")).stderr).toContain("who asks is not said");
});

test("what-can says of paths that need sudo that without it nothing of it works", async () => {
  calledIn({
    "p.hcl": `path "sys/raw/*" { capabilities = ["read", "update"] }
path "sys/auth/x" { capabilities = ["read", "sudo"] }
path "sys/mounts" { capabilities = ["read"] }
`,
  });
  const { stdout } = await policy("what-can", "--policy", "p.hcl");
  expect(stdout).toContain("sys/raw/*   nothing: read, update here needs sudo as well  p.hcl:1:6");
  expect(stdout).toContain("sys/auth/x  read, sudo ");
  expect(stdout).toContain("sys/mounts  read ");
  const { regions } = JSON.parse((await policy("what-can", "--policy", "p.hcl", "--json")).stdout);
  expect(regions.map(({ path, lacks_sudo }: Record<string, unknown>) => [path, lacks_sudo])).toEqual([
    ["sys/auth/x", false],
    ["sys/mounts", false],
    ["sys/raw/*", true],
  ]);
});

test("escalations exits with 1 and shows each step", async () => {
  calledIn(FILES);
  const { exitCode, stdout } = await policy("escalations", "--from", "p");
  expect(exitCode).toBe(1);
  expect(stdout).toContain(
    "✗ AppRole ops can come to everything\n   1. AppRole ops rewrites its own policy admin\n",
  );
  expect(JSON.parse((await policy("escalations", "--from", "p", "--json")).stdout).chains).toHaveLength(1);
});

test("escalations without a way to everything exits with 0", async () => {
  calledIn({ "a.hcl": FILES["p/reader.hcl"] });
  expect(await policy("escalations", "--policy", "a.hcl")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("✔ Nobody can come to more than they were given"),
  });
});

test("print gives the reviewer's policy, in a form that is accepted", async () => {
  const folder = calledIn({});
  const { stdout } = await policy("print", "reviewer");
  const { writeFileSync } = await import("node:fs");
  writeFileSync(`${folder}/r.hcl`, stdout);
  expect((await policy("explain", "read", "sys/audit", "--policy", "r.hcl")).exitCode).toBe(0);
  expect((await policy("explain", "read", "secret/data/x", "--policy", "r.hcl")).exitCode).toBe(1);
  expect(await policy("print", "reviewr")).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Did you mean "reviewer"?'),
  });
});

test("root beside other policies is no root: no engine lets such a login do anything", async () => {
  const roles = FILES["p/roles.yaml"].replace("policies: [gone]", "policies: [root, reader]");
  calledIn({ ...FILES, "p/roles.yaml": roles });
  const why = "AppRole lost holds root beside other policies, which no engine puts together";
  for (const asked of [
    ["explain", "read", "a", "--as", "lost"],
    ["what-can", "lost"],
    ["who-can", "read", "a"],
    ["diff", "p", "p"],
  ]) {
    const from = asked[0] === "diff" ? [] : ["--from", "p"];
    const { exitCode, stdout } = await policy(...asked, ...from);
    expect([exitCode, stdout.split(why).length - 1]).toEqual([3, 1]);
  }
});

test("escalations of a policy that cannot be read are not known, and nothing claims otherwise", async () => {
  calledIn({ "p/broken.hcl": 'path "a" {\n  capabilities = ["raed"]\n}\n' });
  const { exitCode, stdout } = await policy("escalations", "--from", "p");
  expect([exitCode, stdout]).toEqual([3, expect.stringContaining("policy broken cannot be read")]);
  expect(stdout).not.toContain("✔");
});
