import { existsSync } from "node:fs";
import { mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { execa } from "execa";
import { InterruptedError, OperationalError } from "../../../base/errors";
import type { SynthesizedProject } from "../options";
import { synthesizedIn } from "../read-folder";
import { isNeverRead } from "./cache";
import { askGit } from "./git";

/** What to synthesize, and for which engine where it is not the declared one. */
export interface WorktreeRequest {
  readonly project: string;
  readonly environment: string;
  readonly engine: string | undefined;
  readonly signal: AbortSignal | undefined;
}

const PREFIX = "strongroom-review-";

/**
 * Synthesizes a commit in a worktree of its own, with the packages of this checkout and without a network; the worktree is
 * removed whatever happens, and what a killed run left behind by the next one. The declarations of that commit are code, and
 * run: they see neither tokens nor the operator's home.
 * @throws OperationalError with the synthesis's own message
 */
export async function synthesizeAt(
  commit: string,
  label: string,
  { project, environment, engine, signal }: WorktreeRequest,
): Promise<SynthesizedProject> {
  await removeLeftovers(project);
  const root = await mkdtemp(join(await realpath(tmpdir()), `${PREFIX}${process.pid}-`));
  const tree = join(root, "tree");
  try {
    if (
      (await askGit(project, ["worktree", "add", "--detach", "--quiet", tree, commit], signal)) === undefined
    ) {
      throw new OperationalError(
        `git cannot check out ${label} in ${root}.`,
        "Look for a full disk, or for objects that are missing in a partial clone: `git fsck`.",
      );
    }
    const prefix = (await askGit(project, ["rev-parse", "--show-prefix"])) ?? "";
    const folder = join(tree, prefix);
    if (!existsSync(join(folder, "stacks", "synthesize.ts"))) throw tooOld(label);
    for (const name of await readdir(folder))
      if (isNeverRead(name) || name === "node_modules")
        await rm(join(folder, name), { recursive: true, force: true });
    await symlink(await realpath(join(project, "node_modules")), join(folder, "node_modules"), "junction");
    const out = join(root, "out");
    await synthesize(project, { folder, out, environment, ...(engine ? { engine } : {}) }, label, signal);
    return synthesizedIn(out);
  } catch (error) {
    if (signal?.aborted) throw stopped(signal);
    throw error;
  } finally {
    await remove(project, tree);
    await rm(root, { recursive: true, force: true });
  }
}

interface Request {
  readonly folder: string;
  readonly out: string;
  readonly environment: string;
  readonly engine?: string;
}

async function synthesize(
  project: string,
  request: Request,
  label: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { exitCode, stderr } = await execa(
    process.execPath,
    [join(project, "bin", "synth-revision.mjs"), JSON.stringify(request)],
    {
      cwd: request.folder,
      extendEnv: false,
      env: {
        PATH: process.env.PATH ?? "",
        STRONGROOM_HOME: join(request.out, "home"),
        CHECKPOINT_DISABLE: "1",
      },
      stdin: "ignore",
      reject: false,
      ...(signal ? { cancelSignal: signal } : {}),
    },
  );
  if (exitCode === 0) return;
  const words = stderr.split("\n").slice(0, 12).join("\n  ").trim();
  throw new OperationalError(
    `${label} cannot be synthesized: ${words || `it ended with exit code ${exitCode}`}`,
    "Choose another base with --base; against `--base none` everything is new.",
  );
}

function tooOld(label: string): OperationalError {
  return new OperationalError(
    `${label} is older than this layout of the project: it has no stacks/synthesize.ts.`,
    "Choose a newer base, or give a plan of that revision as JSON.",
  );
}

function stopped(signal: AbortSignal): InterruptedError {
  const { reason } = signal;
  return reason instanceof InterruptedError
    ? reason
    : new InterruptedError("Reading a revision was stopped.", "Run the command again.");
}

async function remove(project: string, tree: string): Promise<void> {
  await askGit(project, ["worktree", "remove", "--force", tree]);
  await rm(tree, { recursive: true, force: true });
  await askGit(project, ["worktree", "prune"]);
}

/** Worktrees of runs that were killed: their names tell their process. */
async function removeLeftovers(project: string): Promise<void> {
  const listed = (await askGit(project, ["worktree", "list", "--porcelain"])) ?? "";
  for (const [, root, pid] of listed.matchAll(
    /^worktree (.*[/\\]strongroom-review-(\d+)-[^/\\\n]+)[/\\]tree$/gm,
  )) {
    if (root === undefined || !basename(root).startsWith(PREFIX) || isAlive(Number(pid))) continue;
    await remove(project, join(root, "tree"));
    await rm(root, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
