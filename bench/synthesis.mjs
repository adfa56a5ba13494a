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
    const seconds = { ours: [], raw: [] };
    for (let run = 0; run < 7; run++) {
      for (const side of ["raw", "ours"]) {
        rmSync(out, { recursive: true, force: true });
        seconds[side].push(
          timed("node", [join(built, `${side}.mjs`), secrets, roles, out].map(String)).seconds,
        );
      }
    }
    result[`${secrets} secrets, ${roles} roles`] = { ours: spread(seconds.ours), raw: spread(seconds.raw) };
    say(
      `${secrets} secrets, ${roles} roles: ${JSON.stringify(result[`${secrets} secrets, ${roles} roles`])}`,
    );
  }
  const [small, , large] = Object.values(result);
  return {
    ...result,
    figures: [
      figure("synthesis of 5,000 secrets with 500 roles / raw provider classes", small.ours, small.raw, 1.2),
      // Four times the secrets in at most four times the time, and a tenth for noise.
      figure("synthesis of 20,000 secrets / 5,000 secrets", large.ours, small.ours, 4.4),
    ],
  };
}
