import { replayTraffic } from "../../../review/traffic/replay";
import { replayNotes } from "../../../review/traffic/words";
import { appRole, revision } from "../revision";
import { logOf } from "./log";

const READ = 'path "secret/data/app/*" { capabilities = ["read"] }';
const LIST = 'path "secret/data/app/*" { capabilities = ["list"] }';
const base = revision({ label: "base", policies: { app: READ }, roles: { app: ["app", "default"] } });
const head = revision({ label: "head", policies: { app: LIST }, roles: { app: ["app", "default"] } });

describe("a replay", () => {
  test("counts requests that the change would deny, from the first to the last, by principal and region", async () => {
    const log = logOf([
      { path: "secret/data/app/a", time: "2026-11-15T00:00:00Z" },
      { path: "secret/data/app/b", time: "2026-11-14T00:00:00Z" },
      { path: "secret/data/other", allowed: false },
    ]);
    const replay = await replayTraffic(base, head, [log]);
    expect(replay).toMatchObject({ requests: 3, same: 1, allowed: [], unknown: [], notes: [] });
    expect(replay.denied).toMatchObject([
      {
        title: "AppRole app",
        count: 2,
        first: Date.parse("2026-11-14T00:00:00Z"),
        last: Date.parse("2026-11-15T00:00:00Z"),
        subject: { intent: "read-values", region: "secret/app/*" },
        before: { level: "full", rule: "secret/data/app/*", policies: ["app"] },
        after: { level: "none" },
      },
    ]);
  });

  test("names a declared secret", async () => {
    const secrets = [{ mount: "secret/", path: "app/db", title: "app/db" }];
    const log = logOf([{ path: "secret/data/app/db" }]);
    const { denied } = await replayTraffic({ ...base, secrets }, { ...head, secrets }, [log]);
    expect(denied[0]?.subject.does).toBe("read values of secret/app/db");
  });

  test("leaves out what the server allowed without asking any policy, as the CLI's question for a path's mount", async () => {
    const wide = revision({
      policies: { app: 'path "*" { capabilities = ["read"] }' },
      roles: { app: ["app", "default"] },
    });
    const log = logOf([
      { path: "sys/internal/ui/mounts/secret/app", unguarded: true },
      { path: "sys/internal/ui/mounts/secret/app" },
    ]);
    expect(await replayTraffic(wide, head, [log])).toMatchObject({
      requests: 1,
      undecided: 1,
      denied: [{ count: 1 }],
    });
    const asked = logOf([{ path: "sys/internal/ui/mounts/secret/app", unguarded: true }]);
    expect((await replayTraffic(base, base, [asked])).notes).toEqual([]);
  });

  test("takes create from update by what the log says", async () => {
    const create = revision({
      policies: { app: 'path "secret/data/*" { capabilities = ["create"] }' },
      roles: { app: ["app"] },
    });
    const update = revision({
      policies: { app: 'path "secret/data/*" { capabilities = ["update"] }' },
      roles: { app: ["app"] },
    });
    const log = logOf([
      { path: "secret/data/a", operation: "create" },
      { path: "secret/data/a", operation: "update", allowed: false },
    ]);
    const { denied, allowed } = await replayTraffic(create, update, [log]);
    expect([denied[0]?.operation, allowed[0]?.operation]).toEqual(["create", "update"]);
  });

  test("of a principal whose role goes denies all that it asked", async () => {
    const { denied } = await replayTraffic(base, { ...head, principals: [] }, [
      logOf([{ path: "secret/data/app/a" }]),
    ]);
    expect(denied).toMatchObject([{ count: 1, title: "AppRole app" }]);
  });

  test("of somebody unknown goes by the recorded policies, where the base has them", async () => {
    const log = logOf([
      { path: "secret/data/app/a", role: "", policies: ["app", "default"], displayName: "token" },
      { path: "secret/data/app/a", role: "", policies: ["app", "strange"], displayName: "token" },
    ]);
    const { denied, unknown } = await replayTraffic(base, head, [log]);
    expect(denied).toMatchObject([{ title: "Tokens with app, default", count: 1 }]);
    expect(unknown).toMatchObject([
      { count: 1, why: "base has no principal for it, and not its policy strange" },
    ]);
  });

  test("from a server to a declaration leaves what the server keeps for itself", async () => {
    const policies = { keeper: 'path "sys/mounts/*" { capabilities = ["update"] }' };
    const log = logOf([
      { path: "sys/mounts/a", operation: "update", role: "", policies: ["keeper"], displayName: "token" },
    ]);
    const [server, declaration] = [revision({ policies }), revision()];
    expect((await replayTraffic(server, declaration, [log])).denied).toMatchObject([{ count: 1 }]);
    const keptPolicies = ["keeper"];
    expect(await replayTraffic(server, declaration, [log], { keptPolicies })).toMatchObject({
      same: 1,
      denied: [],
    });
    expect(await replayTraffic(declaration, server, [log], { keptPolicies })).toMatchObject({
      same: 1,
      allowed: [],
    });
  });

  test("of somebody whose policies neither side has is not touched by the change, unless the head makes one of them", async () => {
    const log = logOf([
      { path: "secret/data/x", role: "", policies: ["strange", "default"], displayName: "token" },
    ]);
    expect(await replayTraffic(base, head, [log])).toMatchObject({ same: 1, unknown: [], notes: [] });
    const makes = revision({
      label: "head",
      policies: { app: LIST, strange: READ },
      roles: { app: ["app"] },
    });
    expect((await replayTraffic(base, makes, [log])).unknown).toMatchObject([{ count: 1 }]);
  });

  test("knows two mounts with a role of the same name apart, by display name or by the login", async () => {
    const other = { ...appRole("app", ["app"]), name: "auth/ci/role/app", title: "AppRole ci/app" };
    const both = (policies: Record<string, string>) =>
      revision({ policies, roles: { app: [] }, principals: [other] });
    const log = logOf([
      { path: "secret/data/app/a", allowed: false },
      { path: "secret/data/app/a", displayName: "ci" },
      {
        path: "auth/ci/login",
        operation: "update",
        anonymous: true,
        mountPoint: "auth/ci/",
        gives: { accessor: "hmac-sha256:99", role: "app" },
      },
      { path: "secret/data/app/a", displayName: "renamed", accessor: "hmac-sha256:99" },
    ]);
    const replay = await replayTraffic(both({ app: READ }), both({ app: LIST }), [log]);
    expect(replay).toMatchObject({ requests: 3, same: 1, undecided: 1 });
    expect(replay.denied).toMatchObject([{ title: "AppRole ci/app", count: 2 }]);
  });

  test("leaves what an entity brings, and neither side knows, unknown", async () => {
    const log = logOf([{ path: "secret/data/app/a", identityPolicies: ["team"] }]);
    expect(await replayTraffic(base, { ...base, label: "again" }, [log])).toMatchObject({
      same: 1,
      unknown: [],
    });
    const { unknown } = await replayTraffic(base, head, [log]);
    expect(unknown).toMatchObject([
      { why: "its entity brings team, of which base knows nothing".replace("base", "head") },
    ]);
  });

  test("says when the log is of another time than the base", async () => {
    const { notes } = await replayTraffic(base, base, [logOf([{ path: "secret/data/nowhere" }])]);
    expect(notes).toEqual([
      "the server decided 1 of these requests otherwise than base does: the log may be of another time",
    ]);
  });

  test("against itself finds nothing, also where nobody can tell", async () => {
    const doubtful = { ...base, doubts: [{ reason: "a policy is not known" }] };
    const replay = await replayTraffic(doubtful, { ...doubtful, label: "again" }, [
      logOf([{ path: "secret/data/app/a" }]),
    ]);
    expect(replay).toMatchObject({ denied: [], allowed: [], unknown: [{ why: "a policy is not known" }] });
  });

  test("shows no token that stands in a path", async () => {
    const wide = 'path "auth/token/*" { capabilities = ["read"] }';
    const before = revision({ policies: { app: wide }, roles: { app: ["app"] } });
    const after = revision({ policies: { app: READ }, roles: { app: ["app"] } });
    const log = logOf([{ path: "auth/token/lookup/hvs.CAESIAAAAAAAAAAAAAAAAAAAAAAAA" }]);
    const replay = await replayTraffic(before, after, [log]);
    expect(replay.denied).toMatchObject([{ example: "auth/token/lookup/…" }]);
    expect(JSON.stringify(replay)).not.toContain("hvs.");
  });
});

