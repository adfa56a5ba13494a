import { inspect } from "node:util";
import { InterruptedError, UsageError } from "../../base/errors";
import { EngineClient } from "../../engine/client";
import { bodyOf, stubServer } from "./stub-server";

let stub: Awaited<ReturnType<typeof stubServer>>;
let client: EngineClient;

function fail(): never {
  throw new Error("it was answered with success");
}

afterEach(async () => {
  await stub?.close();
  await client?.close();
});

test("a request carries method, path, token and body, and its answer is parsed", async () => {
  stub = await stubServer(async (request, response) => {
    const { method, url, headers } = request;
    const body = await bodyOf(request);
    response.end(
      JSON.stringify({ method, url, token: headers["x-vault-token"], type: headers["content-type"], body }),
    );
  });
  client = new EngineClient({ address: stub.address }).withToken("s.one");
  expect(await client.request("POST", "secret/data/a b/c?d", { data: 1 })).toEqual({
    method: "POST",
    url: "/v1/secret/data/a%20b/c%3Fd",
    token: "s.one",
    type: "application/json",
    body: '{"data":1}',
  });
  expect(await client.request("PATCH", "x", {})).toMatchObject({ type: "application/merge-patch+json" });
  expect(await client.request("LIST", "x")).toMatchObject({
    method: "GET",
    url: "/v1/x?list=true",
    body: "",
  });
});

test("an answer without a body is undefined", async () => {
  stub = await stubServer((_, response) => response.writeHead(204).end());
  client = new EngineClient({ address: stub.address });
  expect(await client.request("DELETE", "x")).toBeUndefined();
});

test("connections are used again, also with another token", async () => {
  const sockets = new Set<unknown>();
  stub = await stubServer((request, response) => {
    sockets.add(request.socket);
    response.end("{}");
  });
  client = new EngineClient({ address: stub.address });
  for (let call = 0; call < 10; call += 1) await client.withToken(`s.${call}`).request("GET", "x");
  // A second one is opened where the first is still putting its last answer away.
  expect(sockets.size).toBeLessThanOrEqual(2);
});

test("an error names the request and the engine's words, and neither token nor value", async () => {
  stub = await stubServer(async (request, response) => {
    const body = await bodyOf(request);
    response
      .writeHead(400)
      .end(JSON.stringify({ errors: [`bad input ${body} of ${request.headers["x-vault-token"]}`] }));
  });
  client = new EngineClient({ address: stub.address, token: "s.tokentoken" });
  const call = client.request("PUT", "sys/unseal", { key: "c2VjcmV0" });
  const error: Error = await call.then(fail, (thrown) => thrown);
  expect(error).toMatchObject({ name: "EngineAnswerError", status: 400 });
  expect(`${error.stack}${JSON.stringify(error)}`).not.toMatch(/c2VjcmV0|tokentoken/);
  expect(error.message).toContain("bad input");
});

test("a server that never ends its answer is given up at the deadline of the whole call", async () => {
  let drip: NodeJS.Timeout | undefined;
  stub = await stubServer((_, response) => {
    drip = setInterval(() => response.write(" "), 20);
  });
  client = new EngineClient({ address: stub.address, timeoutMs: 300 });
  const start = performance.now();
  const error = await client.request("GET", "x").catch((thrown) => thrown);
  clearInterval(drip);
  expect(error).toMatchObject({ name: "EngineSilentError", reason: "timed-out", mayHaveArrived: true });
  expect(performance.now() - start).toBeLessThan(1_500);
});

test("a connection that breaks after the request was sent says that it may have been carried out", async () => {
  stub = await stubServer((request) => request.socket.destroy());
  client = new EngineClient({ address: stub.address });
  const error = await client.request("POST", "x", {}).catch((thrown) => thrown);
  expect(error).toMatchObject({ reason: "reset", mayHaveArrived: true });
});

test("a request is sent once, whatever comes of it", async () => {
  let seen = 0;
  stub = await stubServer((request) => {
    seen += 1;
    request.socket.destroy();
  });
  client = new EngineClient({ address: stub.address });
  await client.request("GET", "x").catch(() => undefined);
  expect(seen).toBe(1);
});

test("nobody listening is refused, and nothing was carried out", async () => {
  stub = await stubServer(() => undefined);
  await stub.close();
  client = new EngineClient({ address: stub.address });
  const error = await client.request("GET", "x").catch((thrown) => thrown);
  expect(error).toMatchObject({ reason: "refused", mayHaveArrived: false });
});

test("a call that is stopped ends at once as interrupted", async () => {
  stub = await stubServer(() => undefined);
  client = new EngineClient({ address: stub.address });
  const call = client.request("GET", "x", undefined, { signal: AbortSignal.timeout(100) });
  await expect(call).rejects.toThrow(InterruptedError);
});

test.each([
  "127.0.0.1:8200",
  "ftp://host",
  "http://host:8200/v1",
  "http://user@host",
  "http://host/?x=1",
  "",
])("the address %p is refused", (address) => {
  expect(() => new EngineClient({ address })).toThrow(UsageError);
});

test("an address with a password in it is refused without repeating it", () => {
  expect(() => new EngineClient({ address: "http://user:hunter2@host" })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("hunter2") }),
  );
});

test("a client that is printed or serialised shows no token", () => {
  client = new EngineClient({ address: "http://127.0.0.1:1", token: "s.tokentoken" });
  const shown = `${inspect(client, { depth: 9, showHidden: true })}${JSON.stringify(client)}`;
  expect(shown).toContain("127.0.0.1");
  expect(shown).not.toContain("tokentoken");
});
