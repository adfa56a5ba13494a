import { randomBytes } from "node:crypto";
import { type FileHandle, link, open, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { cannotWrite, syncDirectory } from "./private-files";

/**
 * Disk space taken before it is needed. What must be stored and exists only once (the answer of an init) is written
 * into space that is already ours, so that a disk which fills up meanwhile cannot lose it.
 */
export class ReservedFile {
  private constructor(
    private readonly path: string,
    private readonly size: number,
  ) {}

  /**
   * Writes and syncs `size` bytes at `path`, over what an interrupted run left there, and proves that the file
   * system has what `commitTo` needs.
   * @throws OperationalError when the disk is full or read-only, or knows no hard links
   */
  static async create(path: string, size = 64 * 1024): Promise<ReservedFile> {
    try {
      await rm(path, { force: true });
      // Random, as a file system that compresses would keep nothing for zeros.
      await writeSynced(await open(path, "wx", 0o600), randomBytes(size));
      await link(path, `${path}.probe`);
      await rm(`${path}.probe`);
      await syncDirectory(dirname(path));
      return new ReservedFile(path, size);
    } catch (cause) {
      await rm(path, { force: true }).catch(() => undefined);
      throw cannotWrite(path, cause);
    }
  }

  /**
   * Puts `content` in place and gives it its final name, in one step that either happens or does not, and that
   * never replaces a file.
   * @throws Error EEXIST when `target` exists; any other error of the file system
   */
  async commitTo(target: string, content: Uint8Array): Promise<void> {
    if (content.length > this.size)
      throw new RangeError(`${content.length} bytes do not fit in ${this.size}`);
    await writeSynced(await open(this.path, "r+"), content);
    await link(this.path, target);
    await rm(this.path);
    await syncDirectory(dirname(target));
  }

  async release(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

/** Makes `content` all that the file holds, and closes it. */
async function writeSynced(file: FileHandle, content: Uint8Array): Promise<void> {
  try {
    await file.writeFile(content);
    await file.truncate(content.length);
    await file.sync();
  } finally {
    await file.close();
  }
}
