import { join } from "node:path";
import { bundle } from "../bin/build.mjs";
import { ceiling, spread, timed } from "./measure.mjs";

const RUNS = 5;
const LINES = 1_000_000;

/**
 * A replay of 1,000,000 lines of an audit log by two revisions, beside JSON.parse of each of the lines, in turns; and of a
 * fifth of them, because memory must not grow with the log.
 */
export async function measureTraffic({ root, scratch, say }) {
  const built = join(scratch, "traffic");
  await bundle(root, built, { traffic: "bench/traffic.ts" });
  const run = (...args) => JSON.parse(timed("node", [join(built, "traffic.mjs"), ...args]).stdout);
  const [file, fifth] = [join(scratch, "audit.log"), join(scratch, "fifth.log")];
  run("write", file, String(LINES));
  run("write", fifth, String(LINES / 5));
  const rounds = { replay: [], parse: [], fifth: [] };
  for (let round = 0; round < RUNS; round++) {
    rounds.replay.push(run("replay", file));
    rounds.parse.push(run("parse", file));
    rounds.fifth.push(run("replay", fifth));
    say(`round ${round + 1} of ${RUNS}`);
  }
  const [first] = rounds.replay;
  // Of ten requests one is a write of a role that may no longer write.
  if (first.lines !== LINES || first.denied !== LINES / 20)
    throw new Error(`unexpected: ${JSON.stringify(first)}`);
  const result = {
    "replay of 1,000,000 lines, s": spread(rounds.replay.map(({ seconds }) => seconds)),
    "JSON.parse of each line, s": spread(rounds.parse.map(({ seconds }) => seconds)),
    "most memory, MB": spread(rounds.replay.map((each) => each.peak_rss_mb)),
    "most memory of a fifth of the lines, MB": spread(rounds.fifth.map((each) => each.peak_rss_mb)),
  };
  for (const [what, numbers] of Object.entries(result)) say(`${what}: ${JSON.stringify(numbers)}`);
  return {
    ...result,
    figures: [
      ceiling("replay of 1,000,000 audit lines", result["replay of 1,000,000 lines, s"], 20, "s"),
      ceiling("most memory of that", result["most memory, MB"], 300, "MB"),
    ],
  };
}
