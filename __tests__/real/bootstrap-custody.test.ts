import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateX25519Identity } from "age-encryption";
import { bootstrap } from "../../bootstrap/bootstrap";
import { preflight } from "../../bootstrap/preflight";
import type { BootstrapRequest } from "../../bootstrap/request";
import { unseal } from "../../bootstrap/unseal";
import { readHealth } from "../../engine/health";
import { EngineProcess, testEngine } from "./engine-process";

let engine: EngineProcess;
let home: string;
let request: BootstrapRequest;
let custody: string;

/** A sealed server, and custody that opens it; each test takes away what it needs and gets it back afterwards. */
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(18232);
  request = { instance: "dev", address: engine.address, engine: testEngine };
  await bootstrap(request);
  custody = join(home, "dev", "custody.age");
  rmSync(join(home, "dev", "terraform.token"));
  copyFileSync(custody, join(home, "custody.backup"));
  copyFileSync(join(home, "identity.txt"), join(home, "identity.backup"));
  await engine.stop();
  await engine.launch();
}, 30_000);

afterEach(() => {
  delete process.env.STRONGROOM_IDENTITY;
  copyFileSync(join(home, "custody.backup"), custody);
  copyFileSync(join(home, "identity.backup"), join(home, "identity.txt"));
});

afterAll(async () => {
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

async function isRefusedEverywhere(words: RegExp): Promise<void> {
  const before = readFileSync(custody);
  for (const attempt of [preflight, bootstrap, unseal]) {
    const refused = expect(attempt(request)).rejects;
    await refused.toMatchObject({
      name: "OperationalError",
      exitCode: 3,
      what: expect.stringMatching(words),
    });
  }
  expect(readFileSync(custody)).toEqual(before);
  expect((await readHealth(engine.address)).state).toBe("sealed");
}

test("with another identity custody does not open: told which one was tried, and nothing is lost", async () => {
  const secret = await generateX25519Identity();
  process.env.STRONGROOM_IDENTITY = join(home, "another.txt");
  writeFileSync(process.env.STRONGROOM_IDENTITY, `${secret}\n`, { mode: 0o600 });
  await isRefusedEverywhere(/is sealed to another identity than the one in .*another\.txt \(age1/);
});

test("without its identity it does not open, and no new identity is made", async () => {
  renameSync(join(home, "identity.txt"), join(home, "moved.txt"));
  await isRefusedEverywhere(/identity .*identity\.txt is missing/);
});

test.each([
  ["cut off in its header", (bytes: Buffer) => bytes.subarray(0, 40)],
  ["cut off in its content", (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
  ["empty", () => Buffer.alloc(0)],
  [
    "with one bit flipped",
    (bytes: Buffer) => {
      const flipped = Buffer.from(bytes);
      flipped[bytes.length - 10] = (flipped[bytes.length - 10] ?? 0) ^ 1;
      return flipped;
    },
  ],
] as const)("%s it does not open, which is told as damage", async (_, damage) => {
  writeFileSync(custody, damage(readFileSync(custody)));
  await isRefusedEverywhere(/is damaged/);
});

test("where it is gone altogether, the server is somebody else's", async () => {
  rmSync(custody);
  await expect(bootstrap(request)).rejects.toMatchObject({ name: "ConflictError", exitCode: 4 });
});

test("put back from its backup it opens the server", async () => {
  expect((await bootstrap(request)).unsealed).toBe(true);
});
