import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import { execa } from "execa";
import { sha256Of } from "../../toolchain/hash";
import { here, printPlatform } from "../../toolchain/platform";
import { openMachine } from "./toolchain-machine";

// Whole processes, a real Go build with an empty build cache (so that it lasts), killed in the middle of it.

const machines: { close: () => void }[] = [];
const bundle = openMachine();
const child = join(bundle.root, "child.cjs");
jest.setTimeout(3 * 60_000);
beforeAll(async () => {
  const source = join(process.cwd(), "__tests__", "real", "toolchain-child.ts");
  await build({
    entryPoints: [source],
    outfile: child,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
});
afterAll(bundle.close);
afterEach(() => {
  for (const machine of machines.splice(0)) machine.close();
});

function machine() {
  const opened = openMachine();
  machines.push(opened);
  opened.file("module/go.mod", "module tiny.test/tiny\n\ngo 1.21\n");
  opened.file(
    "module/main.go",
    'package main\n\nimport "net/http"\n\nfunc main() { println(http.StatusOK) }\n',
  );
  const start = () =>
    execa("node", [child, join(opened.root, "module")], {
      env: {
        STRONGROOM_CACHE: join(opened.root, "cache"),
        GOCACHE: join(opened.root, "gocache"),
        GOFLAGS: "",
      },
      reject: false,
    });
  const left = (folder: string) => readdirSync(join(opened.root, "cache", folder));
  const program = join(opened.root, "cache", "parts", "tiny", "1.2.3", printPlatform(here), "files", "tiny");
  return { ...opened, start, left, program };
}

/** Waits until the run has said that it builds, and Go has had a moment to begin. */
async function building(run: { readonly stdout: Readable }): Promise<void> {
  for await (const data of run.stdout.iterator({ destroyOnReturn: false })) {
    if (String(data).includes("building")) return sleep(1_500);
  }
  throw new Error("the run ended before it built anything");
}

async function expectMade(opened: ReturnType<typeof machine>, output: string): Promise<void> {
  expect(output).toContain(`${await sha256Of(opened.program)} made`);
  expect((await execa(opened.program)).stderr).toBe("200");
  expect(opened.left("tmp")).toEqual([]);
  expect(opened.left("locks")).toEqual([]);
}

test("after kill -9 in the middle of a build the next run waits for the dead one's lock to lapse, sweeps and builds", async () => {
  const opened = machine();
  const killed = opened.start();
  await building(killed);
  killed.kill("SIGKILL");
  await killed;
  expect(opened.left("tmp")).toHaveLength(1);

  const next = await opened.start();
  expect(next.exitCode).toBe(0);
  expect(next.stdout).toContain("another run is getting it ready: waiting for that");
  await expectMade(opened, next.stdout);
});

test("after Ctrl-C it exits with 130, leaves nothing half-made and no lock, and the next run completes it", async () => {
  const opened = machine();
  const stopped = opened.start();
  await building(stopped);
  stopped.kill("SIGINT");
  const { exitCode, stderr } = await stopped;
  expect({ exitCode, stderr }).toEqual({
    exitCode: 130,
    stderr: "Stopped while getting the tools.\n  Run the same command again: it goes on from what is ready.",
  });
  expect([...opened.left("tmp"), ...opened.left("locks")]).toEqual([]);

  await expectMade(opened, (await opened.start()).stdout);
});

test("two processes at once build it once and use the same file", async () => {
  const opened = machine();
  const results = await Promise.all([opened.start(), opened.start()]);
  expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const lines = results.map(({ stdout }) => stdout.split("\n"));
  expect(lines.flat().filter((line) => line.startsWith("building"))).toHaveLength(1);
  expect(lines.flat().filter((line) => line.startsWith("another run"))).toHaveLength(1);
  const ends = lines.map((of) => of.at(-1)?.split(" ") ?? []);
  expect(ends[0]?.[0]).toBe(ends[1]?.[0]);
  expect(ends.map((end) => end[1]).sort()).toEqual(["cached", "made"]);
});
