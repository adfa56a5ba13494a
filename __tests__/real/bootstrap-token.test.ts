import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureAdminToken, readAdminToken } from "../../bootstrap/admin-token";
import { bootstrap } from "../../bootstrap/bootstrap";
import { readCustody } from "../../bootstrap/custody";
import { readIdentity } from "../../bootstrap/identity";
import { issueOperatorToken } from "../../bootstrap/operator-token";
import { placesOf } from "../../bootstrap/places";
import type { BootstrapRequest } from "../../bootstrap/request";
import { capabilitiesOfAccessor, capabilitiesSelf } from "../../engine/capabilities";
import { EngineClient } from "../../engine/client";
import { dialectOf } from "../../engine/dialects";
import { destroySecretId, issueSecretId, loginAppRole, readRoleId } from "../../engine/logins";
import {
  createOrphanToken,
  createTokenByRole,
  lookupSelf,
  revokeAccessor,
  revokeSelf,
} from "../../engine/tokens";
import { EngineProcess, testEngine } from "./engine-process";

let engine: EngineProcess;
let home: string;
let request: BootstrapRequest;
let anonymous: EngineClient;
let root: EngineClient;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(18216);
  request = { instance: "dev", address: engine.address, engine: testEngine };
  await bootstrap(request);
  anonymous = new EngineClient({ address: engine.address });
  const custody = await readCustody(placesOf("dev"), await readIdentity());
  root = anonymous.withToken(custody.root_token);
  await root.request("POST", "sys/mounts/secret", { type: "kv", options: { version: "2" } });
  await root.request("POST", "sys/mounts/old", { type: "kv", options: { version: "1" } });
  await eventually(() => root.request("POST", "secret/data/app/db", { data: { password: "canary-value" } }));
}, 60_000);

