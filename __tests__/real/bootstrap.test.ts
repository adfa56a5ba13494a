import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BootstrapResult, bootstrap } from "../../bootstrap/bootstrap";
import type { BootstrapRequest, BootstrapStep } from "../../bootstrap/request";
import { EngineProcess, testEngine } from "./engine-process";

let engine: EngineProcess;
let home: string;
let request: BootstrapRequest;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(18200);
  request = { instance: "dev", address: engine.address, engine: testEngine };
});

afterAll(async () => {
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

async function run(): Promise<{ result: BootstrapResult; steps: string[] }> {
  const steps: BootstrapStep[] = [];
  const result = await bootstrap(request, (step) => steps.push(step));
  return { result, steps: steps.map((step) => step.kind) };
}

test("an empty server is initialised, its keys are stored, then it is unsealed and gets a token", async () => {
  const { result, steps } = await run();
  expect(steps).toEqual(["preflight", "journal", "initialised", "custody", "unsealed", "token"]);
  expect(result).toMatchObject({ initialised: true, unsealed: true, health: { state: "active" } });
});

test("a second run changes nothing", async () => {
  const { result, steps } = await run();
  expect(steps).toEqual(["unchanged", "token"]);
  expect(result).toMatchObject({ initialised: false, unsealed: false, adminToken: { renewed: false } });
});

test("after a restart it waits, and unseals from custody", async () => {
  await engine.stop();
  const starting = engine.launch();
  const { result, steps } = await run();
  await starting;
  expect(steps).toEqual(["unsealed", "token"]);
  expect(result).toMatchObject({ initialised: false, unsealed: true, health: { state: "active" } });
});

test("after kill -9 of the server too", async () => {
  await engine.stop("SIGKILL");
  await engine.launch();
  expect((await run()).steps).toEqual(["unsealed", "token"]);
});

test("everything it leaves behind is readable by the operator alone, and nothing else is left", () => {
  const files = readdirSync(home, { recursive: true, encoding: "utf8" }).sort();
  expect(files).toEqual(["dev", "dev/custody.age", "dev/terraform.token", "identity.txt"]);
  for (const file of files) {
    const { mode } = statSync(join(home, file));
    expect([file, (mode & 0o777).toString(8)]).toEqual([file, file === "dev" ? "700" : "600"]);
  }
  expect(statSync(home).mode & 0o777).toBe(0o700);
});

test("custody is an age file and holds no plain key", () => {
  const sealed = readFileSync(join(home, "dev", "custody.age"), "latin1");
  expect(sealed.startsWith("age-encryption.org/v1\n-> X25519 ")).toBe(true);
  expect(sealed).not.toContain("root_token");
});
