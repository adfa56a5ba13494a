import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../../bootstrap/bootstrap";
import { readCustody } from "../../bootstrap/custody";
import { readIdentity } from "../../bootstrap/identity";
import { placesOf } from "../../bootstrap/places";
import { portFree } from "../../bootstrap/port";
import type { BootstrapRequest } from "../../bootstrap/request";
import { readStatus } from "../../bootstrap/status";
import { unseal } from "../../bootstrap/unseal";
import { capabilitiesSelf } from "../../engine/capabilities";
import { EngineClient } from "../../engine/client";
import type { EngineAnswerError } from "../../engine/errors";
import { readHealth, waitForAnswer } from "../../engine/health";
import { giveShare, readSealStatus } from "../../engine/seal";
import { EngineProcess, testEngine } from "./engine-process";

let engine: EngineProcess;
let second: EngineProcess | undefined;
let home: string;
let request: BootstrapRequest;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(18220);
  request = { instance: "dev", address: engine.address, engine: testEngine, shares: 5, threshold: 3 };
}, 30_000);

afterAll(async () => {
  await second?.remove();
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

async function rootClient(): Promise<EngineClient> {
  const { root_token } = await readCustody(placesOf("dev"), await readIdentity());
  return new EngineClient({ address: engine.address, token: root_token });
}

/** Something that is no engine, on a port of its own choosing. */
async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("health", () => {
  test("of an empty server is uninitialised (501), with its version and clock", async () => {
    const health = await readHealth(engine.address);
    expect(health).toMatchObject({ state: "uninitialised", version: testEngine.version });
    expect(Math.abs((health.serverTime?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
    expect(health.clusterId).toBeUndefined();
  });

  test("of an initialised server is active (200), and names its cluster", async () => {
    await bootstrap(request);
    const health = await readHealth(engine.address);
    expect(health.state).toBe("active");
    expect(health.clusterId).toMatch(/^[0-9a-f-]{36}$/);
  }, 30_000);

  test("after a restart is sealed (503)", async () => {
    await engine.stop();
    await engine.launch();
    expect((await readHealth(engine.address)).state).toBe("sealed");
  });

  test("of a second node of the cluster is standby (429), once it has joined", async () => {
    await unseal(request);
    second = await EngineProcess.start(18222, { nodeId: "two" });
    const client = new EngineClient({ address: second.address });
    await client.request("POST", "sys/storage/raft/join", { leader_api_addr: engine.address });
    const { shares } = await readCustody(placesOf("dev"), await readIdentity());
    for (const share of shares.slice(0, 3)) await giveShare(client, share);
    await waitUntil(async () => (await readHealth(second?.address ?? "")).state === "standby");
    await client.close();
  }, 60_000);

  test("of a server that is gone is unreachable, with the reason", async () => {
    expect(await readHealth("http://127.0.0.1:18299")).toEqual({
      state: "unreachable",
      reason: "connection refused",
    });
  });
});

describe("bootstrap", () => {
  test("of a standby finds nothing to do", async () => {
    const steps: string[] = [];
    const address = second?.address ?? "";
    const { health } = await bootstrap({ ...request, address }, ({ kind }) => steps.push(kind));
    expect(steps).toEqual(["unchanged", "token"]);
    expect(health.state).toBe("standby");
    await second?.remove();
    second = undefined;
  }, 30_000);

  test("of three out of five shares goes on where somebody else has given one already", async () => {
    await engine.stop();
    await engine.launch();
    const client = new EngineClient({ address: engine.address });
    await giveShare(client, Buffer.alloc(33, 7).toString("base64"));
    expect(await readSealStatus(client)).toMatchObject({ sealed: true, threshold: 3, progress: 1 });
    await client.close();
    // Two nodes have become one: without the second there is no majority, so it opens and has no leader.
    const opened = unseal({ ...request, startDeadlineMs: 2_000 });
    await expect(opened).rejects.toThrow(/is unsealed, but has no active node/);
  }, 30_000);

  test("of an empty server again, after its data is wiped and custody put aside", async () => {
    await engine.wipe();
    await engine.launch();
    rmSync(join(home, "dev"), { recursive: true });
    const { initialised } = await bootstrap(request);
    expect(initialised).toBe(true);
    const custody = await readCustody(placesOf("dev"), await readIdentity());
    expect(custody).toMatchObject({ threshold: 3, address: engine.address });
    expect(new Set(custody.shares).size).toBe(5);
  }, 30_000);

  test("tells its status without opening anything", async () => {
    expect(await readStatus(request)).toMatchObject({
      health: { state: "active" },
      custody: { path: join(home, "dev", "custody.age"), present: true },
      interruptedInit: undefined,
    });
    expect(readdirSync(join(home, "dev")).sort()).toEqual(["custody.age", "terraform.token"]);
  });
});

describe("capabilities", () => {
  test("of more paths than one request may hold come back for each", async () => {
    const client = await rootClient();
    const paths = Array.from({ length: 1_100 }, (_, index) => `secret/data/app${index}`);
    const found = await capabilitiesSelf(client, [...paths, "capabilities", "capabilities"]);
    expect(found.size).toBe(1_101);
    expect([...found.values()].every((list) => list.length === 1 && list[0] === "root")).toBe(true);
    await client.close();
  });
});

describe("secret names", () => {
  test.each(["a b", "ü€", "per%cent", "ques?tion", "ha#sh", "plus+plus", "at@x:y"])(
    "%p arrives as it is meant",
    async (name) => {
      const client = await rootClient();
      await client.request("POST", "sys/mounts/names", { type: "kv" }).catch(() => undefined);
      await client.request("POST", `names/${name}`, { field: "value" });
      const { data } = await client.request<{ data: object }>("GET", `names/${name}`);
      expect(data).toEqual({ field: "value" });
      const { data: listed } = await client.request<{ data: { keys: string[] } }>("LIST", "names");
      expect(listed.keys).toContain(name);
      await client.close();
    },
  );
});

describe("errors of a real server", () => {
  test("a wrong token is 403, and is not in the message", async () => {
    const client = new EngineClient({ address: engine.address, token: "s.notatokenofthisserver" });
    const error = await client
      .request<EngineAnswerError>("GET", "sys/mounts")
      .catch((thrown: EngineAnswerError) => thrown);
    expect(error).toMatchObject({ name: "EngineAnswerError", status: 403, exitCode: 3 });
    expect(error.message).not.toContain("notatoken");
    await client.close();
  });

  test("a value that the server repeats in its answer is not in the message", async () => {
    const client = await rootClient();
    const wrong = { default_lease_ttl: "my-little-secret" };
    const error = await client
      .request<EngineAnswerError>("POST", "sys/mounts/names/tune", wrong)
      .catch((thrown: EngineAnswerError) => thrown);
    expect(error).toMatchObject({ status: 400 });
    expect(error.message).toContain("[redacted]");
    expect(error.message).not.toContain("my-little-secret");
    await client.close();
  });

  test("a sealed server is told with the way to unseal it", async () => {
    const client = await rootClient();
    await client.request("PUT", "sys/seal");
    const error = await client
      .request<EngineAnswerError>("GET", "sys/mounts")
      .catch((thrown: EngineAnswerError) => thrown);
    expect(error).toMatchObject({ status: 503, nextStep: "Unseal the server: `strongroom unseal`." });
    await client.close();
    expect((await unseal(request)).unsealed).toBe(true);
    expect((await unseal(request)).unsealed).toBe(false);
  });
});

describe("a port", () => {
  test("where nothing listens is free", async () => {
    expect(await portFree("http://127.0.0.1:18299")).toBe(true);
  });

  test("where an engine answers is not free, and that is no error", async () => {
    expect(await portFree(engine.address)).toBe(false);
  });

  test.each([
    ["another web server", createHttpServer((_, response) => response.end("hello"))],
    [
      "a web server that speaks JSON",
      createHttpServer((_, response) => response.end('{"status":"ok","initialized":"yes"}')),
    ],
    ["a server that speaks something else", createServer((socket) => socket.end("220 mail ready\r\n"))],
    ["a server that hangs up", createServer((socket) => socket.destroy())],
    ["a server that says nothing", createServer()],
  ] as const)(
    "taken by %s is told",
    async (_, server) => {
      const sockets = new Set<Socket>();
      server.on("connection", (socket) => sockets.add(socket.on("error", () => undefined)));
      const address = await listening(server);
      await expect(portFree(address)).rejects.toThrow(/is taken by something that/);
      for (const socket of sockets) socket.destroy();
      server.close();
    },
    10_000,
  );
});

test("waiting for a server that never comes ends at its deadline, with what to do", async () => {
  const waiting = waitForAnswer("http://127.0.0.1:18299", { deadlineMs: 1_000 });
  await expect(waiting).rejects.toMatchObject({
    exitCode: 3,
    what: "No engine answered at http://127.0.0.1:18299 within 1 s (connection refused).",
  });
});

async function waitUntil(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("it did not come true in 20 s");
}
