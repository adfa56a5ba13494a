import { writeFileSync } from "node:fs";
import { whyNotStatic } from "../../toolchain/elf";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const amd64 = { os: "linux", arch: "amd64" };

/** An ELF file with two program headers of the given types (1 is "load", 3 is "interpreter"). */
function elf(machine: number, types: readonly [number, number]): Buffer {
  const bytes = Buffer.alloc(64 + 2 * 56);
  bytes.writeUInt32BE(0x7f454c46, 0);
  bytes[4] = 2;
  bytes.writeUInt16LE(machine, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  bytes.writeUInt32LE(types[0], 64);
  bytes.writeUInt32LE(types[1], 64 + 56);
  return bytes;
}

test.each([
  ["a static program for this platform", elf(62, [1, 1]), undefined],
  ["a dynamic one", elf(62, [1, 3]), "it is linked dynamically"],
  ["one for another processor", elf(183, [1, 1]), "it is for linux_arm64"],
  ["a script", Buffer.from("#!/bin/sh\n".padEnd(100, "#")), "it is no Linux program"],
  ["a file too short to be one", Buffer.from("x"), "it is no Linux program"],
])("%s", async (_name, bytes, why) => {
  const { file } = openWorkbench();
  const path = file("program", "");
  writeFileSync(path, bytes);
  expect(await whyNotStatic(path, amd64)).toBe(why);
});
