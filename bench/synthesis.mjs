import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bin/build.mjs";
import { figure, spread, timed } from "./measure.mjs";

/** Secrets and roles; the first is the one with a promise, all three show whether it grows linearly. */
const SIZES = [
  [5000, 500],
  [10000, 1000],
  [20000, 2000],
];

/** Whole-process synthesis, ours against the same resources as the provider's own classes. */
export async function measureSynthesis({ scratch, say }) {
  const built = join(scratch, "synthesis");
  await bundle(process.cwd(), built, { ours: "bench/synthesis-ours.ts", raw: "bench/synthesis-raw.ts" });
  const out = join(scratch, "out");
  const result = {};
  for (const [secrets, roles] of SIZES) {
    const sides = {
      raw: ["raw.mjs", secrets, roles, out],
      ours: ["ours.mjs", secrets, roles, out],
      // With so many guardrails, of which five are about every secret.
      guarded: ["ours.mjs", secrets, roles, out, 50],
    };
    const seconds = { raw: [], ours: [], guarded: [] };
    for (let run = 0; run < 7; run++) {
      for (const [side, [file, ...args]] of Object.entries(sides)) {
        rmSync(out, { recursive: true, force: true });
        seconds[side].push(timed("node", [join(built, file), ...args].map(String)).seconds);
      }
    }
    const size = `${secrets} secrets, ${roles} roles`;
    result[size] = Object.fromEntries(Object.entries(seconds).map(([side, times]) => [side, spread(times)]));
    say(`${size}: ${JSON.stringify(result[size])}`);
  }
  const [small, , large] = Object.values(result);
  return {
    ...result,
    figures: [
      figure("synthesis of 5,000 secrets with 500 roles / raw provider classes", small.ours, small.raw, 1.2),
      figure("synthesis of 5,000 secrets with 50 guardrails / without", small.guarded, small.ours, 1.3),
      // Four times the secrets in at most four times the time, and a tenth for noise.
      figure("synthesis of 20,000 secrets / 5,000 secrets", large.ours, small.ours, 4.4),
    ],
  };
}
