/**
 * `npm run bench`: the figures of docs/performance.md, each side by side with its reference in one run, in turns, so that a busy
 * moment of the machine meets both. Writes bench/results.json. Arguments name the parts to run: `npm run bench -- start synthesis`.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "../bin/prepare.mjs";
import { measureCommands } from "./commands.mjs";
import { measurePolicies } from "./policies.mjs";
import { measureReport } from "./report.mjs";
import { measureReview } from "./review.mjs";
import { measureStart } from "./start.mjs";
import { measureSynthesis } from "./synthesis.mjs";
import { measureTraffic } from "./traffic.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
await prepare(root);
const chosen = process.argv.slice(2);
const parts = {
  commands: measureCommands,
  policies: measurePolicies,
  report: measureReport,
  review: measureReview,
  synthesis: measureSynthesis,
  start: measureStart,
  traffic: measureTraffic,
};
const file = join("bench", "results.json");
const results = read(file);

const scratch = join(root, `dist.bench-${process.pid}`);
mkdirSync(scratch);
try {
  for (const [name, measure] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    process.stdout.write(`\n▸ ${name}\n`);
    results[name] = await measure({ root, scratch, say: (line) => process.stdout.write(`  ${line}\n`) });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const machine = {
  cores: cpus().length,
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
};
writeFileSync(file, `${JSON.stringify({ ...results, machine }, null, 2)}\n`);
for (const figure of Object.values(results).flatMap((part) => part?.figures ?? [])) {
  const { met, what, ratio, value, unit, limit, least } = figure;
  const measured = ratio ?? `${value} ${unit}`;
  process.stdout.write(`${met ? "✔" : "✗"} ${what}: ${measured} (at ${least ? "least" : "most"} ${limit})\n`);
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return {};
  }
}
