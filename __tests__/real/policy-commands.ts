import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PolicyEngine, type TestedEngine } from "./policies-engine";
import { Stage } from "./stage";

/** Policies with what servers and people disagree on: shadowing, deny, `+`, listing folders, sudo. */
const POLICIES: { readonly [name: string]: string } = {
  reader:
    'path "secret/data/app/*" { capabilities = ["read"] }\npath "secret/metadata/app/*" { capabilities = ["list"] }',
  writer:
    'path "secret/data/app/+" { capabilities = ["create", "update", "patch"] }\npath "secret/*" { capabilities = ["list"] }',
  shadow:
    'path "secret/data/*" { capabilities = ["read", "delete"] }\npath "secret/data/app/db" { capabilities = [] }',
  denied: 'path "secret/data/app/*" { capabilities = ["deny"] }',
  auditor:
    'path "sys/audit" { capabilities = ["read", "sudo"] }\npath "sys/policies/acl/*" { capabilities = ["update"] }',
};

const ROLES: { readonly [name: string]: readonly string[] } = {
  app: ["reader"],
  deploy: ["reader", "writer"],
  odd: ["reader", "shadow"],
  none: ["reader", "denied"],
  ops: ["auditor"],
};

const PATHS = [
  ...["secret/data/app/db", "secret/data/app/db/x", "secret/data/app", "secret/data/web", "secret/data/app/"],
  ...["secret/metadata/app/", "secret/metadata/app", "secret/metadata/", "secret/", "secret"],
  ...["sys/audit", "sys/policies/acl/reader", "sys/mounts", "auth/token/lookup-self", "cubbyhole/x", "a//b"],
];

