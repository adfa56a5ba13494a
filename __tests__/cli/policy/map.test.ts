import { readFileSync } from "node:fs";
import { join } from "node:path";
import { calledIn, policy } from "./run";

const READ = 'path "secret/data/app/*" {\n  capabilities = ["read"]\n}\n';

test("the page is written where the command was typed", async () => {
  const folder = calledIn({ "app.hcl": READ });
  const { exitCode, stdout } = await policy("map", "--from", "app.hcl", "--kv2", "secret");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("access-map.html   1 principal · 0 secrets · app.hcl on openbao 2.7.2");
  expect(stdout).toContain(`open file://${folder}/access-map.html`);
  expect(readFileSync(join(folder, "access-map.html"), "utf8")).toContain(
    "<title>Access map · app.hcl · Strongroom</title>",
  );
});

test("with - it is printed, and nothing else", async () => {
  calledIn({ "app.hcl": READ });
  const { stdout } = await policy("map", "--from", "app.hcl", "--output", "-");
  expect(stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
});

test("a place that cannot be written is told", async () => {
  calledIn({ "app.hcl": READ, taken: "" });
  const { exitCode, stderr } = await policy("map", "--from", "app.hcl", "--output", "taken/map.html");
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /taken\/map\.html cannot be written \((EEXIST|ENOTDIR)\)\.\n {2}Name another file with --output\./,
  );
});

test("what cannot be read is told, and no page written", async () => {
  calledIn({ "app.hcl": 'path "x" {' });
  const { exitCode, stderr } = await policy("map", "--from", "app.hcl");
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("app.hcl")]);
});
