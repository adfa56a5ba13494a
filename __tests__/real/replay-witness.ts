import { MountMoves } from "../../review/compare/mount-moves";
import { reviewRevisions } from "../../review/compare/review-revisions";
import type { Finding, FindingKind, SideOfChange, Witness } from "../../review/finding";
import type { AccessRevision, RevisionPrincipal } from "../../review/model";
import type { CorpusCase } from "../review/corpus/case";
import { CORPUS } from "../review/corpus/cases";
import { type Answer, PolicyEngine, type TestedEngine } from "./policies-engine";

const METHODS: Readonly<Record<string, string>> = {
  read: "GET",
  list: "LIST",
  scan: "SCAN",
  create: "POST",
  update: "POST",
  patch: "PATCH",
  delete: "DELETE",
};

/** Asks running engines for every witness of every pair of the corpus, before and after: it has to differ there. */
export function replaysCorpus(engines: readonly TestedEngine[]): void {
  const servers = new Map<string, PolicyEngine>();

  beforeAll(async () => {
    for (const engine of engines) {
      const server = await PolicyEngine.start(engine);
      servers.set(engine, server);
      for (const [path, version] of [
        ["secret", "2"],
        ["vault", "2"],
        ["kv1", "1"],
      ]) {
        const there = await server.ask("GET", `sys/mounts/${path}`);
        if (there.status !== 200)
          await server.ask("POST", `sys/mounts/${path}`, { type: "kv", options: { version } });
      }
      await server.ask("POST", "sys/auth/userpass", { type: "userpass" });
      await server.writePolicy("nothing", "# nothing");
    }
  }, 90_000);

  afterAll(async () => {
    for (const server of servers.values()) await server.stop();
  });

  const asked = new Set<string>();
  for (const each of CORPUS) {
    for (const [before, after] of enginesOf(each, engines)) {
      test(`${each.name}: ${before === after ? before : `${before}, then ${after}`}`, async () => {
        const base = { ...each.base, engine: before };
        const head = { ...each.head, engine: after };
        const { findings } = reviewRevisions(base, head, { now: Date.now() });
        const shown = findings.filter(isShown);
        const old = await answers(
          servers.get(before) as PolicyEngine,
          base,
          shown,
          new MountMoves(base.mounts, head.mounts),
        );
        const now = await answers(servers.get(after) as PolicyEngine, head, shown);
        for (const [index, { kind, sentence, access }] of shown.entries()) {
          asked.add(`${before} ${each.name} ${sentence}`);
          const { witness } = access as NonNullable<Finding["access"]>;
          const [was, is] = [old[index], now[index]] as [boolean[], boolean[]];
          expect([sentence, witness, was, is]).toEqual([sentence, witness, ...expectedOf(kind, was)]);
        }
      }, 30_000);
    }
  }

  test("more than fifty witnesses were asked for", () => {
    expect(asked.size).toBeGreaterThan(50);
  });
}

/** The engine of each side: each one for itself, or the two that a case compares. */
function enginesOf(
  { base, head, on }: CorpusCase,
  engines: readonly TestedEngine[],
): [TestedEngine, TestedEngine][] {
  const own = engines.at(-1) as TestedEngine;
  if (base.engine !== head.engine) {
    const both = [base.engine, head.engine] as [TestedEngine, TestedEngine];
    return both.every((engine) => engines.includes(engine)) ? [both] : [];
  }
  return on === undefined || on.includes(own) ? [[own, own]] : [];
}

/** Requests can show these; the others are about rules that no request meets. */
function isShown({ kind, access, severity }: Finding): boolean {
  return (
    access !== undefined &&
    severity !== "note" &&
    !access.witness.aclOnly &&
    kind !== "guardrail-broken" &&
    kind !== "unknown"
  );
}

/** For each principal whether it was refused, before and after. Other conditions can go either way, but they go. */
function expectedOf(kind: FindingKind, was: readonly boolean[]): boolean[][] {
  const both = (before: boolean): boolean[][] => [was.map(() => before), was.map(() => !before)];
  if (kind === "gained" || kind === "widened") return both(true);
  if (kind === "lost" || kind === "narrowed") return both(false);
  return [[...was], was.map((refused) => !refused)];
}

