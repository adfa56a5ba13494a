/** What `cdktf` runs (cdktf.json): main.ts, bundled anew when a source has changed. */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { prepare } from "./prepare.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
await prepare(root);
await import(pathToFileURL(join(root, "dist", "app.mjs")).href);
