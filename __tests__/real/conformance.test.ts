import { spawn, spawnSync } from "node:child_process";
import { conformanceWith } from "./run-conformance";

const conformance = conformanceWith({});

test("asks an engine and tells what was asked, and that it agreed", () => {
  const { status, stdout } = conformance(
    "--decisions",
    "600",
    "--engine",
    "openbao",
    "--seed",
    "5",
    "--json",
  );
  const document = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(document).toMatchObject({
    schema_version: 1,
    runs: [{ engine: "openbao@2.7.2", seed: 5, mismatches: [] }],
  });
  const [run] = document.runs as { decisions: number; surfaces: Record<string, number> }[];
  const asked = Object.values(run?.surfaces ?? {}).reduce((sum, count) => sum + count, 0);
  expect(run?.decisions).toBeGreaterThanOrEqual(600);
  expect(asked).toBe(run?.decisions);
  expect(Object.keys(run?.surfaces ?? {}).sort()).toEqual([
    "KV v1",
    "KV v2",
    "cubbyhole",
    "documents",
    "sys, auth, identity and pki",
    "sys/capabilities",
  ]);
}, 120_000);

test("the same seed and number ask the same questions, and another seed others", () => {
  const asked = (seed: string): unknown => {
    const run = conformance(
      "--decisions",
      "400",
      "--engine",
      "openbao",
      "--seed",
      seed,
      "--only",
      "same",
      "--json",
    );
    return JSON.parse(run.stdout).runs[0].oracles;
  };
  expect(asked("6")).toEqual(asked("6"));
  expect(asked("6")).not.toEqual(asked("7"));
}, 120_000);

test.each([
  [["--decisions", "many"], "--decisions many is no number"],
  [["--decisions", "0"], "--decisions 0 is no number"],
  [["--decisions", "-5"], "--decisions"],
  [[], "--decisions is missing"],
  [["--decisions", "5", "--engine", "consul"], "--engine consul is none that is tested"],
  [["--decisions", "5", "--seed", "x"], "--seed x is no number"],
  [["--decisions", "5", "--only", "nothing like it"], "--only nothing like it is in no oracle's name"],
  [["--decisons", "5"], "--decisons"],
])("refuses %j in one sentence, and says how it is used", (args, reason) => {
  const { status, stdout, stderr } = conformance(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(reason);
  expect(stderr).toContain("npm run conformance -- --decisions N");
  expect(stderr).not.toContain("    at ");
});

test("stops when it is told to, with the engine, and tells what was asked", async () => {
  const args = ["bin/conformance.mjs", "--decisions", "10000000", "--engine", "openbao", "--json"];
  const run = spawn("node", args, { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  run.stdout.on("data", (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve) => run.once("close", resolve));
  const engine = await engineOf(run.pid as number);
  await new Promise((resolve) => setTimeout(resolve, 2000));
  run.kill("SIGINT");
  expect(await ended).toBe(130);
  expect(JSON.parse(said).runs[0].decisions).toBeGreaterThan(0);
  expect(() => process.kill(engine, 0)).toThrow("ESRCH");
}, 60_000);

/** The server that a run has started, once it is there. */
async function engineOf(run: number): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { stdout } = spawnSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" });
    const line = stdout
      .split("\n")
      .find((each) => new RegExp(`^\\s*\\d+\\s+${run}\\s.*server -dev`).test(each));
    if (line) return Number.parseInt(line, 10);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the run has started no engine");
}

test("an engine that is nowhere is told, with what would help", () => {
  const nowhere = conformanceWith({ STRONGROOM_TEST_OPENBAO: "/nowhere/bao" });
  const { status, stderr } = nowhere("--decisions", "5", "--engine", "openbao");
  expect(status).toBe(3);
  expect(stderr).toBe("openbao@2.7.2 is not at /nowhere/bao: fetch it, or set STRONGROOM_TEST_OPENBAO.\n");
});
