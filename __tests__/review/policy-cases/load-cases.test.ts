import { join } from "node:path";
import { runCases } from "../../../policies/cases/run";
import { loadCases } from "../../../review/policy-cases/load-cases";
import { readWritten } from "../../../review/written/written";
import { revision } from "../revision";

const known = revision({
  policies: { app: 'path "secret/data/app" { capabilities = ["read"] }' },
  roles: { app: ["app", "gone"] },
  mounts: [{ path: "ca/", type: "pki" }],
});
const load = (text: string, from = known) =>
  loadCases(readWritten(text, "/nowhere/cases.yaml"), { revision: async () => from });
const CASE =
  "cases:\n  - request: { operation: read, path: secret/data/app }\n    expect: { allowed: true }\n";

test("an environment gives policies, principals, mounts and its engine", async () => {
  const { file, run, notes, doubtful } = await load(`environment: dev\nprincipal: AppRole app\n${CASE}`);
  expect(file).toMatchObject({
    engines: ["openbao@2.7.2"],
    principals: { "AppRole app": { policies: ["app"] } },
  });
  expect(run.mounts).toEqual([expect.objectContaining({ path: "ca/", type: "pki" })]);
  expect(notes).toEqual(["policy gone is held but not there, and engines skip it"]);
  expect(doubtful).toBe(false);
  expect([...runCases(file, run)].every(({ passed }) => passed)).toBe(true);
});

test("the source is asked for with the file's own folder", async () => {
  const asked: unknown[] = [];
  const written = readWritten(`from: policies\nprincipal: app\n${CASE}`, "/nowhere/cases.yaml");
  await loadCases(written, {
    revision: async (of) => {
      asked.push(of);
      return known;
    },
  });
  expect(asked).toEqual([{ from: "policies", folder: "/nowhere" }]);
});

test("what a source could not tell of who asks makes the result doubtful", async () => {
  const doubts = [{ reason: "its policies are not known", principals: ["auth/approle/role/app"] }];
  const { notes, doubtful } = await load(`environment: dev\nprincipal: app\n${CASE}`, { ...known, doubts });
  expect(doubtful).toBe(true);
  expect(notes[0]).toBe("AppRole app: its policies are not known");
});

test.each([
  [`environment: dev\nfrom: x\n${CASE}`, "cases.yaml:2:1  environment and from are two sources."],
  [`environment: dev\n${CASE}`, "cases.yaml:3:5  this case does not say who asks."],
  [
    `policies: { A: x, a: y }\n${CASE}`,
    "cases.yaml:1:19  a is there twice, for engines write names in small letters.",
  ],
  [`policies: { a: { file: /dev/zero } }\n${CASE}`, "cases.yaml:1:24  /dev/zero is a device."],
  [
    "policies: {}\ncases: [{ request: { operation: read, path: a, wrap_ttl: -5s }, expect: { allowed: true } }]",
    'cases.yaml:2:58  "-5s" is no duration.',
  ],
  [
    `environment: dev\nprincipal: apq\n${CASE}`,
    'cases.yaml:2:12  sketch has no principal "apq".\n  Did you mean "AppRole app"?',
  ],
  [
    `environment: dev\npolicies: { app: "" }\nprincipal: app\n${CASE}`,
    "cases.yaml:2:13  sketch has a policy app already.",
  ],
  [
    `policies: { a: { file: gone.hcl } }\n${CASE}`,
    `cases.yaml:1:24  gone.hcl does not exist.\n  Files are looked for in ${join("/nowhere")}.`,
  ],
])("%j is refused", async (text, message) => {
  await expect(load(text)).rejects.toThrow(message);
});

test("an entity fills templates", async () => {
  const { file, run } = await load(
    `policies: { own: 'path "{{identity.entity.aliases.m.custom_metadata.team}}" { capabilities = ["read"] }' }
entity: { id: "1", name: n, aliases: [{ mount_accessor: m, id: "1", name: n, custom_metadata: { team: secret/data/app } }] }
engines: [vault@1.21.1]
${CASE}`,
  );
  expect([...runCases(file, run)].map(({ mismatches }) => mismatches)).toEqual([[]]);
});
