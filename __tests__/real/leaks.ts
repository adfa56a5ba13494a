import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./stage";

/** Where a value was found that should be nowhere. */
export interface Leak {
  readonly what: string;
  readonly where: string;
}

/**
 * Looks for values in all that the project left behind: synthesized JSON, plans, state, the operator's home, what commands
 * printed, and what Docker keeps of the containers and their logs.
 * @param values what each one is, to its text
 * @param allowed places in which a value may stand, for example the token's own file
 */
export function findLeaks(
  stage: Stage,
  values: ReadonlyMap<string, string>,
  allowed: readonly string[] = [],
): Leak[] {
  const places = new Map<string, Buffer>([
    ["what commands printed", Buffer.from(stage.transcript)],
    ["docker inspect", dockerSays(stage, "inspect")],
    ["docker logs", dockerSays(stage, "logs")],
    ...filesBelow(stage.root).map((file): [string, Buffer] => [file, readFileSync(file)]),
  ]);
  const leaks: Leak[] = [];
  for (const [where, content] of places) {
    if (allowed.some((place) => where.endsWith(place))) continue;
    for (const [what, value] of values) {
      if (formsOf(value).some((form) => content.includes(form))) leaks.push({ what, where });
    }
  }
  return leaks;
}

/** As it is, and in the two codes in which tools like to write things down. */
function formsOf(value: string): string[] {
  return [
    value,
    Buffer.from(value).toString("base64").replace(/=+$/, ""),
    Buffer.from(value).toString("hex"),
  ];
}

/** Neither the sources, which were there before, nor the engine's own encrypted storage. */
const SKIPPED = new Set(["node_modules", "dist", "providers", "terraform.d"]);

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (SKIPPED.has(entry.name) || entry.isSymbolicLink()) return [];
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() && statSync(path).size < 200_000_000 ? [path] : [];
  });
}

function dockerSays(stage: Stage, verb: "inspect" | "logs"): Buffer {
  try {
    return execFileSync("sh", ["-c", `docker ${verb} ${stage.container} 2>&1`], { maxBuffer: 1 << 28 });
  } catch {
    return Buffer.alloc(0);
  }
}
