import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { AccessRevision } from "../../review/model";
import { readRevision } from "../../review/sources/read-revision";
import { decideRecorded } from "../../review/traffic/decide-recorded";
import { deniedTraffic } from "../../review/traffic/denied";
import { Holders } from "../../review/traffic/holders";
import { readLogs } from "../../review/traffic/read-log";
import { replayTraffic } from "../../review/traffic/replay";
import type { TrafficReplay } from "../../review/traffic/traffic-replay";
import { unusedAccess } from "../../review/traffic/unused";
import { PolicyEngine, type TestedEngine } from "./policies-engine";
import { BY_VALUE, MADE, POLICIES, REQUESTS, SEEDED, type SentRequest } from "./traffic-requests";

const ROLES = { web: "approle", writer: "approle", ci: "teams/ci" } as const;

/**
 * Sends requests at a live server with a file audit device, changes its policies, sends the very same again, and holds what
 * the log and the two texts say beside what the server answered.
 */
export function replaysWhatTheServerAnswers(engine: TestedEngine): void {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-traffic-"));
  const log = join(folder, "audit.log");
  const recorded = join(folder, "recorded.log");
  const canary = `canary-${randomBytes(12).toString("hex")}`;
  let server: PolicyEngine;
  let base: AccessRevision;
  let head: AccessRevision;
  let before: boolean[];
  let after: boolean[];

  beforeAll(async () => {
    server = await started(engine, folder, log);
    for (const mount of new Set(Object.values(ROLES)))
      await must(server.ask("POST", `sys/auth/${mount}`, { type: "approle" }));
    for (const [name, mount] of Object.entries(ROLES))
      await must(server.ask("POST", `auth/${mount}/role/${name}`, { token_policies: name }));
    await change("base");
    before = await sendAll();
    copyFileSync(log, recorded);
    await change("head");
    after = await sendAll();
    base = await readRevision(sourceIn(folder, "base", engine), { project: folder });
    head = await readRevision(sourceIn(folder, "head", engine), { project: folder });
  }, 60_000);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function change(side: "base" | "head"): Promise<void> {
    for (const [name, text] of Object.entries(POLICIES[side]))
      if (!(await server.writePolicy(name, text))) throw new Error(`${engine} refused policy ${name}`);
  }

  /** Puts everything as it was, logs in anew, and tells of each request whether policies let it pass. */
  async function sendAll(): Promise<boolean[]> {
    for (const path of [...SEEDED, ...MADE]) await server.ask("DELETE", `secret/metadata/${path}`);
    for (const path of SEEDED)
      await must(server.ask("POST", `secret/data/${path}`, { data: { password: canary } }));
    const tokens: Record<string, string> = {};
    for (const name of Object.keys(ROLES)) tokens[name] = await login(name as keyof typeof ROLES);
    const passed: boolean[] = [];
    for (const { as, method, path, body, wrapTtl, contentType } of [...REQUESTS, BY_VALUE]) {
      const answer = await server.ask(
        method,
        path,
        body && JSON.parse(JSON.stringify(body).replaceAll("%", canary)),
        { token: tokens[as] ?? "", ...(wrapTtl ? { wrapTtl } : {}), ...(contentType ? { contentType } : {}) },
      );
      passed.push(answer.status !== 403);
    }
    return passed;
  }

  async function login(name: keyof typeof ROLES): Promise<string> {
    const role = `auth/${ROLES[name]}/role/${name}`;
    const id = (await must(server.ask("GET", `${role}/role-id`)))?.data?.role_id;
    const secret = (await must(server.ask("POST", `${role}/secret-id`)))?.data?.secret_id;
    const answer = await must(
      server.ask("POST", `auth/${ROLES[name]}/login`, { role_id: id, secret_id: secret }, { token: "" }),
    );
    return String((answer?.auth as { client_token?: string } | undefined)?.client_token);
  }

  describe(`traffic recorded by ${engine}`, () => {
    test("has both outcomes before and after, and both kinds of difference", () => {
      const kinds = REQUESTS.map((_, index) => `${before[index]} ${after[index]}`);
      expect(new Set(kinds)).toEqual(new Set(["true true", "true false", "false true", "false false"]));
    });

    test("is decided request by request as the server answered, before and after the change", async () => {
      const holders = new Holders([base, head]);
      const decided: (readonly [string, string, string])[] = [];
      await readLogs([recorded], (entry) => {
        holders.learn(entry);
        if (entry.token?.role === undefined) return;
        const { title, sides } = holders.of(entry.token);
        const [was, is] = sides.map((side) =>
          side.kind === "known" ? decideRecorded(side.list, entry, base.mounts).verdict : side.kind,
        );
        decided.push([title, was ?? "", is ?? ""]);
      });
      const verdict = (passed: boolean | undefined) => (passed ? "allowed" : "denied");
      const expected = [...REQUESTS, BY_VALUE].map((request, index) => [
        titleOf(request),
        verdict(before[index]),
        request === BY_VALUE ? "unknown" : verdict(after[index]),
      ]);
      expect(decided).toEqual(expected);
    });

    test("is summed up in groups with the counts of what the server answered, plain or packed", async () => {
      const packed = join(folder, "packed");
      writeFileSync(packed, gzipSync(readFileSync(recorded)));
      for (const file of [recorded, packed]) {
        const replay = await replayTraffic(base, head, [file]);
        expect(counts(replay.denied)).toEqual(answered(true, false));
        expect(counts(replay.allowed)).toEqual(answered(false, true));
        expect(replay.unknown).toMatchObject([
          { count: 1, title: "Login teams/ci/role/ci", why: expect.stringContaining("value of a parameter") },
        ]);
        expect(replay.notes).toEqual([]);
      }
    });

    test("read against itself is decided alike", async () => {
      const replay = await replayTraffic(base, base, [recorded]);
      expect(replay).toMatchObject({ denied: [], allowed: [], unknown: [], same: replay.requests });
    });

    test("of the time after the change says that the base is not what decided it", async () => {
      const { notes } = await replayTraffic(base, head, [log]);
      expect(notes).toEqual([
        expect.stringMatching(/^the server decided \d+ of these requests otherwise than .*base does/),
      ]);
    });

    test("denies what the log has as denied, with a rule that allows it on the server", async () => {
      const { groups } = await deniedTraffic(base, [recorded]);
      expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(
        before.filter((passed) => !passed).length,
      );
      expect(groups.map(({ now }) => now)).not.toContain("allowed");
      const other = groups.find(({ example }) => example === "secret/data/nowhere");
      const rule = other?.grant?.kind === "rule" ? other.grant.hcl : "";
      expect(await server.writePolicy("added", rule)).toBe(true);
      const token = await server.token(["added"]);
      expect((await server.ask("GET", "secret/data/nowhere", undefined, { token })).status).toBe(404);
    });

    test("allows with the smaller policies all that it did before, and nothing more", async () => {
      const { policies } = await unusedAccess(base, [recorded]);
      const writer = policies.find(({ policy }) => policy === "writer");
      expect(writer).toBeUndefined();
      const web = policies.find(({ policy }) => policy === "web");
      expect(web).toBeUndefined();
      const readOnly = join(folder, "reads.log");
      const reads = readFileSync(recorded, "utf8")
        .split("\n")
        .filter((line) => line.includes('"operation":"read"'));
      writeFileSync(readOnly, `${reads.join("\n")}\n`);
      const found = (await unusedAccess(base, [readOnly])).policies;
      const smaller = found.find(({ policy }) => policy === "writer")?.smaller ?? "";
      expect(await server.writePolicy("writer", smaller)).toBe(true);
      const token = await server.token(["writer"]);
      expect(
        await server.capabilities(token, ["secret/data/app/x", "secret/metadata/app/", "sys/audit"]),
      ).toEqual([["read"], ["read"], ["read", "sudo"]]);
    });

    test("leaves no value and no hash of one in anything that a command prints", () => {
      const printed = [
        run(["traffic", "replay", "--base", join(folder, "base"), "--head", join(folder, "head"), recorded]),
        run([
          "traffic",
          "replay",
          "--base",
          join(folder, "base"),
          "--head",
          join(folder, "head"),
          recorded,
          "--json",
        ]),
        run(["traffic", "unused", "--from", join(folder, "base"), recorded, "--json"]),
        run(["traffic", "denied", "--from", join(folder, "base"), recorded]),
        run(["traffic", "denied", "--from", join(folder, "base"), recorded, "--json"]),
        run([
          "review",
          "--base",
          join(folder, "base"),
          "--head",
          join(folder, "head"),
          "--traffic",
          recorded,
        ]),
      ];
      expect(printed.map(({ code }) => code)).toEqual([1, 1, 0, 0, 0, 1]);
      const text = printed.map(({ output }) => output).join("\n");
      expect(text).toContain("Login teams/ci/role/ci");
      expect(text.replace(/\s+/g, " ")).toContain(
        "note: This change would have denied 2 requests of AppRole writer",
      );
      expect(text).not.toContain(canary);
      expect(text).not.toContain("hmac-sha256");
      expect(readFileSync(recorded, "utf8")).toContain("hmac-sha256");
    }, 60_000);
  });

  function answered(was: boolean, is: boolean): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const [index, request] of REQUESTS.entries())
      if (before[index] === was && after[index] === is)
        sums[titleOf(request)] = (sums[titleOf(request)] ?? 0) + 1;
    return sums;
  }
}

