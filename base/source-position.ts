import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in a file; line and column begin at 1, as stack traces count. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * The place in the source that a place in a bundle was made of, by the source map beside the bundle; any other place is its
 * own. Read on demand: `--enable-source-maps` would slow down every stack trace that cdktf takes of every construct.
 */
export function sourcePosition(position: SourcePosition): SourcePosition {
  const file = position.file.startsWith("file:") ? fileURLToPath(position.file) : position.file;
  const entry = mapOf(file)?.findEntry(position.line - 1, position.column - 1);
  if (!entry || !("originalSource" in entry)) return { ...position, file };
  return {
    file: resolve(dirname(file), entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

const maps = new Map<string, SourceMap | undefined>();

function mapOf(file: string): SourceMap | undefined {
  if (!file.endsWith(".mjs")) return undefined;
  if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
  return maps.get(file);
}

function readMap(path: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}
