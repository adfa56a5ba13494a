import { chmodSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { calledIn, policy } from "./run";

const UGLY = 'path "b" {capabilities=["update","create"]}\n# a\npath "a" { policy = "read" }\n';
const NEAT =
  '# a\npath "a" {\n  capabilities = ["read", "list"]\n}\n\npath "b" {\n  capabilities = ["create", "update"]\n}\n';
const COMMENTED = 'path "b" { # why\ncapabilities=["read"]}\n';

test("files are rewritten in place and named, those that are neat already are not", async () => {
  const folder = calledIn({ "p/ugly.hcl": UGLY, "p/neat.hcl": NEAT });
  chmodSync(join(folder, "p/ugly.hcl"), 0o640);
  expect(await policy("fmt", "p")).toEqual({ exitCode: 0, stdout: "p/ugly.hcl\n", stderr: "" });
  expect(readFileSync(join(folder, "p/ugly.hcl"), "utf8")).toBe(NEAT);
  expect(statSync(join(folder, "p/ugly.hcl")).mode & 0o777).toBe(0o640);
  expect(await policy("fmt", "p")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

test("with --check nothing is written, and the exit code tells", async () => {
  const folder = calledIn({ "ugly.hcl": UGLY, "neat.hcl": NEAT });
  expect(await policy("fmt", "--check", "ugly.hcl", "neat.hcl")).toMatchObject({
    exitCode: 1,
    stdout: "ugly.hcl\n",
  });
  expect(readFileSync(join(folder, "ugly.hcl"), "utf8")).toBe(UGLY);
  expect(await policy("fmt", "--check", "neat.hcl")).toMatchObject({ exitCode: 0, stdout: "" });
});

test("a comment that the canonical form has no place for is kept, and that is said", async () => {
  const folder = calledIn({ "c.hcl": COMMENTED });
  expect((await policy("fmt", "c.hcl")).stdout).toContain(
    "c.hcl   layout only: the canonical form has no place for the comment in line 1",
  );
  expect(readFileSync(join(folder, "c.hcl"), "utf8")).toBe(
    'path "b" { # why\n  capabilities = ["read"]\n}\n',
  );
});

test("one file that is refused leaves all as they are", async () => {
  const folder = calledIn({ "a.hcl": UGLY, "b.hcl": 'path "x" {' });
  const { exitCode, stderr } = await policy("fmt", "a.hcl", "b.hcl");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("✗ b.hcl:1:10  this { is never closed\n  Close it with a }.");
  expect(readFileSync(join(folder, "a.hcl"), "utf8")).toBe(UGLY);
});

test("CRLF becomes LF", async () => {
  const folder = calledIn({ "a.hcl": NEAT.replaceAll("\n", "\r\n") });
  await policy("fmt", "a.hcl");
  expect(readFileSync(join(folder, "a.hcl"), "utf8")).toBe(NEAT);
});

test.each([
  [[], "No policy is named."],
  [["-", "a.hcl"], "- is standard input and stands alone."],
  [["gone.hcl"], "gone.hcl does not exist."],
])("%j is refused", async (args, message) => {
  calledIn({});
  const { exitCode, stderr } = await policy("fmt", ...args);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});
