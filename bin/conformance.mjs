/** `npm run conformance`: holds the policies room against running engines; bundled first, because it is TypeScript. */
import { mkdtempSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installPackages } from "./prepare.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
installPackages(root, [], "fast-check");
const { bundle } = await import("./build.mjs");
// Below the project, so that packages left outside of the bundle are found; `dist.*` is nobody's source.
const folder = mkdtempSync(join(root, "dist.conformance-"));
try {
  await bundle(root, folder, { conformance: "__tests__/real/conformance/main.ts" });
  await import(pathToFileURL(join(folder, "conformance.mjs")).href);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
