import { open } from "node:fs/promises";
import type { Platform } from "./platform";

const machines: Record<number, string> = { 62: "amd64", 183: "arm64" };
const programInterpreter = 3;

/**
 * Why a program cannot run alone in an image FROM scratch: it must be a 64-bit ELF file for that platform which asks
 * for no interpreter, that is, is linked statically.
 * @returns undefined when it can
 */
export async function whyNotStatic(path: string, platform: Platform): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    if (bytesRead < 64 || buffer.readUInt32BE(0) !== 0x7f454c46 || buffer[4] !== 2)
      return "it is no Linux program";
    const arch = machines[buffer.readUInt16LE(18)];
    if (platform.os !== "linux" || arch !== platform.arch)
      return `it is for linux_${arch ?? "another processor"}`;
    const headers = {
      at: Number(buffer.readBigUInt64LE(32)),
      size: buffer.readUInt16LE(54),
      count: buffer.readUInt16LE(56),
    };
    const table = Buffer.alloc(headers.size * headers.count);
    await file.read(table, 0, table.length, headers.at);
    for (let index = 0; index < headers.count; index++) {
      if (table.readUInt32LE(index * headers.size) === programInterpreter) return "it is linked dynamically";
    }
    return undefined;
  } finally {
    await file.close();
  }
}
