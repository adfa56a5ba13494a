import { readHealth } from "../../engine/health";
import { stubServer } from "./stub-server";

/** The codes that need licences or whole sites to come about; the others are tested against real servers. */
const body = { initialized: true, sealed: false, standby: true, server_time_utc: 1, version: "1.21.1+ent" };

test.each([
  [472, "disaster-recovery"],
  [473, "performance-standby"],
  [474, "standby"],
])("status %p is %p", async (status, state) => {
  const stub = await stubServer((_, response) => response.writeHead(status).end(JSON.stringify(body)));
  expect(await readHealth(stub.address)).toMatchObject({ state, version: "1.21.1+ent" });
  await stub.close();
});

test.each([
  [200, "hello"],
  [200, '{"status":"UP"}'],
  [503, "<html>down for maintenance</html>"],
  [404, JSON.stringify(body)],
])("status %p with %p comes from no engine", async (status, text) => {
  const stub = await stubServer((_, response) => response.writeHead(status).end(text));
  await expect(readHealth(stub.address)).rejects.toThrow(/taken by something that is no Vault or OpenBao/);
  await stub.close();
});

test("a server that accepts and says nothing is unreachable, with the reason", async () => {
  const stub = await stubServer(() => undefined);
  const health = await readHealth(stub.address, { timeoutMs: 200 });
  expect(health).toEqual({ state: "unreachable", reason: "no answer in time" });
  await stub.close();
});
