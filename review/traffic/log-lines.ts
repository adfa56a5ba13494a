import { createReadStream, statSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { OperationalError, UsageError } from "../../base/errors";

/** No entry of an audit log is as long: a request body may be 32 MiB, and the log holds little more than hashes of it. */
export const LONGEST_LINE = 16 * 1024 * 1024;
const CHUNK = 1024 * 1024;
const NEWLINE = 10;

/** What happened beside the lines themselves. */
export interface LinesRead {
  readonly bytes: number;
  /** Lines longer than LONGEST_LINE, which were skipped. */
  readonly tooLong: number;
  /** Set when a gzip file ends before its end; what stands before was read. */
  readonly cutOff: boolean;
}

/**
 * Gives each line of a file to `line`, as a part of a buffer that is only valid during the call; `last` says that no newline
 * ended it. Plain or gzip, told apart by content; memory does not grow with the file.
 * @param path `-` is standard input
 * @throws UsageError for a file that is not there, OperationalError for one that is no text
 */
export async function readLines(
  path: string,
  line: (buffer: Buffer, start: number, end: number, last: boolean) => void,
): Promise<LinesRead> {
  const { stream, gzip } = await textOf(path);
  const splitter = new Splitter(line);
  try {
    for await (const chunk of stream) splitter.push(chunk as Buffer, path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // What is no error of reading came from whoever was given the line.
    if (cause instanceof OperationalError || code === undefined) throw cause;
    // Zlib says so when the input ends in the midst of a block.
    if (!gzip || code !== "Z_BUF_ERROR") throw cannotRead(path, code, cause);
    splitter.end();
    return { ...splitter.counts(), cutOff: true };
  }
  splitter.end();
  return { ...splitter.counts(), cutOff: false };
}

class Splitter {
  #rest: Buffer[] = [];
  #restBytes = 0;
  #skipping = false;
  #tooLong = 0;
  #bytes = 0;

  constructor(private readonly line: (buffer: Buffer, start: number, end: number, last: boolean) => void) {}

  push(chunk: Buffer, path: string): void {
    if (this.#bytes === 0 && chunk.subarray(0, 8192).includes(0)) {
      throw new OperationalError(
        `${path} holds no text, and so no audit log.`,
        "Give the file that an audit device of type file writes, plain or compressed with gzip.",
      );
    }
    this.#bytes += chunk.length;
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#whole(chunk, start, end);
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  end(): void {
    if (this.#restBytes === 0) return;
    const joined = Buffer.concat(this.#rest);
    this.line(joined, 0, joined.length, true);
  }

  counts(): { readonly bytes: number; readonly tooLong: number } {
    return { bytes: this.#bytes, tooLong: this.#tooLong };
  }

  #whole(chunk: Buffer, start: number, end: number): void {
    if (this.#skipping) {
      this.#skipping = false;
      return;
    }
    if (this.#restBytes === 0) {
      this.line(chunk, start, end, false);
      return;
    }
    if (this.#restBytes + end - start > LONGEST_LINE) {
      this.#tooLong++;
      this.#forget();
      return;
    }
    const joined = Buffer.concat([...this.#rest, chunk.subarray(start, end)]);
    this.#forget();
    this.line(joined, 0, joined.length, false);
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0 || this.#skipping) return;
    if (this.#restBytes + piece.length > LONGEST_LINE) {
      this.#tooLong++;
      this.#skipping = true;
      this.#forget();
      return;
    }
    this.#rest.push(piece);
    this.#restBytes += piece.length;
  }

  #forget(): void {
    this.#rest = [];
    this.#restBytes = 0;
  }
}

async function textOf(path: string): Promise<{ readonly stream: Readable; readonly gzip: boolean }> {
  if (path === "-") return unpacked(process.stdin);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new UsageError(`${path} does not exist.`, "Name an audit log, or - for standard input.");
  if (found.isDirectory())
    throw new UsageError(
      `${path} is a folder.`,
      "Name the files in it: `audit.log*` takes rotated ones too.",
    );
  const head = Buffer.alloc(6);
  try {
    const file = await open(path);
    await file.read(head, 0, head.length, 0).finally(() => file.close());
  } catch (cause) {
    throw cannotRead(path, (cause as NodeJS.ErrnoException).code, cause);
  }
  const source = createReadStream(path, { highWaterMark: CHUNK });
  return openedBy(source, head, path);
}

/** Of standard input the first chunk tells what it is; it is put back. */
async function unpacked(source: Readable): Promise<{ readonly stream: Readable; readonly gzip: boolean }> {
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    source.unshift(chunk);
    return openedBy(source, chunk as Buffer, "standard input");
  }
  return { stream: source, gzip: false };
}

const OTHERS: readonly (readonly [string, readonly number[]])[] = [
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["bzip2", [0x42, 0x5a, 0x68]],
];

function openedBy(source: Readable, head: Buffer, path: string): { stream: Readable; gzip: boolean } {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    const gunzip = createGunzip({ chunkSize: CHUNK });
    source.on("error", (error) => gunzip.destroy(error));
    return { stream: source.pipe(gunzip), gzip: true };
  }
  const other = OTHERS.find(([, magic]) => magic.every((byte, index) => head[index] === byte));
  if (!other) return { stream: source, gzip: false };
  source.destroy();
  throw new OperationalError(
    `${path} is compressed with ${other[0]}, which is not read here.`,
    `Unpack it into standard input: \`${other[0]} -dc ${path} | strongroom traffic … -\`.`,
  );
}

function cannotRead(path: string, code: string | undefined, cause: unknown): OperationalError {
  return new OperationalError(
    `${path} cannot be read${code ? ` (${code})` : ""}.`,
    code?.startsWith("Z_")
      ? "It is damaged: copy it again, or unpack what can be unpacked of it."
      : "Check its path and its mode.",
    { cause },
  );
}
