import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const PREPARE = pathToFileURL(resolve("bin/prepare.mjs")).href;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "strongroom-prepare-"));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  mkdirSync(join(root, "cli"));
  writeFileSync(join(root, "main.ts"), "");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function prepared(main: string): { status: number | null; stderr: string } {
  writeFileSync(join(root, "cli", "main.ts"), main);
  const script = `import(${JSON.stringify(PREPARE)}).then(({ prepare }) => prepare(${JSON.stringify(root)}))`;
  return spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
}

// A negative verdict ends with 1: a pipeline must not take one for the other.
test("sources that are no TypeScript are a mistake with its line, and no verdict", () => {
  const { status, stderr } = prepared("\nexport clas Shop {}\n");
  expect(status).toBe(2);
  expect(stderr).toContain("✗ cli/main.ts:2:8  Unexpected");
  expect(stderr).not.toMatch(/\n +at /);
  expect(readdirSync(root).sort()).toEqual(["cli", "main.ts", "node_modules"]);
});

test("sources that are right are bundled", () => {
  expect(prepared("export const answer: number = 42;\n").status).toBe(0);
  expect(readdirSync(join(root, "dist"))).toContain("cli.mjs");
});
