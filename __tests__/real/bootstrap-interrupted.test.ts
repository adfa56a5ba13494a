import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { execa } from "execa";
import { InterruptedError } from "../../base/errors";
import { bootstrap } from "../../bootstrap/bootstrap";
import { readCustody } from "../../bootstrap/custody";
import { readIdentity } from "../../bootstrap/identity";
import { placesOf } from "../../bootstrap/places";
import type { BootstrapRequest, BootstrapStep } from "../../bootstrap/request";
import { readStatus } from "../../bootstrap/status";
import { readHealth } from "../../engine/health";
import { EngineProcess, testEngine } from "./engine-process";

let engine: EngineProcess;
let home: string;
let request: BootstrapRequest;

const folder = mkdtempSync(join(tmpdir(), "strongroom-child-"));
const child = join(folder, "child.cjs");

beforeAll(async () => {
  const source = join(process.cwd(), "__tests__/real/bootstrap-child.ts");
  await build({ entryPoints: [source], outfile: child, bundle: true, platform: "node", format: "cjs" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(18204);
  request = { instance: "dev", address: engine.address, engine: testEngine };
}, 30_000);

afterEach(async () => {
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

/** A bootstrap in a process of its own that ends by SIGKILL in the middle of a step; returns what it wrote. */
async function killedAt(step: BootstrapStep["kind"]): Promise<string> {
  const argv = [child, home, "dev", engine.address, step];
  const { signal, all } = await execa("node", argv, { env: process.env, all: true, reject: false });
  expect([signal, all]).toEqual(["SIGKILL", expect.any(String)]);
  return all;
}

async function stepsOfNextRun(): Promise<string[]> {
  const steps: string[] = [];
  await bootstrap(request, (step) => steps.push(step.kind));
  return steps;
}

describe("killed with SIGKILL", () => {
  test.each([
    ["preflight", "uninitialised", ["preflight", "journal", "initialised", "custody", "unsealed", "token"]],
    ["journal", "uninitialised", ["preflight", "journal", "initialised", "custody", "unsealed", "token"]],
    ["custody", "sealed", ["unsealed", "token"]],
    ["unsealed", "active", ["unchanged", "token"]],
    ["token", "active", ["unchanged", "token"]],
  ] as const)(
    "in step %s, it leaves a server that is %s, and the next run completes",
    async (step, state, rest) => {
      const written = await killedAt(step);
      expect((await readHealth(engine.address)).state).toBe(state);
      expect(await stepsOfNextRun()).toEqual(rest);
      expect((await readHealth(engine.address)).state).toBe("active");
      expect(existsSync(join(home, "dev", "custody.pending"))).toBe(false);
      expect(existsSync(join(home, "dev", "custody.reserve"))).toBe(false);
      const { root_token, shares } = await readCustody(placesOf("dev"), await readIdentity());
      for (const secret of [root_token, ...shares]) expect(written).not.toContain(secret);
    },
    60_000,
  );

  test("between the init and its stored keys, the next run tells so, initialises nothing, and a wipe helps", async () => {
    await killedAt("initialised");
    const error = await bootstrap(request).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: "OperationalError", exitCode: 3 });
    expect(String(error)).toMatch(/sent the init at \d{4}-.*cut off before it could store them/);
    expect(String(error)).toContain("strongroom down --volumes");
    expect((await readHealth(engine.address)).state).toBe("sealed");
    expect((await readStatus(request)).interruptedInit).toMatchObject({ address: engine.address });

    await engine.wipe();
    await engine.launch();
    expect(await stepsOfNextRun()).toContain("initialised");
    expect((await readStatus(request)).interruptedInit).toBeUndefined();
  }, 60_000);
});

describe("stopped by its signal", () => {
  test.each([
    ["preflight", "uninitialised"],
    ["journal", "sealed"],
    ["initialised", "sealed"],
    ["custody", "sealed"],
    ["unsealed", "active"],
  ] as const)(
    "in step %s, it ends where the next run can go on: %s",
    async (step, state) => {
      const stop = new AbortController();
      const stopped = bootstrap({ ...request, signal: stop.signal }, ({ kind }) => {
        if (kind === step) stop.abort();
      });
      await expect(stopped).rejects.toThrow(InterruptedError);
      expect((await readHealth(engine.address)).state).toBe(state);
      expect(await stepsOfNextRun()).toContain("token");
      expect((await readHealth(engine.address)).state).toBe("active");
    },
    30_000,
  );

  test("while it waits for a server that is not there, it ends at once", async () => {
    await engine.stop();
    const stop = new AbortController();
    const stopped = bootstrap({ ...request, signal: stop.signal });
    setTimeout(() => stop.abort(), 300);
    const start = performance.now();
    await expect(stopped).rejects.toThrow(InterruptedError);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

test("a reporter that fails after the init does not cost the keys", async () => {
  const failing = bootstrap(request, ({ kind }) => {
    if (kind === "initialised") throw new Error("the terminal is gone");
  });
  await expect(failing).rejects.toThrow("the terminal is gone");
  expect(await stepsOfNextRun()).toEqual(["unsealed", "token"]);
});
