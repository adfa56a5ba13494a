import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../../bootstrap/bootstrap";
import { ensureIdentity } from "../../bootstrap/identity";
import { preflight } from "../../bootstrap/preflight";
import type { BootstrapRequest } from "../../bootstrap/request";
import { readHealth } from "../../engine/health";
import { EngineProcess, testEngine } from "./engine-process";

/** Needs the right to mount: a read-only mode would not stop root, a read-only or full file system does. */
let engine: EngineProcess;
let folder: string;
let request: BootstrapRequest;
const mounted: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-disk-"));
  process.env.STRONGROOM_IDENTITY = join(folder, "identity.txt");
  await ensureIdentity();
  engine = await EngineProcess.start(18212);
  request = { instance: "dev", address: engine.address, engine: testEngine };
}, 30_000);

afterEach(async () => {
  delete process.env.STRONGROOM_IDENTITY;
  await engine?.remove();
  for (const path of mounted.splice(0)) execFileSync("umount", [path]);
  rmSync(folder, { recursive: true, force: true });
});

/** A home on a small file system of its own. */
function mountHome(options: string): string {
  const home = join(folder, "home");
  mkdirSync(home);
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", home]);
  mounted.push(home);
  process.env.STRONGROOM_HOME = home;
  return home;
}

/** Writes until nothing more goes in. */
function fillUp(home: string): void {
  const file = openSync(join(home, "filler"), "w");
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    expect(error).toMatchObject({ code: "ENOSPC" });
  } finally {
    closeSync(file);
  }
}

async function expectRefusedBeforeInit(words: RegExp): Promise<void> {
  for (const attempt of [preflight, bootstrap]) {
    const error = await attempt(request).then(
      () => undefined,
      (thrown) => thrown,
    );
    expect(error).toMatchObject({ name: "OperationalError", exitCode: 3 });
    expect(error.message).toMatch(words);
  }
  expect((await readHealth(engine.address)).state).toBe("uninitialised");
}

test("a read-only home is refused before the init", async () => {
  mountHome("ro,mode=0700");
  await expectRefusedBeforeInit(/Cannot write .*: the file system is read-only/);
});

test("a home that became read-only after it was made is refused before the init", async () => {
  const home = mountHome("mode=0700");
  await preflight(request);
  execFileSync("mount", ["-o", "remount,ro", home]);
  await expectRefusedBeforeInit(/Cannot write .*: the file system is read-only/);
});

test("a full disk is refused before the init, and freeing it is enough", async () => {
  const home = mountHome("size=128k,mode=0700");
  fillUp(home);
  await expectRefusedBeforeInit(/Cannot write .*: the disk is full/);
  rmSync(join(home, "filler"));
  expect((await bootstrap(request)).initialised).toBe(true);
});

test("a disk that is too small to be safe is refused before the init", async () => {
  mountHome("size=32k,mode=0700");
  await expectRefusedBeforeInit(/Cannot write .*: the disk is full/);
});

test("a disk that fills up while the server is initialised does not cost the keys", async () => {
  const home = mountHome("size=128k,mode=0700");
  const { adminToken } = await bootstrap(request, ({ kind }) => {
    if (kind === "initialised") fillUp(home);
  });
  expect(existsSync(join(home, "dev", "custody.age"))).toBe(true);
  expect(readFileSync(adminToken.path, "utf8").trim()).not.toBe("");
  expect((await readHealth(engine.address)).state).toBe("active");
});

test("a disk that is full when the token is written is told, and the next run goes on", async () => {
  const home = mountHome("size=128k,mode=0700");
  const stopped = bootstrap(request, ({ kind }) => {
    if (kind === "unsealed") fillUp(home);
  });
  await expect(stopped).rejects.toThrow(/Cannot write .*terraform\.token: the disk is full/);
  rmSync(join(home, "filler"));
  expect((await bootstrap(request)).adminToken.renewed).toBe(true);
});