afterAll(async () => {
  await anonymous?.close();
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

async function admin(): Promise<EngineClient> {
  return anonymous.withToken(await readAdminToken("dev"));
}

/** A new KV v2 mount answers 400 for a moment, while it is set up. */
async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

describe("the token", () => {
  test("is an orphan of twenty minutes with the one policy, in a file for the operator alone", async () => {
    const facts = await lookupSelf(await admin());
    expect(facts).toMatchObject({ policies: ["strongroom-terraform"], orphan: true });
    expect(facts.ttlSeconds).toBeGreaterThan(19 * 60);
    expect(facts.ttlSeconds).toBeLessThanOrEqual(20 * 60);
    expect(statSync(join(home, "dev", "terraform.token")).mode & 0o777).toBe(0o600);
  });

  test("is used again while it has more than five minutes", async () => {
    const before = await readAdminToken("dev");
    const { renewed, expiresAt, path } = await ensureAdminToken(request);
    expect(renewed).toBe(false);
    expect(path).toBe(join(home, "dev", "terraform.token"));
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 15 * 60_000);
    expect(await readAdminToken("dev")).toBe(before);
  });

  test("is replaced when it was revoked", async () => {
    await revokeSelf(await admin());
    expect((await ensureAdminToken(request)).renewed).toBe(true);
    expect((await lookupSelf(await admin())).ttlSeconds).toBeGreaterThan(19 * 60);
  });

  test("is replaced when it is about to expire, and the old one is revoked", async () => {
    const { meta } = await lookupSelf(await admin());
    const short = await root.request<{ auth: { client_token: string } }>("POST", "auth/token/create-orphan", {
      policies: ["strongroom-terraform"],
      no_default_policy: true,
      ttl: "4m",
      meta,
    });
    const path = join(home, "dev", "terraform.token");
    writeFileSync(path, `${short.auth.client_token}\n`);
    expect((await ensureAdminToken(request)).renewed).toBe(true);
    const old = anonymous.withToken(short.auth.client_token);
    await expect(lookupSelf(old)).rejects.toMatchObject({ status: 403 });
  });

  test("is replaced when its policy is another one than this version wants", async () => {
    const named = { ...request, kvMounts: ["secret"] };
    expect((await ensureAdminToken(named)).renewed).toBe(true);
    expect((await ensureAdminToken(named)).renewed).toBe(false);
    expect((await ensureAdminToken(request)).renewed).toBe(true);
  });

  test("is replaced when its file holds nonsense", async () => {
    writeFileSync(join(home, "dev", "terraform.token"), "\u0000\n");
    expect((await ensureAdminToken(request)).renewed).toBe(true);
  });
});

describe("with the token, no secret's value", () => {
  test("can be read, written, listed, deleted or destroyed, by any path of the API", async () => {
    const client = await admin();
    const attempts = [
      ["GET", "secret/data/app/db"],
      ["POST", "secret/data/app/db"],
      ["PATCH", "secret/data/app/db"],
      ["DELETE", "secret/data/app/db"],
      ["LIST", "secret/metadata/app"],
      ["LIST", "secret/metadata"],
      ["GET", "secret/metadata/app/db"],
      ["DELETE", "secret/metadata/app/db"],
      ["POST", "secret/destroy/app/db"],
      ["GET", "secret/subkeys/app/db"],
      ["GET", "old/any"],
      ["LIST", "old/"],
      ["POST", "sys/remount"],
      ["DELETE", "sys/mounts/secret"],
      ["GET", "sys/storage/raft/snapshot"],
      ["PUT", "sys/seal"],
      ["POST", "sys/rotate"],
      ["PUT", "sys/policies/acl/strongroom-terraform"],
    ] as const;
    for (const [method, path] of attempts) {
      const body = method === "POST" || method === "PUT" || method === "PATCH" ? { data: {} } : undefined;
      const outcome = await client.request(method, path, body).then(
        () => "allowed",
        (error) => error.status,
      );
      expect([method, path, outcome]).toEqual([method, path, 403]);
    }
    const { data } = await root.request<{ data: { data: object } }>("GET", "secret/data/app/db");
    expect(data.data).toEqual({ password: "canary-value" });
  });

  test("is within its capabilities, by the server's own word", async () => {
    const paths = ["secret/data/app/db", "secret/data/", "secret/metadata/app/", "old/any", "cubbyhole/x"];
    const found = await capabilitiesSelf(await admin(), paths);
    expect([...found.values()].flat()).toEqual(paths.map(() => "deny"));
  });
});

describe("with the token, what Terraform does", () => {
  test("is allowed: mounts, KV configuration, logins, roles, policies, quotas, identities, token roles", async () => {
    const client = await admin();
    await client.request("GET", "sys/mounts");
    await client.request("POST", "sys/mounts/team", { type: "kv", options: { version: "2" } });
    await client.request("POST", "sys/mounts/team/tune", { description: "of the team" });
    await eventually(() => client.request("POST", "team/config", { max_versions: 5 }));
    await client.request("GET", "team/config");
    await client.request("POST", "sys/auth/approle", { type: "approle" });
    await client.request("POST", "sys/auth/approle/tune", { max_lease_ttl: "4h" });
    await client.request("GET", "sys/auth");
    await client.request("PUT", "sys/policies/acl/app", {
      policy: 'path "secret/data/app/*" { capabilities = ["read"] }',
    });
    await client.request("LIST", "sys/policies/acl");
    await client.request("POST", "auth/approle/role/app", {
      token_policies: ["app"],
      token_no_default_policy: true,
    });
    await client.request("LIST", "auth/approle/role");
    await client.request("POST", "auth/token/roles/tool", { allowed_policies: ["app"], token_period: 3600 });
    await client.request("POST", "sys/quotas/rate-limit/all", { rate: 10_000 });
    await client.request("GET", "sys/quotas/rate-limit/all");
    await client.request("DELETE", "sys/quotas/rate-limit/all");
    await client.request("POST", "identity/group", { name: "team", policies: ["app"] });
    await client.request("GET", "identity/group/name/team");
    await client.request("POST", "auth/token/create", { ttl: "5m" });
  });

  test("is audit devices too, where the engine takes them through its API", async () => {
    const client = await admin();
    const enabled = client
      .request("PUT", "sys/audit/more", { type: "file", options: { file_path: "discard" } })
      .then(() => client.request("DELETE", "sys/audit/more"))
      .then(() => "allowed");
    const outcome = await enabled.catch((error) => error.status);
    expect(outcome).toBe(dialectOf(testEngine).auditDevices === "through-api" ? "allowed" : 403);
  });

  test("verification logs in as a role, asks for its capabilities, and takes everything back", async () => {
    const client = await admin();
    const secretId = await issueSecretId(client, "app");
    const credentials = { roleId: await readRoleId(client, "app"), secretId: secretId.secretId };
    const login = await loginAppRole(anonymous, credentials);
    const found = await capabilitiesOfAccessor(client, login.accessor, [
      "secret/data/app/db",
      "secret/data/x",
    ]);
    expect(Object.fromEntries(found)).toEqual({ "secret/data/app/db": ["read"], "secret/data/x": ["deny"] });
    await revokeAccessor(client, login.accessor);
    await expect(anonymous.withToken(login.token).request("GET", "secret/data/app/db")).rejects.toMatchObject(
      {
        status: 403,
      },
    );
    await destroySecretId(client, "app", secretId.accessor);
    await expect(loginAppRole(anonymous, credentials)).rejects.toMatchObject({ status: 400 });
  });

  test("verification makes a token with a role's policies where the role's own login is out of reach", async () => {
    const client = await admin();
    const login = await createOrphanToken(client, { policies: ["app"], noDefaultPolicy: true, ttl: "1m" });
    const found = await capabilitiesOfAccessor(client, login.accessor, ["secret/data/app/db"]);
    expect(found.get("secret/data/app/db")).toEqual(["read"]);
    await revokeAccessor(client, login.accessor);
  });

  test("a token by a token role holds the role's policy alone", async () => {
    const login = await createTokenByRole(await admin(), "tool", { noDefaultPolicy: true });
    expect(login.policies).toEqual(["app"]);
    await revokeAccessor(await admin(), login.accessor);
  });
});

test("the operator's token uses the secrets of the mounts it is for, and changes nothing of the server", async () => {
  const { token, expiresAt } = await issueOperatorToken({ ...request, kvMounts: ["secret"] });
  expect(expiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 60 * 60_000);
  const operator = anonymous.withToken(token);
  const { data } = await operator.request<{ data: { data: object } }>("GET", "secret/data/app/db");
  expect(data.data).toEqual({ password: "canary-value" });
  const denied = [
    ["GET", "old/any"],
    ["POST", "sys/mounts/more"],
    ["PUT", "sys/policies/acl/strongroom-operator"],
    ["POST", "auth/token/create-orphan"],
    ["PUT", "sys/seal"],
  ] as const;
  for (const [method, path] of denied) {
    const body = method === "GET" ? undefined : {};
    await expect(operator.request(method, path, body)).rejects.toMatchObject({ status: 403 });
  }
});

test("no key and no token is in the server's log, in its audit log, or in a file other than its own", async () => {
  const custody = await readCustody(placesOf("dev"), await readIdentity());
  const token = await readAdminToken("dev");
  const logs = [engine.log, join(engine.folder, "server.hcl"), join(home, "dev", "custody.age")];
  if (dialectOf(testEngine).auditDevices === "in-config") logs.push(join(engine.auditDir, "audit.log"));
  for (const secret of [custody.root_token, ...custody.shares, token, "canary-value"]) {
    expect(secret.length).toBeGreaterThan(8);
    for (const log of logs) expect(readFileSync(log, "utf8").includes(secret)).toBe(false);
  }
});
