import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Notes down in $CALLS with which words it was called, and writes a review, unless $REVIEW is "none"; exits with $EXIT. */
const COMMAND = `
import { appendFileSync, writeFileSync } from "node:fs";
const words = process.argv.slice(2);
appendFileSync(process.env.CALLS, JSON.stringify(words) + "\\n");
const output = words.indexOf("--output");
if (output > 0 && process.env.REVIEW !== "none") writeFileSync(words[output + 1], "{}");
process.stdout.write("rendered");
process.exitCode = words[0] === "review" ? Number(process.env.EXIT ?? 0) : 0;
`;

/** A repository of two commits at `root`, with a project in a folder of it whose command only notes down its calls. */
export function makeProject(root: string, folder: string): void {
  mkdirSync(join(root, folder, "bin"), { recursive: true });
  writeFileSync(join(root, folder, "bin", "strongroom.mjs"), COMMAND);
  gitIn(root, "init", "--quiet");
  gitIn(root, "add", ".");
  gitIn(root, "commit", "--quiet", "-m", "base");
  gitIn(root, "commit", "--quiet", "--allow-empty", "-m", "head");
}

export function gitIn(root: string, ...words: string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@t.example"];
  return execFileSync("git", [...identity, ...words], { cwd: root, encoding: "utf8" }).trim();
}
