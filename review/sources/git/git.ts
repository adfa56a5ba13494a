import { devNull } from "node:os";
import { execa } from "execa";
import { OperationalError, UsageError } from "../../../base/errors";

/** Nothing is asked and nothing fetched: neither what a partial clone lacks, nor large files. */
const QUIET = {
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_LFS_SKIP_SMUDGE: "1",
};

/** Run from a hook, git says by these which repository and index it works on: not the ones that are meant here. */
const OF_A_HOOK = {
  GIT_DIR: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_WORK_TREE: undefined,
  GIT_PREFIX: undefined,
};

/** What git printed, without the line end, or `undefined` where it refused. */
export async function askGit(
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const { exitCode, stdout } = await execa(
      "git",
      ["-C", folder, "-c", `core.hooksPath=${devNull}`, ...args],
      {
        reject: false,
        stdin: "ignore",
        env: { ...QUIET, ...OF_A_HOOK },
        ...(signal ? { cancelSignal: signal } : {}),
      },
    );
    return exitCode === 0 ? stdout : undefined;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new OperationalError("git cannot be run.", "Install git, and put it on PATH.", { cause });
  }
}

/** @throws UsageError where the folder is not in a git repository */
export async function checkRepository(project: string): Promise<void> {
  if ((await askGit(project, ["rev-parse", "--is-inside-work-tree"])) === "true") return;
  throw new UsageError(
    `${project} is not in a git repository.`,
    "Give a base that is none of git's: a plan, a folder, a server; or `none`, against which everything is new.",
  );
}

/** The commit that a revision names. @throws UsageError where git knows none */
export async function commitOf(project: string, revision: string): Promise<string> {
  // A leading dash would be an option of git's.
  const commit = revision.startsWith("-")
    ? undefined
    : await askGit(project, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (commit) return commit;
  if (await isShallow(project)) throw tooShallow(revision);
  throw new UsageError(
    `"${revision}" is neither a file nor a folder here, nor a revision that git knows.`,
    "Check its spelling, or fetch it: `git fetch origin`.",
  );
}

/** Whether the clone lacks a part of its history. */
export async function isShallow(project: string): Promise<boolean> {
  return (await askGit(project, ["rev-parse", "--is-shallow-repository"])) === "true";
}

/** The refusal of what a shallow clone lacks. */
export function tooShallow(what: string): OperationalError {
  return new OperationalError(
    `This clone is shallow, and ${what} is not in it.`,
    "Fetch the whole history: `git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout, or GIT_DEPTH: 0 of GitLab CI.",
  );
}
