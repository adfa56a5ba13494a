/**
 * Synthesizes another checkout of this project, for a review: `synth-revision.mjs '{"folder":…,"out":…,"environment":…}'`.
 * It bundles that checkout's declarations as this one is bundled, and never runs its launcher, which could install packages.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./build.mjs";

const { folder, out, environment, engine } = JSON.parse(process.argv[2]);

const ENTRY = `import { environmentNamed } from "./environments";
import { deploymentOf } from "./stacks/deployment";
import { synthesize } from "./stacks/synthesize";

export function run({ out, environment, engine }) {
  const options = { places: true, refusesBreaches: false };
  synthesize(deploymentOf(environmentNamed(environment), { target: "container", engine }), out, options);
}
`;

try {
  process.chdir(folder);
  writeFileSync(join(folder, "synth-revision.ts"), ENTRY);
  await bundle(folder, "dist", { "synth-revision": "synth-revision.ts" });
  const { run } = await import(pathToFileURL(join(folder, "dist", "synth-revision.mjs")).href);
  run({ out, environment, engine });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
