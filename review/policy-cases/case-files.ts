import { statSync } from "node:fs";
import { UsageError } from "../../base/errors";
import { filesBelow } from "../policy-files/policy-files";

/**
 * The files of cases that a path names: a file is itself; of a folder everything below that is called `….cases.yaml` (or yml,
 * json, jsonl, ndjson), sorted.
 * @throws UsageError for a folder without one
 */
export function caseFiles(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [path];
  const files = filesBelow(path, (file) => /\.cases\.(ya?ml|json|jsonl|ndjson)$/.test(file));
  if (files.length > 0) return files;
  throw new UsageError(
    `${path} holds no cases: no file in it ends in .cases.yaml or .cases.json.`,
    "Name another folder, or the files themselves.",
  );
}
