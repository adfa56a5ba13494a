/**
 * Bundles the sources into dist/, so that a command starts in milliseconds and no compiler runs at start. Heavy parts are
 * chunks of their own, loaded when a command needs them.
 */
import { build } from "esbuild";
import { pages } from "./page.mjs";

/** @param entryPoints names of the bundles and the files they start from */
export async function bundle(root, outdir, entryPoints = { cli: "cli/main.ts", app: "main.ts" }) {
  await build({
    absWorkingDir: root,
    entryPoints,
    chunkNames: "chunk-[hash]",
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    plugins: [pages],
    splitting: true,
    // CommonJS packages that are loaded on demand: bundled, an import() of them would lose their named exports.
    external: ["proper-lockfile", "undici"],
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    sourcesContent: false,
    legalComments: "none",
    logLevel: "error",
    // CommonJS dependencies find `require` and their own place, which an ES module does not have.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; import { fileURLToPath as __fileURLToPath } from "node:url"; import { dirname as __dirnameOf } from "node:path"; const require = __createRequire(import.meta.url); const __filename = __fileURLToPath(import.meta.url); const __dirname = __dirnameOf(__filename);',
    },
  });
}