describe("conditions", () => {
  const rule = (attributes: string) =>
    revision({
      policies: { app: `path "secret/data/*" {\n  capabilities = ["create"]\n${attributes}\n}` },
      roles: { app: ["app"] },
    });
  const open = rule("");
  const log = (data: object, wrapTtl?: number) =>
    logOf([{ path: "secret/data/a", operation: "create", data, ...(wrapTtl ? { wrapTtl } : {}) }]);
  const outcome = async (attributes: string, file: string) => {
    const { denied, unknown, same } = await replayTraffic(open, rule(attributes), [file]);
    return denied.length > 0 ? "denied" : unknown.length > 0 ? "unknown" : same === 1 ? "same" : "lost";
  };

  test.each([
    ["names alone decide: allowed", 'allowed_parameters = { "data" = [] }', { data: 1 }, "same"],
    ["names alone decide: not among them", 'allowed_parameters = { "data" = [] }', { other: 1 }, "denied"],
    ["a required name is missing", 'required_parameters = ["cas"]', { data: 1 }, "denied"],
    ["a name is denied whatever its value", 'denied_parameters = { "data" = [] }', { data: 1 }, "denied"],
    ["a value is denied", 'denied_parameters = { "ttl" = ["1h"] }', { ttl: 1 }, "unknown"],
    ["a value is denied of another name", 'denied_parameters = { "ttl" = ["1h"] }', { data: 1 }, "same"],
    ["only a value is allowed", 'allowed_parameters = { "ttl" = ["1h"] }', { ttl: 1 }, "unknown"],
    [
      "a value and a name that is not allowed",
      'allowed_parameters = { "ttl" = ["1h"] }',
      { ttl: 1, x: 1 },
      "denied",
    ],
    ["a name in another case", 'denied_parameters = { "ttl" = ["1h"] }', { TTL: 1 }, "unknown"],
  ])("where %s", async (_, attributes, data, expected) => {
    expect(await outcome(attributes, log(data))).toBe(expected);
  });

  test("of wrapping are decided by what was asked for", async () => {
    const wrapped = 'min_wrapping_ttl = "1m"';
    expect(await outcome(wrapped, log({ data: 1 }, 60))).toBe("same");
    expect(await outcome(wrapped, log({ data: 1 }))).toBe("denied");
  });

  test("that turn on a value but did not change are decided alike", async () => {
    const valued = rule('allowed_parameters = { "ttl" = ["1h"] }');
    const more = { ...valued, policies: [...valued.policies] };
    const { same, unknown } = await replayTraffic(valued, more, [log({ ttl: 1 })]);
    expect({ same, unknown }).toEqual({ same: 1, unknown: [] });
  });
});

test("the notes of a review say what a change would have done, to whom and until when", async () => {
  const log = logOf([{ path: "secret/data/app/a" }, { path: "secret/data/app/b" }]);
  expect(replayNotes(await replayTraffic(base, head, [log]))).toEqual([
    "Traffic: 2 recorded requests from 2026-11-14 10:00 to 2026-11-14 10:00 UTC (0 minutes) were decided again.",
    "This change would have denied 2 requests of AppRole app to read values of secret/app/*, last 2026-11-14 10:00.",
  ]);
  expect(replayNotes(await replayTraffic(base, base, [log]))).toEqual([
    "Traffic: this change decides 2 recorded requests from 2026-11-14 10:00 to 2026-11-14 10:00 UTC (0 minutes) as before.",
  ]);
});
