import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { bootstrap } from "../../bootstrap/bootstrap";
import { readCustody } from "../../bootstrap/custody";
import { readIdentity } from "../../bootstrap/identity";
import { placesOf } from "../../bootstrap/places";
import { EngineClient } from "../../engine/client";
import type { AccessRevision } from "../../review/model";
import { readRevision } from "../../review/sources/read-revision";
import { reviewerPolicy } from "../../review/sources/reviewer-policy";
import { ensureToolchain, type Toolchain } from "../../toolchain/toolchain";
import { EngineProcess, testEngine } from "./engine-process";
import { recordingProxy } from "./recording-proxy";
import { Stage } from "./stage";

jest.setTimeout(5 * 60_000);

let home: string;
let engine: EngineProcess;
let root: EngineClient;
const engineName = `${testEngine.product}@${testEngine.version}`;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "strongroom-home-"));
  process.env.STRONGROOM_HOME = home;
  engine = await EngineProcess.start(20_000 + Math.floor(Math.random() * 4_000) * 2);
  await bootstrap({ instance: "dev", address: engine.address, engine: testEngine, shares: 1, threshold: 1 });
  const { root_token } = await readCustody(placesOf("dev"), await readIdentity());
  root = new EngineClient({ address: engine.address, token: root_token });
});

afterAll(async () => {
  await root?.close();
  await engine?.remove();
  rmSync(home, { recursive: true, force: true });
});

const held = ({ principals }: AccessRevision, name: string) =>
  principals.find((each) => each.name === name)?.holds.map(({ policy }) => policy);

async function tokenWith(...policies: string[]): Promise<string> {
  const { auth } = await root.request<{ auth: { client_token: string } }>("POST", "auth/token/create", {
    policies,
    no_default_policy: true,
  });
  return auth.client_token;
}

