import { calledIn, policy } from "./run";

const READ = 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n';
const MORE = `${READ}path "secret/data/app/key" {\n  capabilities = ["deny"]\n}\npath "sys/mounts" {\n  capabilities = ["read"]\n}\n`;

test("what is gained and lost is told with a path that shows it, and the rules on both sides", async () => {
  calledIn({ "old.hcl": READ, "new.hcl": MORE });
  const { exitCode, stdout } = await policy("diff", "old.hcl", "new.hcl");
  expect(exitCode).toBe(1);
  expect(stdout).toBe(`Policy new
  + gained  read  sys/mounts
      before: no rule matches
      after:  path "sys/mounts"  new.hcl:7:6
  - lost    read  secret/data/app/key
      before: path "secret/data/app/*"  old.hcl:1:6
      after:  path "secret/data/app/key"  new.hcl:4:6

✗ 1 gained, 1 lost   old.hcl → new.hcl · 0 holders unchanged · openbao@2.7.2
`);
});

test("another text with the same access is no difference", async () => {
  calledIn({
    "old.hcl": MORE,
    "new.hcl": `# moved\n${MORE.split("path").reverse().join("path")}`.replace(/path$/, ""),
  });
  calledIn({ "old.hcl": READ, "new.hcl": `# why\n${READ}${READ}` });
  const { exitCode, stdout } = await policy("diff", "old.hcl", "new.hcl");
  expect(stdout).toContain("✔ No difference in access");
  expect(exitCode).toBe(0);
});

test("a template of nobody known is unknown, and exits with 3", async () => {
  calledIn({
    "old.hcl": READ,
    "new.hcl": `${READ}path "own/{{identity.entity.id}}" {\n  capabilities = ["read"]\n}\n`,
  });
  const { exitCode, stdout } = await policy("diff", "old.hcl", "new.hcl");
  expect(exitCode).toBe(3);
  expect(stdout).toContain("identity.entity.id is not known");
});

test("what is certain counts before what nobody can tell: exit code 1", async () => {
  calledIn({
    "old.hcl": READ,
    "new.hcl": `${MORE}path "own/{{identity.entity.id}}" {\n  capabilities = ["read"]\n}\n`,
  });
  const { exitCode, stdout } = await policy("diff", "old.hcl", "new.hcl");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("identity.entity.id is not known");
});

test("as JSON each difference has its witness and places", async () => {
  calledIn({ "old.hcl": READ, "new.hcl": MORE });
  const told = JSON.parse((await policy("diff", "old.hcl", "new.hcl", "--json")).stdout);
  expect(told).toMatchObject({
    schema_version: 1,
    base: { source: "old.hcl" },
    differences: [
      {
        kind: "gained",
        capability: "read",
        witness: "sys/mounts",
        acl_only: false,
        holders: ["Policy new"],
        before: null,
      },
      { kind: "lost", before: { path: "secret/data/app/*", places: [{ policy: "old" }] } },
    ],
  });
});

test("folders are compared policy by policy", async () => {
  calledIn({ "a/app.hcl": READ, "a/web.hcl": READ, "b/app.hcl": MORE, "b/web.hcl": READ });
  const { stdout } = await policy("diff", "a", "b");
  expect(stdout).toContain("Policy app\n");
  expect(stdout).toContain("1 holder unchanged");
});

test("what a rule that ends changes later is told with its day, and conditions with the rule", async () => {
  calledIn({
    "a.hcl": 'path "a" { capabilities = ["read"] }\n',
    "b.hcl":
      'path "a" { capabilities = ["read"] expiration = "2999-01-01T00:00:00Z" min_wrapping_ttl = "1m" }\n',
  });
  const { exitCode, stdout } = await policy("diff", "a.hcl", "b.hcl");
  expect(exitCode).toBe(1);
  expect(stdout).toContain("- lost      read  a  from 2999-01-01T00:00:00Z");
  expect(stdout).toContain('after:  path "a"  b.hcl:1:6  asks for wrapped for at least 60s');
});

test("standard input cannot be both sides", async () => {
  const { exitCode, stderr } = await policy("diff", "-", "-");
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Standard input can be read once only.")]);
});
