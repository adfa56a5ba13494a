import { existsSync, type Stats } from "node:fs";
import { chmod, mkdir, open, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { OperationalError } from "../base/errors";

/**
 * Makes sure of a directory that only its owner can enter (0700), outside any Git work tree.
 * @throws OperationalError when it cannot be made, belongs to somebody else, is open to others, or lies in a repository
 */
export async function ensurePrivateDirectory(path: string): Promise<void> {
  refuseRepository(path);
  await makeDirectory(path).catch((cause: unknown) => {
    throw cannotWrite(path, cause);
  });
  assertPrivate(path, await stat(path), 0o700);
}

/**
 * The content of a file that only its owner may read, undefined when there is none.
 * @throws OperationalError when it is open to others, belongs to somebody else, or cannot be read
 */
export async function readPrivateFile(path: string): Promise<Buffer | undefined> {
  try {
    assertPrivate(path, await stat(path), 0o600);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof OperationalError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new OperationalError(`Cannot read ${path} (${codeOf(cause)}).`, "Check the file and its disk.", {
      cause,
    });
  }
}

/** @throws OperationalError when `path` lies in a Git work tree */
export function refuseRepository(path: string): void {
  const repository = repositoryAround(path);
  if (!repository) return;
  throw new OperationalError(
    `${path} lies in the Git work tree ${repository}: keys there would end in a commit some day.`,
    "Keep it outside of any repository: STRONGROOM_HOME and STRONGROOM_IDENTITY say where.",
  );
}

/** Makes a new name in a directory survive a power cut. */
export async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, "r");
  await directory.sync().finally(() => directory.close());
}

/** The one message for a place that keys or tokens cannot be written to. */
export function cannotWrite(path: string, cause: unknown): OperationalError {
  const code = codeOf(cause);
  return new OperationalError(`Cannot write ${path}: ${reasons[code] ?? code}.`, steps[code] ?? defaultStep, {
    cause,
  });
}

const reasons: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EPERM: "the file system does not permit it",
};

const steps: Record<string, string> = {
  ENOSPC: "Free some space there, or set STRONGROOM_HOME to another disk, and run the command again.",
  EDQUOT: "Free some space there, or set STRONGROOM_HOME to another disk, and run the command again.",
};

const defaultStep = "Make the directory writable, or set STRONGROOM_HOME to one that is.";

/** One at a time, as the recursive `mkdir` of Node hides why it failed (a read-only file system is ENOENT to it). */
async function makeDirectory(path: string): Promise<void> {
  const parent = dirname(path);
  if (!existsSync(parent)) await makeDirectory(parent);
  try {
    await mkdir(path, { mode: 0o700 });
    // An unusual umask can leave even the owner without rights.
    await chmod(path, 0o700);
  } catch (cause) {
    if (!(await stat(path).catch(() => undefined))?.isDirectory()) throw cause;
  }
}

function assertPrivate(path: string, facts: Stats, widest: number): void {
  const owner = process.getuid?.();
  if (owner !== undefined && facts.uid !== owner) {
    throw new OperationalError(
      `${path} belongs to user ${facts.uid}, not to you (${owner}).`,
      "Run as its owner, or set STRONGROOM_HOME to a directory of your own.",
    );
  }
  const mode = facts.mode & 0o777;
  if ((mode & ~widest) !== 0) {
    throw new OperationalError(
      `${path} is open to others (mode ${mode.toString(8).padStart(4, "0")}).`,
      `Close it: chmod ${widest.toString(8)} ${path}`,
    );
  }
}

/** The nearest Git work tree above `path`. A home directory that is itself one (dotfiles) does not count. */
function repositoryAround(path: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (folder !== homedir() && existsSync(join(folder, ".git"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? "unknown reason";
}
