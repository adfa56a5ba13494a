import { readFileSync, statSync } from "node:fs";
import { OperationalError, UsageError } from "../../base/errors";
import { PolicyDocument } from "../../policies/document";
import { readPolicy } from "../../policies/language/read";
import type { RevisionPolicy } from "../model";
import { nameOf, policyNames } from "./names";

/** No engine takes a request as large: its limit is 32 MiB unless it is told otherwise. */
export const MAX_BYTES = 64 * 1024 * 1024;

/** Policies from files, each under a name of its own (names.ts). */
export function readPolicyFiles(files: readonly string[], engine?: string): RevisionPolicy[] {
  return [...policyNames(files)].map(([file, name]) => ({ ...readPolicyFile(file, engine), name }));
}

/**
 * One policy from a file; its name is the file's, without its ending. What is wrong with the text is in `read.findings`, and
 * `unreadable` when the engine would refuse it.
 * @param engine whose rules decide what is accepted; without it whatever any engine accepts
 * @throws UsageError when there is no such file, OperationalError when it cannot be read
 */
export function readPolicyFile(path: string, engine?: string): RevisionPolicy {
  return policyOf(path, bytesOf(path), engine);
}

/** The same of a text that was had from elsewhere, such as standard input. */
export function policyOf(file: string, source: string | Uint8Array, engine?: string): RevisionPolicy {
  // What ended by now no engine looks into.
  const read = readPolicy(source, { file, now: Date.now(), ...(engine === undefined ? {} : { engine }) });
  const errors = read.findings.filter(({ severity }) => severity === "error");
  return {
    name: nameOf(file),
    text: read.places.source.text,
    read,
    document: new PolicyDocument(read.accepted ? read.rules : []),
    verbatim: true,
    place: { file },
    ...(read.accepted ? {} : { unreadable: errors }),
  };
}

/** @param most in bytes; more is refused */
export function bytesOf(path: string, most = MAX_BYTES): Uint8Array {
  try {
    const stat = statSync(path);
    const { size } = stat;
    if (stat.isDirectory()) throw new UsageError(`${path} is a folder.`, "Name a file in it.");
    // A device may never end.
    if (stat.isCharacterDevice() || stat.isBlockDevice())
      throw new UsageError(`${path} is a device.`, "Name a file, or - for standard input.");
    if (size > most)
      throw new UsageError(
        `${path} has ${Math.ceil(size / 1e6)} MB; more than ${Math.floor(most / 1e6)} MB are not read.`,
        "Name another file, or make it smaller.",
      );
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new UsageError(`${path} does not exist.`, "Name a file that does.", { cause });
    throw new OperationalError(`${path} cannot be read (${code}).`, "Make it readable, or name another.", {
      cause,
    });
  }
}
