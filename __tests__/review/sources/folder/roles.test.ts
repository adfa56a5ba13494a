import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv2020 from "ajv/dist/2020";
import { parse } from "yaml";
import { UsageError } from "../../../../base/errors";
import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { ROLES_SCHEMA } from "../../../../review/sources/folder/roles-schema";
import { readRevision } from "../../../../review/sources/read-revision";
import { mistakesIn } from "../../../../review/written/mistakes";

const ROLES = `schema_version: 1
engine: vault@1.21.1
mounts:
  secret: { type: kv, version: 2 }
roles:
  auth/approle/role/ci:
    policies: [ci]
    entity: robot
    settings: { token_ttl: 1h, secret_id_num_uses: 5 }
    owner: team-ci
  auth/token/roles/tools:
    policies: [tools]
    no_default_policy: true
entities:
  robot: { policies: [tools], metadata: { team: ci } }
groups:
  inner: { policies: [], members: [robot] }
  outer: { policies: [ci], groups: [inner] }
`;

const RULE = 'path "secret/data/ci" { capabilities = ["read"] }\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-roles-"));
  writeFileSync(join(folder, "ci.hcl"), RULE);
  writeFileSync(join(folder, "Tools.json"), '{"path":{"secret/data/tools":{"capabilities":["list"]}}}');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string, name = "roles.yaml") => writeFileSync(join(folder, name), text);

describe("a folder of policies", () => {
  test("with a roles file tells who holds what, and where it stands", async () => {
    write(ROLES);
    const revision = await readRevision(folder);
    expect(revision).toMatchObject({
      engine: "vault@1.21.1",
      doubts: [],
      mounts: [{ path: "secret/", kvVersion: 2 }],
    });
    expect(revision.policies.map(({ name, verbatim, place }) => [name, verbatim, place?.file])).toEqual([
      ["tools", true, join(folder, "Tools.json")],
      ["ci", true, join(folder, "ci.hcl")],
    ]);
    expect(revision.principals).toMatchObject([
      {
        name: "auth/approle/role/ci",
        owner: "team-ci",
        holds: [
          { policy: "ci", by: "role" },
          { policy: "default", by: "default" },
          { policy: "tools", by: "entity", through: "robot" },
          { policy: "ci", by: "group", through: "outer" },
        ],
        constraints: [
          { name: "token_ttl", value: 3600 },
          { name: "secret_id_num_uses", value: 5 },
          { name: "bind_secret_id", value: true },
        ],
        place: { file: join(folder, "roles.yaml"), line: 6, column: 3 },
      },
      { name: "auth/token/roles/tools", holds: [{ policy: "tools", by: "role" }] },
      { name: "identity/group/name/inner" },
      { name: "identity/group/name/outer" },
    ]);
  });

  test("without one takes each policy for a principal of its own", async () => {
    const { principals } = await readRevision(folder, { defaultEngine: "openbao@2.7.2" });
    expect(principals.map(({ name, title, holds }) => [name, title, holds])).toEqual([
      ["policy/tools", "Policy tools", [{ policy: "tools", by: "role" }]],
      ["policy/ci", "Policy ci", [{ policy: "ci", by: "role" }]],
    ]);
  });

  test("keeps a policy that cannot be read, with what is wrong and where", async () => {
    writeFileSync(join(folder, "ci.hcl"), 'path "a" {\n  capabilities = ["raed"]\n}\n');
    const { policies } = await readRevision(folder);
    const [fault] = policies.find(({ name }) => name === "ci")?.unreadable ?? [];
    expect(fault?.span.start).toMatchObject({ line: 2, column: 19 });
  });

  test("members of a group that are not declared are a doubt about it", async () => {
    write(ROLES.replace("members: [robot]", "members: [robot, ghost], groups: [nowhere]"));
    const { doubts } = await readRevision(folder);
    expect(doubts).toMatchObject([
      {
        reason: 'the entity "ghost" of the group inner is not declared',
        principals: ["identity/group/name/inner"],
      },
      {
        reason: 'the group "nowhere" in the group inner is not declared',
        principals: ["identity/group/name/inner"],
      },
    ]);
  });

  test("an entity that is not declared is a doubt about its role", async () => {
    write(ROLES.replace("entity: robot", "entity: nobody"));
    const { doubts } = await readRevision(folder);
    expect(doubts).toMatchObject([{ principals: ["auth/approle/role/ci"], place: { line: 6 } }]);
  });
});

