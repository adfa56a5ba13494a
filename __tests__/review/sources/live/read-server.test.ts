import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { readRevision } from "../../../../review/sources/read-revision";
import { stubServer } from "../../../engine/stub-server";

/** Answers that no real engine can be made to give on demand, by path; everything else is not there. */
async function withServer<T>(
  answers: Readonly<Record<string, readonly [number, unknown]>>,
  use: (address: string) => Promise<T>,
): Promise<T> {
  const health = { initialized: true, sealed: false, version: "2.7.2", server_time_utc: 1 };
  const all: typeof answers = { "sys/health": [200, health], ...answers };
  const server = await stubServer((request, response) => {
    const [path = ""] = (request.url ?? "").replace("/v1/", "").split("?");
    const [status, body] = all[path] ?? [404, { errors: [] }];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  try {
    return await use(server.address);
  } finally {
    await server.close();
  }
}

const read = (address: string) =>
  readRevision("live", { server: async () => ({ address, token: "t", engine: "openbao@2.7.2" }) });

const AUTH = (type: string, version = "v2.7.2+builtin.bao") => ({
  data: { "x/": { type, accessor: "x_1", running_plugin_version: version } },
});

/** The doubts, each of which says which server it is about. */
async function doubtsOf(answers: Parameters<typeof withServer>[0], use: typeof read): Promise<object[]> {
  let server = "";
  const { doubts } = await withServer(answers, (address) => {
    server = address;
    return use(address);
  });
  return doubts.map(({ content, ...doubt }) => {
    expect(content).toBe(server);
    return doubt;
  });
}

test("a login method that is not known here is a doubt", async () => {
  const doubts = await doubtsOf({ "sys/auth": [200, AUTH("palm-reader")] }, read);
  expect(doubts).toEqual([{ reason: "who may log in at auth/x/ (palm-reader) is not known here" }]);
});

test("a path that the server has otherwise is a doubt, and no end", async () => {
  const doubts = await doubtsOf(
    { "sys/auth": [200, AUTH("radius")], "auth/x/users": [405, { errors: ["unsupported operation"] }] },
    read,
  );
  expect(doubts).toEqual([{ reason: "the server answers 405 to LIST auth/x/users" }]);
});

test("what two servers hide is not the same", async () => {
  const hidden = { "sys/mounts": [200, { data: {} }], "sys/audit": [403, {}] } as const;
  await withServer(hidden, (one) =>
    withServer(hidden, async (other) => {
      const [a, b] = [await read(one), await read(other)];
      expect(reviewRevisions(a, b).findings.map(({ kind }) => kind)).toEqual(["unknown", "unknown"]);
      expect(reviewRevisions(a, await read(one)).findings).toEqual([]);
    }),
  );
});

test("namespaces below the root are a doubt", async () => {
  const doubts = await doubtsOf(
    { "sys/mounts": [200, { data: {} }], "sys/namespaces": [200, { data: { keys: ["team/"] } }] },
    read,
  );
  expect(doubts).toEqual([{ reason: "namespaces are not looked into: team/" }]);
});

test("a server that fails is an error, with its words", async () => {
  const failing = withServer({ "sys/mounts": [500, { errors: ["storage is gone"] }] }, read);
  await expect(failing).rejects.toThrow(/sys\/mounts was answered 500: storage is gone/);
});

test.each([
  ["v1.21.1+builtin.vault", "1.21.1", "vault@1.21.1"],
  ["v2.7.2+builtin.bao", "2.7.2+unknown", "openbao@2.7.2"],
  ["v0.1.0", "2.7.2", "openbao@2.7.2"],
])("the plugin %s on version %s is %s", async (plugin, version, engine) => {
  const health = { initialized: true, sealed: false, version, server_time_utc: 1 };
  const revision = await withServer(
    { "sys/health": [200, health], "sys/auth": [200, AUTH("userpass", plugin)] },
    read,
  );
  expect(revision.engine).toBe(engine);
});

test("the teams of GitHub's method hold what their value says", async () => {
  const { principals } = await withServer(
    {
      "sys/auth": [200, AUTH("github")],
      "auth/x/map/teams": [200, { data: { keys: ["dev"] } }],
      "auth/x/map/teams/dev": [200, { data: { key: "dev", value: "a,b" } }],
    },
    read,
  );
  expect(principals[0]?.holds.map(({ policy }) => policy)).toEqual(["a", "b", "default"]);
});

test("policies that the token may not list are a doubt of their own, and other hidden things are not", async () => {
  const doubts = await doubtsOf(
    {
      "sys/mounts": [200, { data: {} }],
      "sys/policies/acl": [403, { errors: ["permission denied"] }],
      "sys/audit": [403, { errors: ["permission denied"] }],
    },
    read,
  );
  expect(doubts).toContainEqual({ reason: "the token may not see sys/policies/acl", hidesPolicies: true });
  expect(doubts).toContainEqual({ reason: "the token may not see sys/audit" });
});

test("what a policy of OpenBao's says of itself is kept", async () => {
  const policy = 'path "a/{{identity.entity.name}}" { capabilities = ["read"] }';
  const { policies } = await withServer(
    {
      "sys/policies/acl": [200, { data: { keys: ["a", "root"] } }],
      "sys/policies/acl/a": [
        200,
        {
          data: {
            name: "a",
            policy,
            expiration: "2030-01-01T00:00:00Z",
            allow_slashes_in_identity_templates: true,
          },
        },
      ],
    },
    read,
  );
  expect(policies).toMatchObject([
    { name: "a", expiration: "2030-01-01T00:00:00Z", allowedInTemplates: ["/"] },
  ]);
});
