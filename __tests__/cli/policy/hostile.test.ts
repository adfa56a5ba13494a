import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { calledIn, policy } from "./run";

/** Bad input, as it comes from outside: a clear refusal or the exact answer, from every command that reads policies. */
const REFUSED: readonly (readonly [name: string, text: string | Uint8Array, message: string])[] = [
  ["a null character", 'path "a\0" {}\n', "x.hcl:1:8  the document holds a null character"],
  ["bytes that are no UTF-8", Uint8Array.of(0x23, 0xff, 0x0a), "x.hcl:1:2  the document is not UTF-8"],
  ["a byte order mark", '\ufeffpath "a" {}\n', "x.hcl:1:1  the document begins with a byte order mark"],
  ["+*", 'path "a/+*" {}\n', "x.hcl:1:6"],
  ["an empty file", "", "x.hcl:1:1  the policy is empty"],
  ["deep nesting", `path "a" { comment = ${"[".repeat(100_000)}`, "is nested deeper than 500 levels"],
  [
    "a key that Vault refuses twice",
    'path "a" {\n  capabilities = ["read"]\n  capabilities = ["list"]\n}\n',
    "x.hcl:3:3",
  ],
];

describe.each(REFUSED)("%s", (_name, text, message) => {
  test.each([
    ["explain", ["read", "a", "--policy", "x.hcl"]],
    ["what-can", ["--policy", "x.hcl"]],
    ["diff", ["x.hcl", "x.hcl"]],
  ])("%s refuses it with its place", async (command, args) => {
    calledIn({ "x.hcl": text });
    const { exitCode, stdout, stderr } = await policy(command, ...args, "--engine", "vault@1.21.1");
    expect([exitCode, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
    expect(stderr).not.toContain("should not happen");
  });
});

test("a key twice is united by OpenBao, and told by lint", async () => {
  calledIn({ "x.hcl": REFUSED[6]?.[1] ?? "" });
  const asked = await policy("explain", "list", "a/", "--policy", "x.hcl");
  expect(asked.stdout).toContain("read, list");
  expect(await policy("lint", "x.hcl")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("x.hcl:2:18  warning  DUP_ATTR"),
  });
  expect(await policy("lint", "x.hcl", "--engine", "vault@1.21.1")).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining("x.hcl:3:3  error  duplicate-key"),
  });
});

test("CRLF is fine, and lines are counted", async () => {
  calledIn({ "x.hcl": '# why\r\npath "a" {\r\n  capabilities = ["read"]\r\n}\r\n' });
  expect((await policy("explain", "read", "a", "--policy", "x.hcl")).stdout).toContain("x.hcl:2:6");
});

test("an empty rule path is a rule like any other", async () => {
  calledIn({ "x.hcl": 'path "" { capabilities = ["read"] }\n' });
  expect((await policy("explain", "read", "a", "--policy", "x.hcl")).exitCode).toBe(1);
  expect((await policy("what-can", "--policy", "x.hcl")).exitCode).toBe(0);
});

const rules = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `path "secret/data/some/long/path/of/an/application/${index}" {\n  capabilities = ["read", "list"]\n}\n`,
  ).join("");

test("100,000 rules in 10 MB are asked and formatted", async () => {
  calledIn({ "x.hcl": rules(110_000) });
  const path = "secret/data/some/long/path/of/an/application/77777";
  expect((await policy("explain", "read", path, "--policy", "x.hcl")).stdout).toContain("x.hcl:233332:6");
  expect((await policy("fmt", "--check", "x.hcl")).exitCode).toBe(1);
}, 60_000);

test("tens of thousands of differences are told, each with both sides", async () => {
  calledIn({ "a.hcl": rules(1), "b.hcl": rules(30_000) });
  const { exitCode, stdout } = await policy("diff", "a.hcl", "b.hcl");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("✗ 59998 gained   a.hcl → b.hcl")]);
}, 60_000);

test("a rule of a million segments is asked, and what was not walked is unknown", async () => {
  calledIn({ "x.hcl": `path "${"a/".repeat(1_000_000)}*" {\n  capabilities = ["read"]\n}\n` });
  expect((await policy("explain", "read", "a/b", "--policy", "x.hcl")).exitCode).toBe(1);
  expect((await policy("lint", "x.hcl")).exitCode).toBe(0);
  expect((await policy("who-can", "read", "a/*", "--policy", "x.hcl")).exitCode).toBe(3);
}, 60_000);

test("20,000 rules are looked through", async () => {
  calledIn({ "x.hcl": rules(20_000) });
  expect((await policy("lint", "x.hcl")).stdout).toContain("Nothing found in 1 policy");
}, 60_000);

test.each([
  ["gone.hcl", "gone.hcl does not exist."],
  ["/dev/zero", "/dev/zero is a device."],
  ["empty", "empty holds no policy: no file in it ends in .hcl or .json."],
  ["other", "other holds no policy"],
])("%s is refused: %s", async (word, message) => {
  const folder = calledIn({ "other/readme.txt": "x", "other/package.json": "{}" });
  mkdirSync(join(folder, "empty"));
  for (const args of [
    ["lint", word],
    ["fmt", word],
    ["explain", "read", "a", "--policy", word],
  ]) {
    const { exitCode, stderr } = await policy(...args);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  }
});

test("a file that is called root is no root", async () => {
  calledIn({ "root.hcl": 'path "a" { capabilities = ["deny"] }\n' });
  expect((await policy("explain", "read", "a", "--policy", "root.hcl")).exitCode).toBe(1);
  expect((await policy("explain", "read", "b", "--policy", "root.hcl")).exitCode).toBe(1);
});

test("files that are called alike all count", async () => {
  calledIn({
    "p/a/app.hcl": 'path "a" { capabilities = ["read"] }\n',
    "p/b/app.hcl": 'path "a" { capabilities = ["deny"] }\n',
  });
  const { exitCode, stdout } = await policy("explain", "read", "a", "--policy", "p");
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining("deny  p/b/app.hcl:1:6 and 1 more")]);
});

test("a folder that links to itself is read once", async () => {
  const folder = calledIn({ "p/a.hcl": 'path "a" { capabilities = ["read"] }\n' });
  symlinkSync(join(folder, "p"), join(folder, "p", "loop"));
  expect((await policy("lint", "p")).stdout).toContain("in 1 policy");
});

test.each([
  ["explain", ["read", "a", "--policy", "x.hcl"]],
  ["lint", ["x.hcl"]],
  ["diff", ["x.hcl", "x.hcl"]],
  ["what-can", ["--policy", "x.hcl"]],
  ["escalations", ["--policy", "x.hcl"]],
])("%s says which version stands in for one that is not known", async (command, args) => {
  calledIn({ "x.hcl": "# -\n" });
  const { stdout } = await policy(command, ...args, "--engine", "openbao@9.9.9");
  expect(stdout).toContain("openbao 2.7.2 stands in for it");
});

test("a file that is too large for any engine is refused unread", async () => {
  const folder = calledIn({});
  const { truncateSync, writeFileSync } = await import("node:fs");
  writeFileSync(join(folder, "x.hcl"), "");
  truncateSync(join(folder, "x.hcl"), 200_000_000);
  expect((await policy("lint", "x.hcl")).stderr).toContain("has 200 MB; more than 67 MB are not read");
});