/** The policy commands as a user runs them, against a live server whose own answers are the measure. */
export function policyCommandsSuite(engine: TestedEngine): void {
  jest.setTimeout(5 * 60_000);
  let server: PolicyEngine;
  let stage: Stage;
  let reviewer: string;
  const address = (): string => `http://127.0.0.1:${server.port}`;
  const policy = (...args: string[]) =>
    stage.run("node", ["bin/strongroom.mjs", "policy", ...args], { BAO_TOKEN: reviewer });
  /** A token as a login of the role gives it, `default` included. */
  const tokenOf = async (role: string): Promise<string> => {
    const answer = await server.ask("POST", "auth/token/create", { policies: ROLES[role] });
    const auth = answer.body?.auth as { readonly client_token: string } | undefined;
    return auth?.client_token ?? "";
  };

  beforeAll(async () => {
    server = await PolicyEngine.start(engine);
    stage = await Stage.open();
    for (const [name, text] of Object.entries(POLICIES))
      expect(await server.writePolicy(name, text)).toBe(true);
    await server.ask("POST", "sys/auth/approle", { type: "approle" });
    for (const [role, policies] of Object.entries(ROLES))
      await server.ask("POST", `auth/approle/role/${role}`, { token_policies: policies });
    const printed = await stage.strongroom("policy", "print", "reviewer", "--engine", engine);
    expect(printed.exitCode).toBe(0);
    expect(await server.writePolicy("reviewer", printed.output)).toBe(true);
    reviewer = await server.token(["reviewer"]);
  });
  afterAll(async () => {
    await stage?.close();
    await server?.stop();
  });

  test("every principal may do on every path what the server says", async () => {
    const cases = [];
    for (const role of Object.keys(ROLES)) {
      const capabilities = await server.capabilities(await tokenOf(role), PATHS);
      for (const [index, path] of PATHS.entries())
        cases.push({
          name: `${role} on ${path}`,
          principal: `AppRole ${role}`,
          request: { operation: "read", path },
          expect: { capabilities: capabilities[index] },
        });
    }
    writeFileSync(join(stage.folder, "server.json"), JSON.stringify({ from: address(), cases }));
    const { exitCode, output } = await policy("test", "server.json");
    expect({ exitCode, output }).toEqual({
      exitCode: 0,
      output: expect.stringContaining(`${cases.length} passed   ${cases.length} cases on ${engine}`),
    });
  });

  test("explain says allowed and denied where the server does, with the policy that decides", async () => {
    for (const [role, operation, path] of [
      ["app", "read", "secret/data/app/db"],
      ["odd", "read", "secret/data/app/db"],
      ["none", "read", "secret/data/app/db"],
      ["ops", "read", "sys/audit"],
    ] as const) {
      const [capabilities = []] = await server.capabilities(await tokenOf(role), [path]);
      const { exitCode, output } = await policy(
        "explain",
        operation,
        path,
        "--as",
        role,
        "--from",
        address(),
        "--json",
      );
      expect([role, exitCode]).toEqual([role, capabilities.includes(operation) ? 0 : 1]);
      const told = JSON.parse(output);
      expect(told).toMatchObject({ engine, principal: `AppRole ${role}` });
      expect(told.rules[0].decides).toBe(true);
      expect(ROLES[role]).toEqual(expect.arrayContaining([told.rules[0].places[0].policy]));
    }
  });

  test("who-can names exactly those whom the server allows", async () => {
    for (const [word, target, path, wanted] of [
      ["read", "secret/app/db", "secret/data/app/db", "read"],
      ["list", "secret/metadata/app/", "secret/metadata/app/", "list"],
      ["update", "sys/policies/acl/reader", "sys/policies/acl/reader", "update"],
    ] as const) {
      const allowed: string[] = [];
      for (const role of Object.keys(ROLES)) {
        const [capabilities = []] = await server.capabilities(await tokenOf(role), [path]);
        if (capabilities.includes(wanted)) allowed.push(`AppRole ${role}`);
      }
      const { output } = await policy("who-can", word, target, "--from", address(), "--json");
      const told = JSON.parse(output).principals.filter(({ level }: { level: string }) => level === "full");
      expect(
        told
          .map(({ title }: { title: string }) => title)
          .filter((title: string) => title.startsWith("AppRole"))
          .sort(),
      ).toEqual(allowed.sort());
    }
  });

  test("lint looks at the policies of the server, in the hands that hold them", async () => {
    const { exitCode, output } = await policy("lint", "--from", address(), "--json");
    const { findings } = JSON.parse(output) as { findings: { id: string; policy: string }[] };
    expect(findings).toContainEqual(expect.objectContaining({ id: "ESCALATION", policy: "auditor" }));
    expect(findings).toContainEqual(expect.objectContaining({ id: "DENY_STICKY_CONFLICT" }));
    expect([0, 1]).toContain(exitCode);
  });

  test("escalations shows the way from writing policies to everything", async () => {
    const { exitCode, output } = await policy("escalations", "--from", address());
    expect(exitCode).toBe(1);
    expect(output).toContain("AppRole ops can come to everything");
    expect(output).toContain("AppRole ops rewrites its own policy auditor");
  });

  test("what-can and diff know the server too", async () => {
    const { output } = await policy("what-can", "AppRole ops", "--from", address());
    expect(output).toContain("sys/policies/acl/*");
    const same = await policy("diff", address(), address());
    expect({ ...same, output: same.output.slice(0, 40) }).toEqual({
      exitCode: 0,
      output: expect.stringContaining("No difference in access"),
    });
  });

  test("files are meant from where the command is typed, and standard input is a file", async () => {
    const folder = join(stage.root, "elsewhere");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "a.hcl"), `path "a" {capabilities=["read"]}\n`);
    const run = (command: string) =>
      stage.run("sh", [
        "-c",
        `cd ${folder} && ${command.replaceAll("strongroom", `node ${stage.folder}/bin/strongroom.mjs`)}`,
      ]);
    expect((await run("strongroom policy explain read a --policy a.hcl")).output).toContain("a.hcl:1:6");
    expect((await run("strongroom policy explain read a --policy - < a.hcl")).exitCode).toBe(0);
    expect(await run("strongroom policy fmt - < a.hcl")).toEqual({
      exitCode: 0,
      output: 'path "a" {\n  capabilities = ["read"]\n}',
    });
    const batch = `{"request":{"operation":"read","path":"a"},"expect":{"allowed":true}}\\n`;
    expect(
      (await run(`printf '${batch}${batch}' | strongroom policy test - --policy a.hcl`)).output,
    ).toContain("2 passed");
    expect((await run("printf 'policies: {}\\ncases: []\\n' | strongroom policy test -")).exitCode).toBe(0);
    expect(
      (await run("strongroom policy explain update a --policy a.hcl --data - < a.hcl")).output,
    ).toContain("standard input is not JSON");
  });
}
