import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { OperationalError, UsageError } from "../../base/errors";

/**
 * The policy files that paths name: a file is itself; of a folder everything below that ends in `.hcl`, and what ends in `.json`
 * and has rules, sorted, without what begins with a dot and without `node_modules`.
 * @throws UsageError for a path that is not there, or a folder without a policy
 */
export function policyFiles(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(filesOf))];
}

function filesOf(path: string): string[] {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${path} does not exist.`, "Name a policy file or a folder of them.");
  if (!stat.isDirectory()) return [path];
  const files = filesBelow(path, isPolicy);
  if (files.length > 0) return files;
  throw new UsageError(
    `${path} holds no policy: no file in it ends in .hcl or .json.`,
    "Name another folder, or the files themselves.",
  );
}

/**
 * The files below a folder that are wanted, sorted, without what begins with a dot and without `node_modules`.
 * @throws OperationalError for a folder that cannot be read
 */
export function filesBelow(folder: string, isWanted: (path: string) => boolean): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith(".") && entry.name !== "node_modules")
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = join(folder, entry.name);
        // A link may lead anywhere, and round in circles: only links to files are followed.
        if (entry.isDirectory()) return filesBelow(path, isWanted);
        if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
        return isWanted(path) ? [path] : [];
      });
  } catch (cause) {
    throw new OperationalError(
      `${folder} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      "Make it readable, or name other files.",
      { cause },
    );
  }
}

/** Much else is JSON: only what gives `path` a block is taken for a policy. */
function isPolicy(path: string): boolean {
  if (path.endsWith(".hcl")) return true;
  return path.endsWith(".json") && /"path"\s*:\s*[[{]/.test(readFileSync(path, "utf8"));
}
