#!/usr/bin/env node
/**
 * Starts Strongroom from a clone: installs the packages that are missing, bundles the sources when they have changed, and
 * runs the command. Plain Node, because nothing else is there yet on a fresh machine.
 */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const only = process.argv.length === 3 ? process.argv[2] : undefined;

if (only === "--version" || only === "-V") {
  const { readFileSync } = await import("node:fs");
  process.stdout.write(`${JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version}\n`);
} else {
  const { prepare } = await import("./prepare.mjs");
  await prepare(root);
  // Files that are named on the command line are meant from where it was typed (base/called-from.ts).
  process.env.STRONGROOM_CALLED_FROM = process.cwd();
  process.chdir(root);
  await import(pathToFileURL(join(root, "dist", "cli.mjs")).href);
}
