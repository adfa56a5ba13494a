import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { readRevision } from "../../../../review/sources/read-revision";
import { stubServer } from "../../../engine/stub-server";

type Answers = Readonly<Record<string, unknown>>;

/** What a server with these answers is read as; what it has no answer for is not there. */
async function read(answers: Answers) {
  const health = { initialized: true, sealed: false, version: "1.21.1", server_time_utc: 1 };
  const server = await stubServer((request, response) => {
    const [path = ""] = (request.url ?? "")
      .replace("/v1/", "")
      .replace(/\/?\?.*/, "")
      .split("?");
    const data = path === "sys/health" ? undefined : answers[path];
    const body = path === "sys/health" ? health : data === undefined ? { errors: [] } : { data };
    response
      .writeHead("errors" in body ? 404 : 200, { "content-type": "application/json" })
      .end(JSON.stringify(body));
  });
  try {
    const access = { address: server.address, token: "t", engine: "vault@1.21.1" as const };
    return await readRevision("live", { server: async () => access });
  } finally {
    await server.close();
  }
}

const mounted = (type: string, config: object = {}) => ({
  "sys/auth": { "x/": { type, accessor: "x_1", config } },
});

const reasons = async (answers: Answers) => (await read(answers)).doubts.map(({ reason }) => reason);

/** How many things a review tells of two servers that differ so. */
async function told(before: Answers, after: Answers): Promise<number> {
  return reviewRevisions(await read(before), await read(after)).findings.length;
}

test("a login that is listed and cannot be read is a doubt, and so is one whose name is not followed", async () => {
  const ldap = mounted("ldap");
  expect(await reasons({ ...ldap, "auth/x/users": { keys: ["ana"] } })).toEqual([
    "auth/x/users/ana is listed, and is not there to be read",
  ]);
  const slash = { ...ldap, "auth/x/users": { keys: ["a/b"] }, "auth/x/users/a/b": { policies: ["p"] } };
  expect(await reasons(slash)).toEqual(["auth/x/users/a/b has a name that is not followed"]);
});

test("a group of a directory may have slashes in its name", async () => {
  const group = { "auth/x/groups": { keys: ["a/b"] }, "auth/x/groups/a/b": { policies: ["p"] } };
  const { principals, doubts } = await read({ ...mounted("ldap"), ...group });
  expect(principals.map(({ name }) => name)).toEqual(["auth/x/groups/a/b"]);
  expect(doubts).toEqual([]);
});

test("who must show a second factor is a doubt, and a change of it is told", async () => {
  const factor = (more: object) => ({
    "sys/mounts": {},
    "identity/mfa/login-enforcement": { keys: ["all"] },
    "identity/mfa/login-enforcement/all": more,
  });
  expect(await reasons(factor({}))).toEqual([
    "whom identity/mfa/login-enforcement/all asks for a second factor is not compared",
  ]);
  expect(await told(factor({}), factor({}))).toBe(0);
  expect(await told(factor({ auth_method_types: ["ldap"] }), factor({}))).toBeGreaterThan(0);
  expect(await told(factor({}), { "sys/mounts": {} })).toBeGreaterThan(0);
});

test("whom an AWS method trusts is a doubt, also where another account was let in", async () => {
  const sts = { "auth/x/config/sts": { keys: ["1"] }, "auth/x/config/sts/1": { sts_role: "r" } };
  expect(await reasons({ ...mounted("aws"), ...sts })).toEqual([
    "whom auth/x/config/client trusts is not read: it holds a half of a key",
    "whom auth/x/config/sts/1 lets in is not compared",
  ]);
});

describe("a change of an auth method is told of its logins", () => {
  const role = { "auth/x/role": { keys: ["r"] }, "auth/x/role/r": { token_policies: ["p"] } };
  test.each<[string, Answers, Answers]>([
    [
      "how long its tokens live",
      mounted("approle", { max_lease_ttl: 0 }),
      mounted("approle", { max_lease_ttl: 9 }),
    ],
    ["of which kind they are", mounted("approle", {}), mounted("approle", { token_type: "batch" })],
    [
      "what GCP calls somebody",
      { ...mounted("gcp"), "auth/x/config": {}, "auth/x/roles": { keys: ["r"] } },
      { ...mounted("gcp"), "auth/x/config": { iam_alias: "unique_id" }, "auth/x/roles": { keys: ["r"] } },
    ],
  ])("%s", async (_, before, after) => {
    expect(await told({ ...role, ...before }, { ...role, ...after })).toBeGreaterThan(0);
    expect(await told({ ...role, ...after }, { ...role, ...after })).toBe(0);
  });
});

test("a directory that is mounted and has no configuration lets nobody in", async () => {
  expect((await read(mounted("github", { token_type: "default-service" }))).principals).toEqual([]);
  const configured = { ...mounted("github"), "auth/x/config": { organization: "o" } };
  expect((await read(configured)).principals.map(({ name }) => name)).toEqual(["auth/x/config"]);
});
