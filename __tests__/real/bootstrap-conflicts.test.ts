import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../../bootstrap/bootstrap";
import { setCustodyAside } from "../../bootstrap/custody";
import { placesOf } from "../../bootstrap/places";
import type { BootstrapRequest } from "../../bootstrap/request";
import { unseal } from "../../bootstrap/unseal";
import { EngineClient } from "../../engine/client";
import { readHealth } from "../../engine/health";
import { giveShare, initialise } from "../../engine/seal";
import { EngineProcess, testEngine } from "./engine-process";

let engine: EngineProcess;
let home: string;
let request: BootstrapRequest;
let custody: string;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(18208);
  request = { instance: "dev", address: engine.address, engine: testEngine };
  custody = join(home, "dev", "custody.age");
}, 30_000);

afterEach(async () => {
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

async function errorOf(work: Promise<unknown>): Promise<Error & { exitCode?: number }> {
  return work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error) => error,
  );
}

/** Somebody else initialises the server, and unseals it if asked to. */
async function strangerInitialises(options: { unseals: boolean }): Promise<void> {
  const client = new EngineClient({ address: engine.address });
  const keys = await initialise(client, 1, 1);
  if (options.unseals) for (const share of keys.shares) await giveShare(client, share);
  await client.close();
}

describe("a server that somebody else initialised", () => {
  test.each([{ unseals: false }, { unseals: true }])(
    "is a conflict and is left alone: %p",
    async (options) => {
      await strangerInitialises(options);
      const error = await errorOf(bootstrap(request));
      expect(error).toMatchObject({ name: "ConflictError", exitCode: 4 });
      expect(error.message).toContain("already initialised by somebody else");
      expect(error.message).toContain(custody);
      expect(readdirSync(join(home, "dev"))).toEqual([]);
    },
  );

  test("between our look and our init, is a conflict, and leaves no journal", async () => {
    let raced: Promise<void> | undefined;
    const error = await errorOf(
      bootstrap(request, ({ kind }) => {
        // Ours goes out later: it syncs its journal to disk first.
        if (kind === "preflight") raced = strangerInitialises({ unseals: false });
      }).finally(() => raced),
    );
    expect(error).toMatchObject({ name: "ConflictError", exitCode: 4 });
    expect(error.message).toContain("already initialised by somebody else");
    expect(readdirSync(join(home, "dev"))).toEqual([]);
  });

  test("does not open with the keys in our custody: said, nothing changed", async () => {
    await bootstrap(request);
    const before = readFileSync(custody);
    await engine.wipe();
    await engine.launch();
    await strangerInitialises({ unseals: false });
    for (const attempt of [bootstrap, unseal]) {
      const error = await errorOf(attempt(request));
      expect(error).toMatchObject({ name: "ConflictError", exitCode: 4 });
      expect(error.message).toContain("does not open with the keys in");
    }
    expect(readFileSync(custody)).toEqual(before);
  }, 30_000);
});

describe("an empty server where custody of an earlier one exists", () => {
  test("is never initialised over the old keys", async () => {
    await bootstrap(request);
    const before = readFileSync(custody);
    await engine.wipe();
    await engine.launch();
    const error = await errorOf(bootstrap(request));
    expect(error).toMatchObject({ name: "ConflictError", exitCode: 4 });
    expect(error.message).toContain(`mv -n ${custody} ${custody}.old`);
    expect((await readHealth(engine.address)).state).toBe("uninitialised");
    expect(readFileSync(custody)).toEqual(before);
  }, 30_000);

  test("is initialised once the old keys are put aside, and these are kept", async () => {
    await bootstrap(request);
    const before = readFileSync(custody);
    await engine.wipe();
    await engine.launch();
    const aside = await setCustodyAside(placesOf("dev"));
    expect(readFileSync(aside ?? "")).toEqual(before);
    expect((await bootstrap(request)).initialised).toBe(true);
    expect(readFileSync(custody)).not.toEqual(before);
    expect(readFileSync(aside ?? "")).toEqual(before);
  }, 30_000);
});

describe("two bootstraps at once", () => {
  test("of one instance: one initialises, the other finds it done", async () => {
    const results = await Promise.all([bootstrap(request), bootstrap(request), bootstrap(request)]);
    expect(results.filter(({ initialised }) => initialised)).toHaveLength(1);
    expect(results.filter(({ adminToken }) => adminToken.renewed)).toHaveLength(1);
  }, 30_000);

  test("of two instances: one initialises, the other is told that it was initialised already", async () => {
    const other = { ...request, instance: "other" };
    const outcomes = await Promise.allSettled([bootstrap(request), bootstrap(other)]);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(String(lost[0]?.reason)).toContain("already initialised by somebody else");
    const kept = ["dev", "other"].filter((name) => readdirSync(join(home, name)).includes("custody.age"));
    expect(kept).toHaveLength(1);
    expect((await readHealth(engine.address)).state).toBe("active");
  }, 30_000);
});
