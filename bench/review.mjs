import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../bin/build.mjs";
import { copyOf } from "./copy-of.mjs";
import { ceiling, spread, timed } from "./measure.mjs";

const RUNS = 5;

/**
 * The review of a pull request that grants one more secret, on this repository: as whole processes, with nothing kept and with
 * the base kept; and the comparison of 1,000 principals with 10,000 policies, of which 20 change.
 */
export async function measureReview({ root, scratch, say }) {
  const project = checkout(root, join(scratch, "pull-request"));
  const result = {
    ...(await wholeProcess(project, join(scratch, "cache"))),
    ...(await large(root, scratch)),
  };
  for (const [name, value] of Object.entries(result)) say(`${name}: ${JSON.stringify(value)}`);
  return {
    ...result,
    figures: [
      ceiling("review of a pull request", result.cold, 3, "s"),
      ceiling("the same with the base kept", result.kept, 1, "s"),
      ceiling("review of 1,000 principals with 10,000 policies, 20 changed", result.large, 2, "s"),
      ceiling("most memory of that, workload included", result.large_peak_mb, 500, "MB"),
    ],
  };
}

/** A repository of its own with the working tree committed, and one grant more than that. */
function checkout(root, folder) {
  copyOf(root, folder);
  const git = (args) =>
    execFileSync("git", ["-c", "user.name=Bench", "-c", "user.email=bench@example.org", ...args], {
      cwd: folder,
    });
  git(["init", "--quiet", "--initial-branch=main"]);
  git(["add", "--all"]);
  git(["commit", "--quiet", "--message=Before"]);
  const system = join(folder, "systems", "dotmac.ts");
  const declared = readFileSync(system, "utf8");
  const changed = declared.replace(
    "this.everySecret().grantRead(this.app, this.pod);",
    "$&\n    this.redis.grantList(this.app);",
  );
  if (changed === declared) throw new Error("systems/dotmac.ts no longer grants as the bench expects");
  writeFileSync(system, changed);
  return folder;
}

async function wholeProcess(project, cache) {
  const env = { ...process.env, STRONGROOM_CACHE: cache, NO_COLOR: "1" };
  const review = () =>
    timed("node", ["bin/strongroom.mjs", "review", "--fail-on", "never"], { cwd: project, env }).seconds;
  // Once for the bundle of the command line, which every command has after its first run.
  review();
  const cold = [];
  const kept = [];
  for (let run = 0; run < RUNS; run++) {
    rmSync(cache, { recursive: true, force: true });
    cold.push(review());
    kept.push(review());
  }
  return { cold: spread(cold), kept: spread(kept) };
}

async function large(root, scratch) {
  const built = join(scratch, "review-scale");
  await bundle(root, built, { scale: "bench/review-scale.ts" });
  const rounds = Array.from({ length: RUNS }, () =>
    JSON.parse(timed("node", [join(built, "scale.mjs")]).stdout),
  );
  return {
    large: spread(rounds.map(({ seconds }) => seconds[0])),
    large_peak_mb: spread(rounds.map(({ peak_rss_mb }) => peak_rss_mb)),
  };
}
