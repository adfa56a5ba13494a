import { open } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const EVERY_MS = 25;

/**
 * The lines of a file that another process is still writing.
 * @param ended settles when that process has ended; what it wrote until then is read to its end
 */
export async function* followFile(path: string, ended: Promise<unknown>): AsyncGenerator<string> {
  let over = false;
  const end = ended.then(
    () => {
      over = true;
    },
    () => {
      over = true;
    },
  );
  const file = await open(path, "r");
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(64 * 1024);
  let rest = "";
  try {
    for (;;) {
      const last = over;
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      const lines = (rest + decoder.decode(buffer.subarray(0, bytesRead), { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      if (bytesRead > 0) continue;
      if (last) break;
      await Promise.race([pause(EVERY_MS), end]);
    }
    if (rest !== "") yield rest;
  } finally {
    await file.close();
  }
}
