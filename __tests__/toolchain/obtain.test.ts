import { mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findEntry } from "../../toolchain/cache";
import { PartMissingError } from "../../toolchain/failures";
import { obtain, type Way, type Wish } from "../../toolchain/obtain";
import type { Workshop } from "../../toolchain/workshop";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

function wishFor(workshop: Workshop, ways: readonly Way[]): Wish {
  return {
    ...{ part: "tool", label: "the tool", wanted: ">=1 <2", platform: "linux_amd64", ways },
    find: () => findEntry(workshop, "tool", ">=1 <2", "linux_amd64"),
    tried: [{ way: "tool on PATH", why: "not there" }],
    nextStep: "Install the tool.",
  };
}

const deadEnd: Way = {
  name: "its registry",
  source: "registry",
  make: async () => ({ why: "no answer within 3 s" }),
};

function maker(made: string[] = [], delayMs = 0): Way {
  return {
    name: "its release",
    source: "release",
    make: async (folder) => {
      made.push(folder);
      await writeFile(join(folder, "tool"), "program");
      await sleep(delayMs);
      return { version: "1.2.3", main: "tool", from: "tool.tar.gz" };
    },
  };
}

test("the first way that leads to the part is taken, and the next time the cache", async () => {
  const { workshop } = openWorkbench();
  const made: string[] = [];
  const wish = wishFor(workshop, [deadEnd, maker(made)]);
  expect(await obtain(workshop, wish)).toMatchObject({
    cached: false,
    entry: { source: "release", version: "1.2.3" },
  });
  expect(await obtain(workshop, wish)).toMatchObject({ cached: true, entry: { source: "release" } });
  expect(made).toHaveLength(1);
});

test("when no way leads to it, the message names the part, each way with its reason, and the next step", async () => {
  const { workshop } = openWorkbench();
  const failure = await obtain(workshop, wishFor(workshop, [deadEnd])).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PartMissingError);
  expect(failure).toMatchObject({ exitCode: 3 });
  expect((failure as Error).message).toMatchInlineSnapshot(`
    "Cannot get the tool >=1 <2. Tried, in this order:
        tool on PATH: not there
        its registry: no answer within 3 s
      Install the tool."
  `);
  expect(readdirSync(join(workshop.cache, "tmp"))).toEqual([]);
});

test("two runs at once make it once, and the second one says that it waits", async () => {
  const { workshop, told } = openWorkbench();
  const made: string[] = [];
  const wish = wishFor(workshop, [maker(made, 300)]);
  const [one, other] = await Promise.all([obtain(workshop, wish), obtain(workshop, wish)]);
  expect(made).toHaveLength(1);
  expect([one.cached, other.cached].sort()).toEqual([false, true]);
  expect(told).toEqual([{ part: "tool", what: "another run is getting it ready: waiting for that" }]);
});

test("what a killed run left, its half-made files and its lock, does not hinder the next one", async () => {
  const { workshop } = openWorkbench();
  const half = join(workshop.cache, "tmp", "tool.abandoned", "files");
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, "tool"), "prog");
  const lock = join(workshop.cache, "locks", "tool.lock");
  mkdirSync(lock, { recursive: true });
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);

  expect((await obtain(workshop, wishFor(workshop, [maker()]))).entry.version).toBe("1.2.3");
  expect(readdirSync(join(workshop.cache, "tmp"))).toEqual([]);
});

test("the half-made files of another part are left alone", async () => {
  const { workshop } = openWorkbench();
  mkdirSync(join(workshop.cache, "tmp", "toolbox.busy"), { recursive: true });
  await obtain(workshop, wishFor(workshop, [maker()]));
  expect(readdirSync(join(workshop.cache, "tmp"))).toEqual(["toolbox.busy"]);
});

test("an interrupted run tries no further way, exits with 130 and leaves neither files nor lock", async () => {
  const { open } = openWorkbench();
  const stop = new AbortController();
  const workshop = open({}, stop.signal);
  const stopping: Way = {
    name: "its release",
    source: "release",
    make: async (folder) => {
      await writeFile(join(folder, "tool"), "prog");
      stop.abort();
      return { why: "interrupted" };
    },
  };
  const made: string[] = [];
  const failure = await obtain(workshop, wishFor(workshop, [stopping, maker(made)])).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ exitCode: 130 });
  expect(made).toEqual([]);
  expect(readdirSync(join(workshop.cache, "tmp"))).toEqual([]);
  expect(readdirSync(join(workshop.cache, "locks"))).toEqual([]);
});

test("who waits for another run can be interrupted", async () => {
  const { workshop, open } = openWorkbench();
  const stop = new AbortController();
  const waiting = open({}, stop.signal);
  const first = obtain(workshop, wishFor(workshop, [maker([], 500)]));
  await sleep(100);
  const second = obtain(waiting, wishFor(waiting, [maker()])).catch((error: unknown) => error);
  stop.abort();
  expect(await second).toMatchObject({ exitCode: 130 });
  expect((await first).cached).toBe(false);
});
