import { addTrafficCommands } from "../../../cli/traffic/program";
import { answered } from "../../review/traffic/log";
import { calledIn, type Ran, ran } from "../policy/run";

const ROLES = `schema_version: 1
engine: openbao@2.7.2
mounts:
  secret: { type: kv, version: 2 }
roles:
  auth/approle/role/app: { policies: [app] }
`;
const READS = 'path "secret/data/app" {\n  capabilities = ["read"]\n}\n';
const LINES = [
  answered({ path: "secret/data/app" }),
  answered({ path: "secret/data/app", operation: "update", allowed: false }),
];

/** `before` and `after` beside a log of one read and one write that was denied. */
function folder(after: string): void {
  calledIn({
    "before/roles.yaml": ROLES,
    "before/app.hcl": READS,
    "after/roles.yaml": ROLES,
    "after/app.hcl": after,
    "audit.log": LINES.map((line) => `${JSON.stringify(line)}\n`).join(""),
  });
}

const traffic = (...words: string[]): Promise<Ran> => ran(addTrafficCommands, ["traffic", ...words]);

test("a change that would have denied a request exits with 1 and says whose", async () => {
  folder('path "secret/data/other" {\n  capabilities = ["read"]\n}\n');
  const { exitCode, stdout } = await traffic("replay", "--base", "before", "--head", "after", "audit.log");
  expect(stdout).toContain("1 request would be denied");
  expect(stdout).toMatch(/ - {2}AppRole app {2}would no longer read values of secret\/app: 1 request/);
  expect(exitCode).toBe(1);
});

test("one that decides all of them as before exits with 0", async () => {
  folder(READS);
  const { exitCode, stdout } = await traffic(
    ...["replay", "--base", "before", "--head", "after", "--json", "audit.log"],
  );
  expect(JSON.parse(stdout)).toMatchObject({
    schema_version: 1,
    command: "traffic replay",
    requests: 2,
    same: 2,
    denied: [],
  });
  expect(exitCode).toBe(0);
});

test("denied requests are told with what would allow them, and judge nothing", async () => {
  folder(READS);
  const { exitCode, stdout } = await traffic("denied", "--from", "before", "--json", "audit.log");
  expect(JSON.parse(stdout).denied).toMatchObject([
    {
      principal: "auth/approle/role/app",
      operation: "update",
      intent: "write",
      count: 1,
      first: "2026-11-14T10:00:00.123Z",
      now: "denied",
      grant: { kind: "rule" },
    },
  ]);
  expect(exitCode).toBe(0);
});

test("rules that nobody used are told with what would be left", async () => {
  folder(`${READS}path "secret/metadata/app" {\n  capabilities = ["read"]\n}\n`);
  const { exitCode, stdout } = await traffic("unused", "--from", "after", "audit.log");
  expect(stdout).toContain('path "secret/metadata/app": nothing of it');
  expect(stdout).toContain("What would be left of policy app");
  expect(exitCode).toBe(0);
});

test("a file that is no audit log is refused", async () => {
  calledIn({ "audit.log": "{}\n", "before/roles.yaml": ROLES, "before/app.hcl": READS });
  const { exitCode, stderr } = await traffic("denied", "--from", "before", "audit.log");
  expect(stderr).toContain("holds no entry of an audit log");
  expect(exitCode).toBe(3);
});
