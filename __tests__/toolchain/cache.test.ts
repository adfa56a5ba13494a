import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findEntry, keepEntry } from "../../toolchain/cache";
import { HashMismatchError } from "../../toolchain/failures";
import { openScratch } from "../../toolchain/scratch";
import type { Workshop } from "../../toolchain/workshop";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

async function keep(workshop: Workshop, version: string, content = "program"): Promise<void> {
  const prepared = await openScratch(workshop, "tool");
  await mkdir(join(prepared, "files"));
  await writeFile(join(prepared, "files", "tool"), content);
  await writeFile(join(prepared, "files", "LICENSE"), "free");
  const key = { part: "tool", version, platform: "linux_amd64" };
  await keepEntry(workshop, key, prepared, { source: "release", from: "tool.tar.gz", main: "tool" });
}

const find = (workshop: Workshop, range: string) => findEntry(workshop, "tool", range, "linux_amd64");

test("an entry is found with its program, its sum and where it came from", async () => {
  const { workshop } = openWorkbench();
  await keep(workshop, "1.2.3");
  const entry = await find(workshop, ">=1 <2");
  expect(entry).toMatchObject({ version: "1.2.3", source: "release", from: "tool.tar.gz" });
  expect(readFileSync(entry?.main ?? "", "utf8")).toBe("program");
  expect(entry?.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test("the newest version in the range is taken, and none outside of it", async () => {
  const { workshop } = openWorkbench();
  for (const version of ["1.2.3", "1.10.0", "2.0.0"]) await keep(workshop, version);
  expect((await find(workshop, ">=1 <2"))?.version).toBe("1.10.0");
  expect(await find(workshop, ">=3")).toBeUndefined();
});

test("an entry for another platform does not count", async () => {
  const { workshop } = openWorkbench();
  await keep(workshop, "1.2.3");
  expect(await findEntry(workshop, "tool", "*", "darwin_arm64")).toBeUndefined();
});

test("a file that changed since it was kept is refused with exit code 3, moved aside and not found again", async () => {
  const { workshop } = openWorkbench();
  await keep(workshop, "1.2.3");
  const main = (await find(workshop, "*"))?.main ?? "";
  writeFileSync(main, "program with something more");

  const refusal = await find(workshop, "*").catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(HashMismatchError);
  expect(refusal).toMatchObject({
    exitCode: 3,
    what: expect.stringContaining("tool of tool 1.2.3 in the cache"),
  });
  expect(existsSync(main)).toBe(false);
  const aside = join(workshop.cache, "refused", "tool-1.2.3-linux_amd64", "files", "tool");
  expect(statSync(aside).mode & 0o111).toBe(0);
  expect(await find(workshop, "*")).toBeUndefined();
});

test("a file that is gone is refused too", async () => {
  const { workshop } = openWorkbench();
  await keep(workshop, "1.2.3");
  const main = (await find(workshop, "*"))?.main ?? "";
  const { rmSync } = await import("node:fs");
  rmSync(main);
  await expect(find(workshop, "*")).rejects.toThrow("found no file");
});

test("a file that was only touched is hashed once and accepted", async () => {
  const { workshop } = openWorkbench();
  await keep(workshop, "1.2.3");
  const main = (await find(workshop, "*"))?.main ?? "";
  utimesSync(main, new Date(1_000_000), new Date(1_000_000));
  expect((await find(workshop, "*"))?.version).toBe("1.2.3");
  const manifest = JSON.parse(readFileSync(join(main, "..", "..", "manifest.json"), "utf8"));
  expect(manifest.files.find((file: { name: string }) => file.name === "tool").mtimeMs).toBe(1_000_000);
});

test("a change that keeps size and time is caught by a thorough look only", async () => {
  const { workshop, open } = openWorkbench();
  await keep(workshop, "1.2.3");
  const main = (await find(workshop, "*"))?.main ?? "";
  const { mtime } = statSync(main);
  // A manifest keeps fractions of a millisecond, utimes rounds them: give it a whole time first.
  const whole = new Date(Math.floor(mtime.getTime() / 1000) * 1000);
  utimesSync(main, whole, whole);
  await find(workshop, "*");
  writeFileSync(main, "PROGRAM");
  utimesSync(main, whole, whole);

  expect((await find(workshop, "*"))?.version).toBe("1.2.3");
  await expect(find(open({}, undefined, true), "*")).rejects.toBeInstanceOf(HashMismatchError);
});

test("an entry whose manifest cannot be read counts as none", async () => {
  const { workshop } = openWorkbench();
  await keep(workshop, "1.2.3");
  const main = (await find(workshop, "*"))?.main ?? "";
  writeFileSync(join(main, "..", "..", "manifest.json"), '{"schema":1,"fil');
  expect(await find(workshop, "*")).toBeUndefined();
});