describe("a live server", () => {
  const VALUE = "canary-of-the-reviewer";
  let reviewer: string;
  let roleEntity: string;

  beforeAll(async () => {
    const put = (path: string, body: object) => root.request("POST", path, body);
    await put("sys/mounts/secret", { type: "kv", options: { version: "2" } });
    await put("sys/mounts/old", { type: "kv", options: { version: "1" } });
    for (const [path, type] of [
      ["approle", "approle"],
      ["people", "userpass"],
      ["team/approle", "approle"],
    ]) {
      await put(`sys/auth/${path}`, { type });
    }
    for (const name of ["app", "extra", "ops", "everybody"]) {
      await put(`sys/policies/acl/${name}`, {
        policy: `path "secret/data/${name}" { capabilities = ["read"] }`,
      });
    }
    await put("auth/approle/role/app", { token_policies: "app", token_ttl: "10m", secret_id_num_uses: 3 });
    await put("auth/team/approle/role/far", { token_policies: "app", token_bound_cidrs: "10.0.0.0/8" });
    await put("auth/people/users/ana", { password: "not-told-to-anybody", token_policies: "app" });
    await put("auth/token/roles/tools", { allowed_policies: "app", token_period: "768h" });
    const entity = await root.request<{ data: { id: string } }>("POST", "identity/entity", {
      name: "robot",
      policies: ["extra"],
    });
    roleEntity = entity.data.id;
    const mounts = await root.request<{ data: Record<string, { accessor: string }> }>("GET", "sys/auth");
    const id = await root.request<{ data: { role_id: string } }>("GET", "auth/approle/role/app/role-id");
    await put("identity/entity-alias", {
      name: id.data.role_id,
      canonical_id: roleEntity,
      mount_accessor: mounts.data["approle/"]?.accessor,
    });
    const ops = await root.request<{ data: { id: string } }>("POST", "identity/group", {
      name: "ops",
      policies: ["ops"],
      member_entity_ids: [roleEntity],
    });
    await put("identity/group", { name: "all", policies: ["everybody"], member_group_ids: [ops.data.id] });
    await put("secret/data/app", { data: { value: VALUE } });
    await put("old/app", { value: VALUE });
    await root.request("PUT", "sys/policies/acl/reviewer", { policy: reviewerPolicy(engineName) });
    reviewer = await tokenWith("reviewer");
  });

  const read = (token: string, address = engine.address) =>
    readRevision("live", { server: async () => ({ address, token }) });

  test("is read whole with the reviewer's policy, and nothing is left open", async () => {
    const revision = await read(reviewer);
    expect(revision.doubts).toEqual([]);
    expect(revision.engine).toBe(engineName);
    expect(revision.mounts).toMatchObject([
      { path: "old/", type: "kv", kvVersion: 1 },
      { path: "secret/", type: "kv", kvVersion: 2 },
    ]);
    expect(revision.policies.map(({ name }) => name).sort()).toEqual([
      "app",
      "everybody",
      "extra",
      "ops",
      "reviewer",
      "strongroom-terraform",
    ]);
    expect(held(revision, "auth/approle/role/app")).toEqual(["app", "default", "extra", "ops", "everybody"]);
    expect(held(revision, "auth/people/users/ana")).toEqual(["app", "default"]);
    expect(held(revision, "auth/token/roles/tools")).toEqual(["app", "default"]);
    expect(held(revision, "identity/group/name/all")).toEqual(["everybody"]);
    expect(revision.principals.find(({ name }) => name === "auth/approle/role/app")).toMatchObject({
      entity: { id: roleEntity, name: "robot" },
      constraints: [
        { name: "token_ttl", value: 600 },
        { name: "secret_id_num_uses", value: 3 },
        { name: "bind_secret_id", value: true },
      ],
    });
    expect(revision.principals.find(({ name }) => name === "auth/team/approle/role/far")).toMatchObject({
      title: "AppRole team/approle/far",
      constraints: expect.arrayContaining([
        { name: "token_bound_cidrs", kind: "networks", values: ["10.0.0.0/8"] },
      ]),
    });
    if (testEngine.product === "openbao") {
      expect(revision.auditDevices.map(({ path }) => path).sort()).toEqual(["to-file/", "to-stdout/"]);
    }
  });

  test("says who holds what as the server itself says it at a login", async () => {
    const id = await root.request<{ data: { role_id: string } }>("GET", "auth/approle/role/app/role-id");
    const secret = await root.request<{ data: { secret_id: string } }>(
      "POST",
      "auth/approle/role/app/secret-id",
      {},
    );
    const login = await root.request<{ auth: { token_policies: string[]; identity_policies: string[] } }>(
      "POST",
      "auth/approle/login",
      { role_id: id.data.role_id, secret_id: secret.data.secret_id },
    );
    const { token_policies, identity_policies } = login.auth;
    expect(held(await read(reviewer), "auth/approle/role/app")?.sort()).toEqual(
      [...token_policies, ...identity_policies].sort(),
    );
  });

  test("is asked by GET alone, and shows no value", async () => {
    const proxy = await recordingProxy(engine.address);
    try {
      const revision = await read(reviewer, proxy.address);
      expect(proxy.requests.length).toBeGreaterThan(15);
      expect(proxy.requests.filter((line) => !line.startsWith("GET "))).toEqual([]);
      expect(JSON.stringify(revision)).not.toContain(VALUE);
      expect(JSON.stringify(revision)).not.toContain("not-told");
    } finally {
      await proxy.close();
    }
  });

  test("does not let its reviewer read a value, issue a credential or write", async () => {
    const client = root.withToken(reviewer);
    for (const [method, path] of [
      ["GET", "secret/data/app"],
      ["LIST", "secret/metadata"],
      ["GET", "old/app"],
      ["LIST", "old"],
      ["POST", "auth/approle/role/app/secret-id"],
      ["LIST", "auth/approle/role/app/secret-id"],
      ["POST", "auth/token/create"],
      ["POST", "auth/token/create/tools"],
      ["PUT", "sys/policies/acl/app"],
      ["POST", "auth/people/users/ana/password"],
      ["DELETE", "sys/audit/to-file"],
      ["GET", "sys/storage/raft/snapshot"],
      ["GET", "cubbyhole/x"],
    ] as const) {
      const { status } = await client.send(
        method,
        path,
        method === "GET" || method === "LIST" ? undefined : {},
      );
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  });

  test("tells a default that was changed, and not its own", async () => {
    const own = await root.request<{ data: { policy: string } }>("GET", "sys/policies/acl/default");
    const more = `${own.data.policy}\npath "secret/data/all" { capabilities = ["read"] }`;
    await root.request("PUT", "sys/policies/acl/default", { policy: more });
    const revision = await read(reviewer);
    await root.request("PUT", "sys/policies/acl/default", { policy: own.data.policy });
    expect(revision.policies.map(({ name }) => name)).toContain("default");
    expect((await read(reviewer)).policies.map(({ name }) => name)).not.toContain("default");
  });

  test("leaves a doubt for whatever a weaker token may not see", async () => {
    const policy =
      'path "sys/policies/acl/*" { capabilities = ["list"] }\npath "sys/policies/acl/app" { capabilities = ["read"] }\npath "sys/auth" { capabilities = ["read"] }\npath "auth/approle/role/+" { capabilities = ["read", "list"] }';
    await root.request("PUT", "sys/policies/acl/weak", { policy });
    const revision = await read(await tokenWith("weak"));
    const reasons = revision.doubts.map(({ reason }) => reason);
    expect(reasons).toEqual(
      expect.arrayContaining([
        "the token may not see sys/mounts",
        "the token may not see identity/entity/id",
        "the token may not see auth/people/users",
      ]),
    );
    expect(reasons.join("\n")).toMatch(/the text of policy "extra" .* is not known/);
    expect(held(revision, "auth/approle/role/app")).toEqual(["app", "default"]);
  });

  test("with a token that is not valid is an error, and not an empty revision", async () => {
    await expect(read("s.notatoken")).rejects.toThrow(/shows this token nothing.*\n.*policy print reviewer/);
  });

  test("that is gone, or sealed, is an error", async () => {
    await expect(read(reviewer, "http://127.0.0.1:19999")).rejects.toThrow(
      /is unreachable \(connection refused\)/,
    );
    await engine.stop();
    await engine.launch();
    await expect(read(reviewer)).rejects.toThrow(/is sealed.*\n.*strongroom unseal/);
    const { unseal } = await import("../../bootstrap/unseal");
    await unseal({ instance: "dev", address: engine.address, engine: testEngine });
  });
});

describe("Terraform's own JSON", () => {
  let folder: string;
  let toolchain: Toolchain;

  beforeAll(async () => {
    toolchain = await ensureToolchain({ engine: testEngine, target: "process" }, () => undefined);
    folder = mkdtempSync(join(tmpdir(), "strongroom-terraform-"));
    writeFileSync(join(folder, "main.tf"), testEngine.product === "vault" ? MAIN + ON_VAULT : MAIN);
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(join(folder, "key.pem"), publicKey.export({ type: "spki", format: "pem" }));
    await toolchain.linkProviders(folder);
    await terraform("init", "-input=false");
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Never waited for synchronously: the engine's audit goes through a pipe that this process has to empty. */
  async function terraform(...args: string[]): Promise<string> {
    const { root_token } = await readCustody(placesOf("dev"), await readIdentity());
    const { stdout } = await execa(toolchain.terraform.path, args, {
      cwd: folder,
      env: { ...toolchain.env, VAULT_ADDR: engine.address, VAULT_TOKEN: root_token },
    });
    return stdout;
  }

  const show = async (name: string, ...args: string[]): Promise<string> => {
    const file = join(folder, name);
    writeFileSync(file, await terraform("show", "-json", ...args));
    return file;
  };

  test("a plan says beforehand what the state says afterwards, but for what is known after apply", async () => {
    const { root_token } = await readCustody(placesOf("dev"), await readIdentity());
    await terraform("plan", "-input=false", "-out=plan");
    const planned = await readRevision(await show("plan.json", "plan"), { defaultEngine: engineName });
    expect(planned.doubts).toEqual([]);
    expect(held(planned, "auth/machines/role/builder")).toEqual(["builder", "default", "robots", "fleet"]);
    expect(held(planned, "auth/kubernetes/role/web")).toEqual(["team-web", "default"]);
    expect(held(planned, "auth/token/roles/tools-of-terraform")).toEqual(["team-web", "default"]);

    await terraform("apply", "-input=false", "plan");
    const applied = await readRevision(await show("state.json"), { defaultEngine: engineName });
    expect(applied.doubts).toEqual([]);
    const facts = ({ policies, principals, mounts }: AccessRevision) => ({
      mounts: mounts.map(({ path, kvVersion, identity }) => [path, kvVersion, identity]),
      policies: policies.map(({ name, text }) => [name, text]),
      principals: principals.map(({ name, holds, constraints }) => [
        name,
        holds,
        // In the state stands what the server comes to, its own defaults included.
        constraints.filter((bound) => !bound.name.startsWith("tune.")),
      ]),
    });
    expect(facts(applied)).toEqual(facts(planned));
    expect(applied.policies.map(({ name }) => name)).toEqual(["builder", "team-api", "team-web"]);

    const live = await readRevision("live", {
      server: async () => ({ address: engine.address, token: root_token }),
    });
    const sorted = (revision: AccessRevision) =>
      facts(revision)
        .principals.map((fact) => JSON.stringify(fact))
        .sort();
    const halfKey = "whom auth/aws/config/client trusts is not read: it holds a half of a key";
    expect(live.doubts.map(({ reason }) => reason)).toEqual(testEngine.product === "vault" ? [halfKey] : []);
    expect(applied.principals).toHaveLength(testEngine.product === "vault" ? 11 : 10);
    expect(sorted(live)).toEqual(expect.arrayContaining(sorted(applied)));
  });

  test("a plan in Terraform's own form is refused, with the command that writes it out", async () => {
    await expect(readRevision(join(folder, "plan"))).rejects.toThrow(/terraform show -json/);
  });

  test("a folder of Terraform's own language is refused", async () => {
    await expect(readRevision(folder)).rejects.toThrow(/only Terraform reads/);
  });
});

// Synthesis does not depend on the engine that runs.
const describeOnce = testEngine.product === "openbao" ? describe : () => undefined;

describeOnce("a git revision of this project", () => {
  let stage: Stage;
  let tools: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", stage.folder, "-c", "core.hooksPath=/dev/null", ...args], {
      encoding: "utf8",
    }).trim();

  beforeAll(async () => {
    stage = await Stage.open();
    process.env.STRONGROOM_CACHE = join(stage.root, "cache");
    // Nothing of a synthesis may install, fetch or run Terraform: whoever calls these leaves a trace.
    tools = join(stage.root, "tools");
    execFileSync("mkdir", ["-p", tools]);
    for (const name of ["npm", "npx", "terraform", "curl"]) {
      writeFileSync(join(tools, name), `#!/bin/sh\necho ${name} >> ${join(stage.root, "called")}\nexit 1\n`);
      chmodSync(join(tools, name), 0o755);
    }
    process.env.PATH = `${tools}:${process.env.PATH}`;
    git("init", "--quiet", "--initial-branch=main");
    git("config", "user.email", "test@example.com");
    git("config", "user.name", "test");
    commit("first");
    // Nor may a hook of the person's own repository run.
    mkdirSync(join(stage.folder, ".git", "hooks"), { recursive: true });
    copyFileSync(join(tools, "npm"), join(stage.folder, ".git", "hooks", "post-checkout"));
  });

  afterAll(async () => {
    delete process.env.STRONGROOM_CACHE;
    await stage?.close();
  });

  function commit(message: string): string {
    git("add", "-A", "--", ".", ":!node_modules");
    git("commit", "--quiet", "--allow-empty", "-m", message);
    return git("rev-parse", "HEAD");
  }

  const read = (spec: string, signal?: AbortSignal) =>
    readRevision(spec, { project: stage.folder, environment: "dev", ...(signal ? { signal } : {}) });

  const file = (name: string) => join(stage.folder, name);
  const trees = () => git("worktree", "list").split("\n").length;

  test("is synthesized elsewhere, with names, lines and guardrails, and leaves nothing behind", async () => {
    const revision = await read("HEAD");
    expect(revision.label).toBe(`HEAD (${git("rev-parse", "HEAD").slice(0, 7)})`);
    expect(revision.secrets.map(({ title }) => title)).toContain("goblin-assistant/providers/{provider}");
    expect(revision.doubts).toEqual([]);
    const dotmac = revision.policies.find(({ name }) => name === "dotmac");
    expect(dotmac?.place).toMatchObject({ file: "systems/dotmac.ts", line: expect.any(Number) });
    expect(dotmac?.rulePlaces?.every((place) => place?.file === "systems/dotmac.ts")).toBe(true);
    expect(revision.auditDevices.map(({ path }) => path)).toEqual(["to-file/", "to-stdout/"]);
    expect(revision.principals.find(({ name }) => name === "auth/approle/role/dotmac")).toMatchObject({
      owner: expect.any(String),
      place: { file: "systems/dotmac.ts" },
    });
    expect(trees()).toBe(1);
    expect(existsSync(join(stage.root, "called"))).toBe(false);
    expect(readdirSync(file("node_modules")).length).toBeGreaterThan(50);
  });

  test("comes from the cache the second time, and for a commit that changes no declaration", async () => {
    const folder = join(stage.root, "cache", "reviews");
    // What is written anew has an inode of its own.
    const kept = () => readdirSync(folder).map((name) => [name, statSync(join(folder, name)).ino]);
    const before = kept();
    expect(before).toHaveLength(1);
    writeFileSync(file("README.md"), "other words\n");
    const sha = commit("words");
    expect((await read(sha)).label).toBe(sha.slice(0, 7));
    expect(kept()).toEqual(before);
  });

  test("tells another declaration from it", async () => {
    const before = readFileSync(file("systems/supervisor.ts"), "utf8");
    writeFileSync(file("systems/supervisor.ts"), before.replace("all.grantDelete(this.metaSupervisor);", ""));
    const sha = commit("more");
    const [old, now] = [await read("main~1"), await read(sha)];
    const text = ({ policies }: AccessRevision) => policies.map((policy) => policy.text).join("\n");
    expect(text(now)).not.toBe(text(old));
  });

  test("that does not synthesize is told with the synthesis's own message", async () => {
    const good = readFileSync(file("systems/dotmac.ts"), "utf8");
    writeFileSync(file("systems/dotmac.ts"), good.replace('this.secret("', 'this.secret("data/'));
    const sha = commit("broken");
    await expect(read(sha)).rejects.toThrow(/cannot be synthesized: systems\/dotmac\.ts:\d+ .*data\//);
    writeFileSync(file("systems/dotmac.ts"), "no TypeScript at all {");
    const worse = commit("worse");
    await expect(read(worse)).rejects.toThrow(/cannot be synthesized: .*systems\/dotmac\.ts/s);
    writeFileSync(file("systems/dotmac.ts"), good);
    commit("mended");
    expect(trees()).toBe(1);
  });

  test("that is older than the layout is told as such", async () => {
    git("checkout", "--quiet", "--orphan", "old");
    git("rm", "-r", "-q", "--cached", ".");
    writeFileSync(join(stage.root, "list"), "README.md\n");
    git("add", "README.md");
    git("commit", "--quiet", "-m", "old");
    const old = git("rev-parse", "HEAD");
    git("checkout", "--quiet", "--force", "main");
    await expect(read(old)).rejects.toThrow(/older than this layout of the project/);
  });

  test("does not see the tokens of whoever asks", async () => {
    const good = readFileSync(file("environments/dev.ts"), "utf8");
    const spy = `\nimport { writeFileSync } from "node:fs";\nwriteFileSync(${JSON.stringify(join(stage.root, "seen"))}, JSON.stringify(process.env));\n`;
    writeFileSync(file("environments/dev.ts"), good + spy);
    const sha = commit("spy");
    process.env.VAULT_TOKEN = "s.of-whoever-asks";
    try {
      await read(sha);
    } finally {
      delete process.env.VAULT_TOKEN;
      writeFileSync(file("environments/dev.ts"), good);
      commit("no spy");
    }
    const seen = readFileSync(join(stage.root, "seen"), "utf8");
    expect(seen).not.toContain("of-whoever-asks");
    expect(JSON.parse(seen)).not.toHaveProperty("HOME");
  });

  test("that is stopped half-way leaves nothing behind, and what a killed run left is removed by the next", async () => {
    writeFileSync(file("systems/more.ts"), "export {};\n");
    const sha = commit("again");
    const controller = new AbortController();
    const reading = read(sha, controller.signal);
    setTimeout(() => controller.abort(), 300);
    await expect(reading).rejects.toMatchObject({ exitCode: 130 });
    expect(trees()).toBe(1);

    const left = mkdtempSync(join(tmpdir(), "strongroom-review-999999999-"));
    git("worktree", "add", "--detach", "--quiet", join(left, "tree"), sha);
    await read(sha);
    expect(trees()).toBe(1);
    expect(existsSync(left)).toBe(false);
  });
});

/** Everything that sources have to follow: references, for_each, a policy document, identities known after apply. */
const MAIN = `
terraform {
  required_providers {
    vault = { source = "hashicorp/vault" }
  }
}

provider "vault" {
  skip_child_token = true
}

resource "vault_mount" "apps" {
  path    = "apps"
  type    = "kv"
  options = { version = "2" }
}

data "vault_policy_document" "builder" {
  rule {
    path         = "apps/data/builder"
    capabilities = ["read"]
    description  = "its own"
  }
}

resource "vault_policy" "builder" {
  name   = "builder"
  policy = data.vault_policy_document.builder.hcl
}

resource "vault_policy" "team" {
  for_each = toset(["api", "web"])
  name     = "team-\${each.key}"
  policy   = <<-EOT
    path "\${vault_mount.apps.path}/data/\${each.key}" {
      capabilities = ["read"]
    }
  EOT
}

resource "vault_auth_backend" "machines" {
  type = "approle"
  path = "machines"
}

resource "vault_approle_auth_backend_role" "builder" {
  backend            = vault_auth_backend.machines.path
  role_name          = "builder"
  token_policies     = [vault_policy.builder.name]
  token_ttl          = 600
  secret_id_num_uses = 2
}

resource "vault_auth_backend" "pods" {
  type = "kubernetes"
}

resource "vault_kubernetes_auth_backend_role" "web" {
  backend                          = vault_auth_backend.pods.path
  role_name                        = "web"
  bound_service_account_names      = ["web"]
  bound_service_account_namespaces = ["shop"]
  token_policies                   = ["team-web"]
}

resource "vault_jwt_auth_backend" "ci" {
  path                   = "ci"
  jwt_validation_pubkeys = [trimspace(file("key.pem"))]
}

resource "vault_jwt_auth_backend_role" "deploy" {
  backend         = vault_jwt_auth_backend.ci.path
  role_name       = "deploy"
  role_type       = "jwt"
  user_claim      = "sub"
  bound_subject   = "repo:shop"
  bound_audiences = ["vault"]
  bound_claims    = { team = "web,api", env = "prod" }
  token_policies  = ["team-web"]
  token_ttl       = 300
}

resource "vault_jwt_auth_backend_role" "people" {
  backend               = vault_jwt_auth_backend.ci.path
  role_name             = "people"
  role_type             = "oidc"
  user_claim            = "email"
  groups_claim          = "groups"
  allowed_redirect_uris = ["http://127.0.0.1:8250/oidc/callback"]
  token_policies        = ["team-api"]
}

resource "vault_identity_entity_alias" "deploy" {
  name           = "repo:shop"
  mount_accessor = vault_jwt_auth_backend.ci.accessor
  canonical_id   = vault_identity_entity.robot.id
}

resource "vault_auth_backend" "humans" {
  type = "userpass"
  path = "humans"
}

resource "vault_generic_endpoint" "bob" {
  depends_on           = [vault_auth_backend.humans]
  path                 = "auth/humans/users/bob"
  ignore_absent_fields = true
  data_json            = jsonencode({ password = "changed-at-once", token_policies = ["team-web"], token_ttl = "1h" })
}

resource "vault_approle_auth_backend_role" "bound" {
  backend                 = vault_auth_backend.machines.path
  role_name               = "bound"
  token_policies          = ["builder"]
  token_no_default_policy = true
  token_bound_cidrs       = ["10.1.0.0/16"]
  secret_id_bound_cidrs   = ["10.1.2.0/24"]
  secret_id_ttl           = 600
  token_max_ttl           = 1200
  token_explicit_max_ttl  = 1800
  token_num_uses          = 7
  token_type              = "service"
}

resource "vault_approle_auth_backend_role" "open" {
  backend        = vault_auth_backend.machines.path
  role_name      = "open"
  bind_secret_id = false
  token_policies = ["builder"]
  token_period   = 60
  secret_id_bound_cidrs = []
  token_bound_cidrs     = ["10.1.0.0/16"]
}

resource "vault_token_auth_backend_role" "wide" {
  role_name               = "wide-of-terraform"
  allowed_policies_glob   = ["team-*"]
  disallowed_policies     = ["team-api"]
  token_explicit_max_ttl  = 3600
  allowed_entity_aliases  = ["robot"]
  token_no_default_policy = true
}

resource "vault_token_auth_backend_role" "tools" {
  role_name        = "tools-of-terraform"
  allowed_policies = [vault_policy.team["web"].name]
}

resource "vault_identity_entity" "robot" {
  name     = "robot-of-terraform"
  policies = ["robots"]
}

resource "vault_identity_entity_alias" "builder" {
  name           = vault_approle_auth_backend_role.builder.role_id
  mount_accessor = vault_auth_backend.machines.accessor
  canonical_id   = vault_identity_entity.robot.id
}

resource "vault_identity_group" "fleet" {
  name              = "fleet-of-terraform"
  type              = "internal"
  policies          = ["fleet"]
  member_entity_ids = [vault_identity_entity.robot.id]
}
`;

/** OpenBao has no AWS method. */
const ON_VAULT = `
resource "vault_auth_backend" "aws" {
  type = "aws"
}

resource "vault_aws_auth_backend_role" "lambda" {
  backend                  = vault_auth_backend.aws.path
  role                     = "lambda"
  auth_type                = "iam"
  bound_iam_principal_arns = ["arn:aws:iam::123456789012:role/lambda"]
  resolve_aws_unique_ids   = false
  token_policies           = ["team-web"]
  token_ttl                = 60
}
`;
