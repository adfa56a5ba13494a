import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";

/** The folders that the bundle is made of, beside main.ts. */
const { rooms, declarations } = JSON.parse(
  readFileSync(new URL("../base/rooms.json", import.meta.url), "utf8"),
);
const SOURCES = [...rooms, ...declarations];

/** Makes sure of the packages and of a bundle that is newer than every source. */
export async function prepare(root) {
  installPackages(root, existsSync(join(root, "node_modules", "jest")) ? [] : ["--omit=dev"]);
  if (bundleIsCurrent(root)) return;
  const { bundle } = await import("./build.mjs");
  // Built aside and put in place at once: another command may be starting from the old one.
  const aside = `dist.${process.pid}`;
  try {
    await bundle(root, aside).catch((error) => refuse(error, join(root, aside)));
    replace(root, aside);
  } finally {
    rmSync(join(root, aside), { recursive: true, force: true });
  }
}

/** A source that is no TypeScript, or names a file that is not there: esbuild has shown the lines already. */
function refuse(error, leftover) {
  const [first] = error?.errors ?? [];
  if (!first) throw error;
  const { file, line, column } = first.location ?? {};
  const where = file === undefined ? "" : `${file}:${line}:${column + 1}  `;
  process.stderr.write(`\n✗ ${where}${first.text}\n  Mend it, and run the command again.\n`);
  rmSync(leftover, { recursive: true, force: true });
  process.exit(2);
}

/**
 * Runs `npm ci` unless what is installed is newer than package-lock.json.
 * @param more flags for npm
 * @param needed a package that must be there as well
 */
export function installPackages(root, more = [], needed = "esbuild") {
  // Packages behind a link are another folder's: npm would empty that one.
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const installed = mtime(join(root, "node_modules", ".package-lock.json"));
  const complete = existsSync(join(root, "node_modules", needed));
  if (complete && installed >= mtime(join(root, "package-lock.json"))) return;
  // cdktf-cli needs a terminal library with no prebuilt binary for newer Nodes; without its script the rest installs.
  const scripts = Number(process.versions.node.split(".")[0]) > 22 ? ["--ignore-scripts"] : [];
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...scripts, ...more];
  process.stderr.write(`Installing packages: npm ${args.join(" ")} …\n`);
  const started = Date.now();
  const { status, error } = spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    process.stderr.write(
      `The packages cannot be installed${error ? ` (${error.message})` : ""}.\n  Read npm's message above; without a network, run this once where there is one.\n`,
    );
    process.exit(3);
  }
  process.stderr.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

function bundleIsCurrent(root) {
  const built = mtime(join(root, "dist", "cli.mjs"));
  if (built === 0) return false;
  const files = ["main.ts", "package-lock.json", ...SOURCES.flatMap((room) => sources(root, room))];
  return files.every((file) => mtime(join(root, file)) <= built);
}

function sources(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sources(root, join(folder, entry.name));
    return /\.(ts|mjs|json|css|html)$/.test(entry.name) ? [join(folder, entry.name)] : [];
  });
}

function mtime(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** New chunks first and the entries last, so that whoever starts in between finds all that his entry names. */
function replace(root, aside) {
  mkdirSync(join(root, "dist"), { recursive: true });
  const files = readdirSync(join(root, aside));
  const entries = ["app.mjs", "cli.mjs"];
  for (const file of [...files.filter((each) => !entries.includes(each)), ...entries]) {
    renameSync(join(root, aside, file), join(root, "dist", file));
  }
}