function counts(changes: TrafficReplay["denied"]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { title, count } of changes) sums[title] = (sums[title] ?? 0) + count;
  return sums;
}

function titleOf({ as }: SentRequest): string {
  return ROLES[as] === "approle" ? `AppRole ${as}` : `Login ${ROLES[as]}/role/${as}`;
}

/** OpenBao declares its audit devices in its configuration, Vault takes them through the API. */
async function started(engine: TestedEngine, folder: string, log: string): Promise<PolicyEngine> {
  const options = { file_path: log, mode: "0600" };
  if (engine.startsWith("openbao")) {
    const config = join(folder, "audit.hcl");
    writeFileSync(
      config,
      `audit "file" "to-file" {\n  options {\n    file_path = "${log}"\n    mode = "0600"\n  }\n}\n`,
    );
    return PolicyEngine.start(engine, [`-config=${config}`]);
  }
  const server = await PolicyEngine.start(engine);
  await must(server.ask("PUT", "sys/audit/to-file", { type: "file", options }));
  return server;
}

/** The policies and roles as a folder of files. */
function sourceIn(folder: string, side: "base" | "head", engine: string): string {
  const source = join(folder, side);
  mkdirSync(source);
  for (const [name, text] of Object.entries(POLICIES[side])) writeFileSync(join(source, `${name}.hcl`), text);
  const roles = Object.entries(ROLES).map(
    ([name, mount]) => `  auth/${mount}/role/${name}:\n    policies: [${name}]\n`,
  );
  const mounts = "mounts:\n  secret/: { type: kv, version: 2 }\n";
  writeFileSync(
    join(source, "roles.yaml"),
    `schema_version: 1\nengine: ${engine}\n${mounts}roles:\n${roles.join("")}`,
  );
  return source;
}

function run(args: readonly string[]): { readonly code: number; readonly output: string } {
  try {
    const command = [join(process.cwd(), "bin/strongroom.mjs"), ...args];
    return { code: 0, output: execFileSync(process.execPath, command, { encoding: "utf8", stdio: "pipe" }) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, output: stdout + stderr };
  }
}

async function must(answer: ReturnType<PolicyEngine["ask"]>): Promise<Awaited<typeof answer>["body"]> {
  const { status, body, text } = await answer;
  if (status >= 300) throw new Error(`the server answered ${status}: ${text}`);
  return body;
}
