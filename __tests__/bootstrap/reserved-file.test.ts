import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ReservedFile } from "../../bootstrap/reserved-file";
import { useTemporaryHome } from "./home";

const home = useTemporaryHome();

test("reserved space takes the content and its final name, for the owner alone", async () => {
  const file = await ReservedFile.create(join(home(), "reserve"), 4096);
  expect(statSync(join(home(), "reserve")).size).toBe(4096);
  await file.commitTo(join(home(), "final"), Buffer.from("content"));
  expect(readFileSync(join(home(), "final"), "utf8")).toBe("content");
  expect(statSync(join(home(), "final")).mode & 0o777).toBe(0o600);
  expect(existsSync(join(home(), "reserve"))).toBe(false);
});

test("a file that exists is never replaced", async () => {
  writeFileSync(join(home(), "final"), "older");
  const file = await ReservedFile.create(join(home(), "reserve"));
  await expect(file.commitTo(join(home(), "final"), Buffer.from("newer"))).rejects.toMatchObject({
    code: "EEXIST",
  });
  expect(readFileSync(join(home(), "final"), "utf8")).toBe("older");
});

test("what an interrupted run left there is replaced, even where it is another name of the final file", async () => {
  const path = join(home(), "reserve");
  await (await ReservedFile.create(path)).commitTo(join(home(), "final"), Buffer.from("kept"));
  writeFileSync(path, "left over");
  await (await ReservedFile.create(path)).release();
  expect(existsSync(path)).toBe(false);
  expect(readFileSync(join(home(), "final"), "utf8")).toBe("kept");
});

test("more than was reserved is refused", async () => {
  const file = await ReservedFile.create(join(home(), "reserve"), 8);
  await expect(file.commitTo(join(home(), "final"), Buffer.alloc(9))).rejects.toThrow(RangeError);
});

test("a directory that is not there is told", async () => {
  await expect(ReservedFile.create(join(home(), "no", "reserve"))).rejects.toThrow(/Cannot write/);
});
