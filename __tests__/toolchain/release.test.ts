import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { HashMismatchError } from "../../toolchain/failures";
import { answers } from "../../toolchain/http";
import { type Release, unpackRelease } from "../../toolchain/release";
import { closeWorkbenches, openWorkbench } from "./workbench";

const servers: Server[] = [];

afterEach(async () => {
  closeWorkbenches();
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
});

async function serve(files: Record<string, Buffer | string>): Promise<string> {
  const server = createServer((request, response) => {
    const body = files[request.url ?? ""];
    response.writeHead(body === undefined ? 404 : 200, { connection: "close" });
    response.end(body);
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Nobody listens there. */
const closed = "http://127.0.0.1:18199";

const sha256 = (data: Buffer) => createHash("sha256").update(data).digest("hex");

/** A vendor with one archive: the program in a folder of its own, as some vendors pack it. */
async function vendor(listed?: string) {
  const bench = openWorkbench();
  bench.file("packed/tool-1.2.3/tool", "program");
  bench.file("packed/tool-1.2.3/LICENSE", "free");
  execFileSync("tar", ["-czf", join(bench.root, "tool.tar.gz"), "-C", join(bench.root, "packed"), "."]);
  const archive = readFileSync(join(bench.root, "tool.tar.gz"));
  const sums = `${"0".repeat(64)}  other.tar.gz\n${listed ?? sha256(archive)}  tool.tar.gz\n`;
  const base = await serve({ "/tool.tar.gz": archive, "/SUMS": sums });
  const release: Release = {
    ...{ label: "Tool", version: "1.2.3", base, archive: "tool.tar.gz", checksums: "SUMS", binary: "tool" },
  };
  const folder = join(bench.root, "made", "files");
  mkdirSync(folder, { recursive: true });
  // tar is the one program that this way needs.
  return { workshop: bench.open({ PATH: process.env.PATH ?? "" }), release, folder };
}

test("an archive with the listed sum is unpacked, program and licence", async () => {
  const { workshop, release, folder } = await vendor();
  expect(await unpackRelease(workshop, release, folder)).toEqual({
    version: "1.2.3",
    main: "tool",
    from: "tool.tar.gz",
  });
  expect(readFileSync(join(folder, "tool"), "utf8")).toBe("program");
  expect(readdirSync(join(folder, ".."))).toEqual(["files"]);
});

test("an archive with another sum than the listed one is refused and not unpacked", async () => {
  const { workshop, release, folder } = await vendor("f".repeat(64));
  await expect(unpackRelease(workshop, release, folder)).rejects.toBeInstanceOf(HashMismatchError);
  expect(readdirSync(folder)).toEqual([]);
});

test("a program with another sum than the pinned one is refused, although the archive is as listed", async () => {
  const { workshop, release, folder } = await vendor();
  const pinned = { ...release, binarySha256: "e".repeat(64) };
  await expect(unpackRelease(workshop, pinned, folder)).rejects.toThrow(
    "tool in tool.tar.gz is not the file",
  );
});

test("a list without the archive, or no list, is a reason and not an exception", async () => {
  const { workshop, release, folder } = await vendor();
  expect(await unpackRelease(workshop, { ...release, archive: "tool.zip" }, folder)).toEqual({
    why: "SUMS does not list tool.zip",
  });
  expect(await unpackRelease(workshop, { ...release, checksums: "NONE" }, folder)).toEqual({
    why: expect.stringMatching(/^127\.0\.0\.1:\d+ answered 404$/),
  });
});

test("a vendor that cannot be reached is a reason, told at once", async () => {
  const { workshop, release, folder } = await vendor();
  const started = Date.now();
  expect(await unpackRelease(workshop, { ...release, base: closed }, folder)).toEqual({
    why: "127.0.0.1:18199 does not answer (ECONNREFUSED)",
  });
  expect(await answers(workshop, closed)).toEqual({ why: expect.stringContaining("ECONNREFUSED") });
  expect(Date.now() - started).toBeLessThan(3_000);
});

test("a vendor that accepts and then stays silent is given up after 3 s", async () => {
  const { workshop } = openWorkbench();
  const server = createServer(() => undefined);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await answers(workshop, url)).toEqual({ why: expect.stringContaining("no answer in time") });
  server.closeAllConnections();
});

test("an interruption is not taken for an unreachable vendor", async () => {
  const { open } = openWorkbench();
  await expect(answers(open({}, AbortSignal.abort()), closed)).rejects.toMatchObject({ exitCode: 130 });
});