async function answers(
  server: PolicyEngine,
  revision: AccessRevision,
  findings: readonly Finding[],
  moves?: MountMoves,
): Promise<boolean[][]> {
  for (const { name, text = "# nothing" } of revision.policies) {
    if (!(await server.writePolicy(name, text)))
      throw new Error(`${server.engine} refused the policy ${name}: ${text}`);
  }
  const refused: boolean[][] = [];
  for (const { principals, access } of findings) {
    const row: boolean[] = [];
    for (const name of principals) {
      const { witness, before, after } = access as NonNullable<Finding["access"]>;
      const token = await tokenOf(
        server,
        revision,
        revision.principals.find((each) => each.name === name),
      );
      const path = moves?.earlierPath(witness.path, witness.capability === "list") ?? witness.path;
      row.push(await isRefused(server, token, { ...witness, path }, [before, after]));
    }
    refused.push(row);
  }
  return refused;
}

async function tokenOf(
  server: PolicyEngine,
  revision: AccessRevision,
  principal: RevisionPrincipal | undefined,
): Promise<string> {
  const held = (principal?.holds ?? []).map(({ policy }) => policy);
  const known = held.filter(
    (name) => name === "root" || revision.policies.some((each) => each.name === name.trim().toLowerCase()),
  );
  const policies = known.length > 0 ? known : ["nothing"];
  if (!principal?.entity) return plainToken(server, policies);
  const { name } = principal.entity;
  const mounted = (await server.ask("GET", "sys/auth")).body?.data as
    | Record<string, { accessor: string }>
    | undefined;
  await server.ask("POST", `auth/userpass/users/${name}`, {
    password: "for-this-test",
    token_policies: policies,
    token_no_default_policy: true,
  });
  await server.ask("POST", "identity/entity", { name });
  const entity = (await server.ask("GET", `identity/entity/name/${name}`)).body?.data as { id: string };
  await server.ask("POST", "identity/entity-alias", {
    name,
    canonical_id: entity.id,
    mount_accessor: mounted?.["userpass/"]?.accessor,
  });
  const login = await server.ask("POST", `auth/userpass/login/${name}`, { password: "for-this-test" });
  return clientToken(login);
}

function clientToken(answer: Answer): string {
  const auth = answer.body?.auth as { client_token?: string } | undefined;
  if (!auth?.client_token) throw new Error(`no token: ${answer.status} ${answer.text}`);
  return auth.client_token;
}

/** `default` is taken off a token that is made without it. */
async function plainToken(server: PolicyEngine, policies: readonly string[]): Promise<string> {
  const bare = !policies.includes("default");
  const answer = await server.ask("POST", "auth/token/create", {
    policies,
    no_default_policy: bare,
    ttl: "2h",
  });
  return clientToken(answer);
}

async function isRefused(
  server: PolicyEngine,
  token: string,
  { capability, path, data, wrapTtl }: Witness,
  sides: readonly SideOfChange[],
): Promise<boolean> {
  await prepare(server, capability, path);
  const isQuery = capability === "read" || capability === "list" || capability === "scan";
  const query = data && isQuery ? `?${new URLSearchParams(data as Record<string, string>)}` : "";
  const conditional = sides.some(({ level }) => level === "conditional");
  const writes = capability === "create" || capability === "update" || capability === "patch";
  const body = isQuery ? undefined : (data ?? (writes && !conditional ? bodyFor(path) : undefined));
  const answer = await server.ask(METHODS[capability] as string, path + query, body, {
    token,
    ...(wrapTtl === undefined ? {} : { wrapTtl: `${wrapTtl}s` }),
    ...(capability === "patch" ? { contentType: "application/merge-patch+json" } : {}),
  });
  return answer.status === 403;
}

/** A write creates where nothing is, and updates where something is. */
async function prepare(server: PolicyEngine, capability: string, path: string): Promise<void> {
  if (capability !== "create" && capability !== "update") return;
  const kv2 = /^(secret|vault)\/(data|metadata)\/(.+)$/.exec(path);
  if (kv2) {
    const [, mount, , rest] = kv2;
    if (capability === "update") await server.ask("POST", `${mount}/data/${rest}`, { data: { x: "1" } });
    else await server.ask("DELETE", `${mount}/metadata/${rest}`);
  } else if (path.startsWith("kv1/")) {
    await server.ask(
      capability === "update" ? "POST" : "DELETE",
      path,
      capability === "update" ? { x: "1" } : undefined,
    );
  }
}

function bodyFor(path: string): unknown {
  if (/^(secret|vault)\/data\//.test(path)) return { data: { x: "1" } };
  if (/^(secret|vault)\/(delete|undelete|destroy)\//.test(path)) return { versions: [1] };
  if (/^(secret|vault)\/(metadata\/|config$)/.test(path)) return { max_versions: 5 };
  return path.startsWith("sys/policies/") ? { policy: "# nothing" } : { x: "1" };
}
