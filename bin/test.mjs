/**
 * `npm test`: runs every test that this machine can run and ends by naming each part that it could not run, and why.
 * With `--all` (or STRONGROOM_TEST_ALL=1) it gets what is missing, OpenTofu and Vault too, and a part that could still not be run
 * is a failure. Other arguments name the suites to run: `npm test -- unit`, `npm test -- up-container`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages, prepare } from "./prepare.mjs";
import { partsHere } from "./test-parts.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const all = args.includes("--all") || process.env.STRONGROOM_TEST_ALL === "1";
const chosen = args.filter((arg) => !arg.startsWith("-"));

const real = join(root, "__tests__", "real");
const suites = readdirSync(real).flatMap((file) => /^(.*)\.test\.ts$/.exec(file)?.[1] ?? []);
const strange = chosen.filter((name) => name !== "unit" && !suites.includes(name));
if (strange.length > 0) {
  process.stderr.write(`✗ there is no suite ${strange.join(", ")}.\n  Use unit, ${suites.join(", ")}.\n`);
  process.exit(2);
}

process.chdir(root);
installPackages(root, [], "jest");
await prepare(root);

const needs = JSON.parse(readFileSync(join(real, "needs.json"), "utf8"));
const has = partsHere(all);
const notRun = [];
let passed = 0;
let failed = 0;

// Suites on a stage of their own have ports of their own too; the others share fixed ones and take turns. All spend much of their
// time waiting for servers, so two run side by side: one worker sees to the fixed ones first, then both to what is left.
const queues = { fixed: [], stage: [] };
// Alone they may have every core; beside the suites, jest leaves one.
const workers = chosen.join() === "unit" ? ["--maxWorkers=100%"] : [];
if (chosen.length === 0 || chosen.includes("unit"))
  queues.fixed.push(["unit tests", ["--selectProjects", "unit", ...workers]]);
for (const suite of suites.filter((each) => chosen.length === 0 || chosen.includes(each))) {
  const { lane, needs: needed } = entryOf(suite);
  const missing = needed.find((need) => has[need] !== true);
  if (missing) notRun.push(`${suite}: ${has[missing]}`);
  else
    queues[lane].push([
      suite,
      ["--selectProjects", "real", "--runInBand", "--verbose", `__tests__/real/${suite}.test.ts`],
    ]);
}
await Promise.all([work(queues.fixed, queues.stage), work(queues.stage)]);

if (notRun.length > 0) {
  process.stdout.write(`\nNot run on this machine:\n${notRun.map((line) => `  ${line}\n`).join("")}`);
  if (all) failed += notRun.length;
  else process.stdout.write("  Get what is missing and run everything with: npm test -- --all\n");
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** What a suite needs beyond Node, and its lane: by its own name, else by the longest prefix that is listed. */
function entryOf(suite) {
  const key = Object.keys(needs)
    .filter((prefix) => suite === prefix || suite.startsWith(`${prefix}-`))
    .sort((a, b) => b.length - a.length)[0];
  if (key === undefined) throw new Error(`__tests__/real/needs.json does not say what ${suite} needs`);
  return needs[key];
}

/** Works through queues in their order, one suite after the other. */
async function work(...own) {
  for (;;) {
    const next = own.find((queue) => queue.length > 0)?.shift();
    if (!next) return;
    await count(...next);
  }
}

/** Runs jest on one suite, shows what it said when it is done, and adds up what came of it. */
async function count(title, jestArgs) {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-test-"));
  const report = join(folder, "report.json");
  const started = Date.now();
  try {
    const jest = join("node_modules", "jest", "bin", "jest.js");
    const { code, said } = await run("node", [jest, "--ci", "--json", `--outputFile=${report}`, ...jestArgs]);
    process.stdout.write(`\n▸ ${title} (${Math.round((Date.now() - started) / 1000)} s)\n${said}`);
    const result = JSON.parse(readFileSync(report, "utf8"));
    passed += result.numPassedTests;
    failed +=
      result.numFailedTests + result.numRuntimeErrorTestSuites + result.numPendingTests + result.numTodoTests;
    if (code !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) failed += 1;
  } catch (error) {
    process.stdout.write(`\n▸ ${title} did not run to its end: ${error.message}\n`);
    failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** jest tells its story on standard error; standard output is the report again. */
function run(command, commandArgs) {
  const child = spawn(command, commandArgs, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, said }));
  });
}
