import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AuditEntry } from "../../../review/traffic/audit-entry";
import { LONGEST_LINE } from "../../../review/traffic/log-lines";
import { readLogs } from "../../../review/traffic/read-log";
import { answered, fileOf, logOf } from "./log";

async function read(...files: string[]) {
  const entries: AuditEntry[] = [];
  const summary = await readLogs(files, (entry) => entries.push(entry));
  return { summary, entries, paths: entries.map(({ path }) => path) };
}

const line = (path: string) => JSON.stringify(answered({ path }));

describe("a log", () => {
  test("gives each request once, with its answer", async () => {
    const { paths, summary } = await read(logOf([{ path: "secret/data/a" }, { path: "secret/data/b" }]));
    expect(paths).toEqual(["secret/data/a", "secret/data/b"]);
    expect(summary).toMatchObject({ files: 1, lines: 4, entries: 2, notes: [] });
  });

  test("keeps names of parameters and no value", async () => {
    const { entries } = await read(
      logOf([{ path: "secret/data/a", data: { data: { password: "hunter2" }, n: 5 } }]),
    );
    expect(entries[0]?.parameters).toEqual(["data", "n"]);
    expect(JSON.stringify(entries)).not.toContain("hunter2");
  });

  test("that is packed with gzip, in several parts, is read whatever its name", async () => {
    const packed = Buffer.concat([gzipSync(`${line("a")}\n`), gzipSync(`${line("b")}\n`)]);
    expect((await read(fileOf(packed))).paths).toEqual(["a", "b"]);
  });

  test("with the type at the end, as Vault writes it, has its questions skipped too", async () => {
    const { time, type: _, ...rest } = answered({ path: "a" }) as { time: string; type: string };
    const content = ["request", "response"].map((type) => JSON.stringify({ ...rest, time, type })).join("\n");
    expect((await read(fileOf(content))).summary).toMatchObject({ entries: 1, notes: [] });
  });

  test("with a prefix, in Docker's wrapping or with Windows line ends is read", async () => {
    const content = `@cee: ${line("a")}\n${JSON.stringify({ log: `${line("b")}\n`, stream: "stdout" })}\r\n${line("c")}\r\n`;
    expect((await read(fileOf(content))).paths).toEqual(["a", "b", "c"]);
  });

  test("with lines of other programs, and whose last line is cut off, says so", async () => {
    const content = `started\n{"level":"info"}\n${line("a")}\n${line("b").slice(0, 90)}`;
    const { paths, summary } = await read(fileOf(content));
    expect(paths).toEqual(["a"]);
    expect(summary.notes).toEqual([
      "2 lines of no audit log were skipped",
      "1 last line is cut off and left out",
    ]);
  });

  test("that lacks answers says how many", async () => {
    const question = line("a").replace('"type":"response"', '"type":"request"');
    const { summary } = await read(fileOf(`${question}\n${question}\n${line("a")}\n`));
    expect(summary.notes).toEqual(["1 request has no answer in these files and is left out"]);
  });

  test("that has only questions gives these, and says so", async () => {
    const question = line("a").replace('"type":"response"', '"type":"request"');
    const { paths, summary } = await read(fileOf(`${question}\n`));
    expect(paths).toEqual(["a"]);
    expect(summary.notes[0]).toContain("without their answers");
  });

  test("in several files out of order has the period of all", async () => {
    const late = logOf([{ path: "a", time: "2026-11-20T00:00:00Z" }]);
    const early = logOf([{ path: "b", time: "2026-11-10T00:00:00+02:00" }]);
    const { summary } = await read(late, early);
    expect(summary.period).toEqual({
      from: Date.parse("2026-11-09T22:00:00Z"),
      to: Date.parse("2026-11-20T00:00:00Z"),
    });
  });

  test("that is named twice is read once", async () => {
    const file = logOf([{ path: "a" }]);
    const { summary } = await read(file, file);
    expect(summary.entries).toBe(1);
    expect(summary.notes).toEqual([`${file} was named twice, and read once`]);
  });

  test("that begins like another, as a copy does, is counted again and that is said", async () => {
    const content = `${line("a")}\n${line("b")}\n`;
    const [whole, packed] = [fileOf(content), fileOf(gzipSync(content))];
    const { summary } = await read(whole, packed);
    expect(summary.entries).toBe(4);
    expect(summary.notes).toEqual([`${packed} begins like ${whole}: what stands in both is counted twice`]);
    const other = fileOf(`${line("c")}\n`);
    expect((await read(whole, other)).summary.notes).toEqual([]);
  });

  test("with a line beyond all measure skips it and goes on", async () => {
    const content = `${"x".repeat(LONGEST_LINE + 10)}\n${line("a")}\n`;
    const { paths, summary } = await read(fileOf(content));
    expect(paths).toEqual(["a"]);
    expect(summary.notes).toEqual(["1 line longer than 16 MiB was skipped"]);
  });

  test("whose line spans chunks is read whole", async () => {
    const long = JSON.stringify(answered({ path: "a", data: { filler: "y".repeat(3_000_000) } }));
    expect((await read(fileOf(`${long}\n${line("b")}`))).paths).toEqual(["a", "b"]);
  });

  test("packed and cut off gives what stands before the cut, and says so", async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => line(`p${index}${Math.random()}`)).join("\n");
    const whole = gzipSync(lines);
    const { entries, summary } = await read(fileOf(whole.subarray(0, whole.length / 2)));
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.length).toBeLessThan(5_000);
    expect(summary.notes.join()).toContain("is cut off: what stands before the cut was read");
  });
});

test("a mistake in what is done with entries is not told as a file that cannot be read", async () => {
  const failed = readLogs([logOf([{ path: "a" }])], () => {
    throw new TypeError("a mistake");
  });
  await expect(failed).rejects.toThrow(new TypeError("a mistake"));
});

describe("what is no log", () => {
  const empty = () => fileOf("");
  test.each([
    ["a missing file", () => "/nowhere/audit.log", 2, /does not exist/],
    ["a folder", () => mkdtempSync(join(tmpdir(), "strongroom-log-")), 2, /is a folder/],
    ["an empty file", empty, 3, /holds no entry of an audit log \(.* is empty\)/],
    [
      "text that is not JSON",
      () => fileOf("hello\nworld\n"),
      3,
      /holds no entry of an audit log, in 2 lines/,
    ],
    [
      "JSON of something else",
      () => fileOf('[1]\n{"a":{"b":1}}\nnull\n'),
      3,
      /holds no entry of an audit log/,
    ],
    ["a binary file", () => fileOf(Buffer.from([127, 69, 76, 70, 0, 1, 2])), 3, /holds no text/],
    ["a damaged gzip file", () => fileOf(damaged()), 3, /cannot be read \(Z_/],
    [
      "another compression",
      () => fileOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1])),
      3,
      /compressed with zstd/,
    ],
  ])("as %s is told in one sentence with what to do", async (_, file, exitCode, message) => {
    const failed = await read(file()).catch((error: unknown) => error);
    expect(failed).toMatchObject({ exitCode, what: expect.stringMatching(message) });
  });

  test("as an empty file beside a full one is only noted", async () => {
    const folder = mkdtempSync(join(tmpdir(), "strongroom-log-"));
    const file = join(folder, "empty.log");
    writeFileSync(file, "");
    const { summary } = await read(file, logOf([{ path: "a" }]));
    expect(summary.notes).toEqual([`${file} is empty`]);
  });
});

function damaged(): Buffer {
  const packed = gzipSync("x".repeat(100_000) + Math.random());
  packed.fill(0xff, 20, 60);
  return packed;
}