describe("a roles file is refused with line and column", () => {
  test.each([
    [
      "schema_version: 1\nroles: { ci: { policies: [] } }\n",
      /roles\.yaml:2:10 {2}"ci" is not possible as a key of roles\.\n {2}The path of a role, such as/,
    ],
    // Nobody could log in there: a slip of the pen, and its grants would be left out.
    ["schema_version: 1\nroles: { auth/a/rule/b: { policies: [] } }\n", /"auth\/a\/rule\/b" is not possible/],
    ["schema_version: 1\nroles: { auth/a/role/b/c: { policies: [] } }\n", /"auth\/a\/role\/b\/c" is not/],
    [
      "schema_version: 1\nroles:\n  auth/a/role/b:\n    polices: [x]\n",
      /:4:5 {2}roles\.auth\/a\/role\/b knows no "polices"\.\n {2}Did you mean "policies"\?/,
    ],
    ["schema_version: 1\nroles:\n  auth/a/role/b: {}\n", /:3:18 {2}roles\.auth\/a\/role\/b has no policies/],
    ["schema_version: 2\n", /:1:17 {2}2 is not possible for schema_version\.\n {2}Did you mean "1"\?/],
    ["schema_version: 1\nengine: vault\n", /:2:9 {2}"vault" is not possible for engine/],
    ["schema_version: 1\nmounts: { '': { type: kv } }\n", /:2:11 {2}"" is not possible as a key of mounts/],
    ["schema_version: 1\nroles: [\n", /roles\.yaml:\d+:\d+ {2}/],
    ["just text", /roles\.yaml:1:1 {2}the file has to be keys with values/],
    ["", /roles\.yaml:1:1 {2}the file has to be keys with values\.\n {2}It is empty/],
  ])("%j", async (text, message) => {
    write(text);
    await expect(readRevision(folder)).rejects.toThrow(UsageError);
    await expect(readRevision(folder)).rejects.toThrow(message);
  });
});

test("the schema for editors is the one by which files are read", () => {
  const published = JSON.parse(readFileSync("docs/schema/roles.schema.json", "utf8"));
  expect(published).toEqual(JSON.parse(JSON.stringify(ROLES_SCHEMA)));
});

test("files are judged as any reader of the schema judges them", () => {
  const validate = new Ajv2020({ strict: false }).compile(ROLES_SCHEMA);
  const takes = (value: unknown) => [validate(value), mistakesIn(value, ROLES_SCHEMA).length === 0];
  expect(takes(parse(ROLES))).toEqual([true, true]);
  for (const wrong of [
    {},
    { schema_version: 2 },
    { schema_version: 1, roles: { ci: { policies: [] } } },
    { schema_version: 1, roles: { "auth/a/role/b": { polices: [] } } },
    { schema_version: 1, engine: "vault" },
    { schema_version: 1, mounts: { secret: { type: "kv", version: 3 } } },
    { schema_version: 1, mounts: { "": { type: "kv" } } },
    { schema_version: 1, roles: { "auth/a/role/b": { policies: [""] } } },
    { schema_version: 1, roles: { "auth/a/role/b": { policies: [], settings: { a: [1] } } } },
    { schema_version: 1, entities: { robot: { metadata: { team: 1 } } } },
    { schema_version: 1, groups: { fleet: { member: [] } } },
  ]) {
    expect([wrong, ...takes(wrong)]).toEqual([wrong, false, false]);
  }
});

test("a setting of a role that nobody here knows is a doubt, and a change of it is told", async () => {
  const roles = (settings: string) =>
    `schema_version: 1\nroles:\n  auth/jwt/role/ci: { policies: [ci], settings: ${settings} }\n`;
  const readWith = async (settings: string) => {
    write(roles(settings));
    return readRevision(folder);
  };
  const known = await readWith(
    "{ bound_audiences: [a], user_claim: sub, bind_secret_id: false, groups: [a] }",
  );
  expect(known.doubts).toEqual([]);
  const [one, other] = [await readWith("{ bound_audience: [a] }"), await readWith("{ bound_audience: [b] }")];
  expect(one.doubts.map(({ reason }) => reason)).toEqual([
    "what the setting bound_audience of auth/jwt/role/ci does is not known here",
  ]);
  expect(reviewRevisions(one, other).findings.map(({ kind }) => kind)).toContain("unknown");
});
