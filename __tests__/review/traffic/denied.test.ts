import { deniedTraffic } from "../../../review/traffic/denied";
import { revision } from "../revision";
import { logOf } from "./log";

const denied = { allowed: false, policies: ["app"] };
const policies = {
  app: `path "secret/data/app/*" { capabilities = ["read"] }
path "secret/data/closed/*" { capabilities = ["deny"] }
path "secret/data/named" {
  capabilities        = ["create", "update"]
  required_parameters = ["options"]
}`,
};
const source = revision({ policies, roles: { app: ["app"] } });

async function groupsOf(...requests: Parameters<typeof logOf>[0]) {
  return (await deniedTraffic(source, [logOf(requests)])).groups;
}

describe("denied requests", () => {
  test("are grouped and counted, with the rule that would allow them", async () => {
    const groups = await groupsOf(
      { path: "secret/data/other", ...denied },
      { path: "secret/data/other", ...denied },
      { path: "secret/data/app/db", operation: "update", ...denied },
      { path: "secret/data/app/db" },
    );
    expect(groups).toMatchObject([
      {
        title: "AppRole app",
        count: 2,
        why: "no rule matches the path",
        grant: { kind: "rule", hcl: 'path "secret/data/other" {\n  capabilities = ["read"]\n}' },
      },
      // The new rule wins over the one that decided so far, and so it has to grant what that one did.
      {
        count: 1,
        place: { line: 1 },
        grant: { hcl: 'path "secret/data/app/db" {\n  capabilities = ["create", "read", "update"]\n}' },
      },
    ]);
  });

  test("of a list have the folder with its slash", async () => {
    const [group] = await groupsOf({ path: "secret/metadata/app", operation: "list", ...denied });
    expect(group?.grant).toMatchObject({
      hcl: 'path "secret/metadata/app/" {\n  capabilities = ["list"]\n}',
    });
  });

  test("of a path that needs sudo have it in the rule", async () => {
    const [group] = await groupsOf({ path: "sys/audit", ...denied });
    expect(group?.grant).toMatchObject({ hcl: 'path "sys/audit" {\n  capabilities = ["read", "sudo"]\n}' });
  });

  test("that a rule denies outright, or for their parameters, have no grant", async () => {
    const groups = await groupsOf(
      { path: "secret/data/closed/a", ...denied },
      { path: "secret/data/named", operation: "create", data: { data: 1 }, ...denied },
    );
    expect(groups.map(({ now, grant }) => [now, grant])).toEqual([
      ["denied", undefined],
      ["denied", undefined],
    ]);
  });

  test("of a declared principal and secret have the intent to grant, and whose secret it is", async () => {
    const secret = {
      mount: "secret/",
      path: "mail",
      title: "mail",
      system: "post",
      place: { file: "systems/post.ts", line: 7 },
    };
    const app = { ...source.principals[0], system: "shop" } as (typeof source.principals)[0];
    const declared = { ...source, secrets: [secret], principals: [app] };
    const { groups } = await deniedTraffic(declared, [
      logOf([
        { path: "secret/data/mail", ...denied },
        { path: "secret/metadata/", operation: "list", ...denied },
      ]),
    ]);
    expect(groups).toMatchObject([
      {
        grant: {
          kind: "intent",
          intent: "read",
          call: "grantRead",
          secret: "mail",
          place: { line: 7 },
          otherSystem: true,
        },
      },
      { grant: { kind: "intent", call: "grantList" } },
    ]);
  });

  test("that would be allowed by now are told so", async () => {
    expect(await groupsOf({ path: "secret/data/app/a", ...denied })).toMatchObject([{ now: "allowed" }]);
  });

  test("for other reasons than policies are left out, and those without a valid token counted apart", async () => {
    const found = await deniedTraffic(source, [
      logOf([
        { path: "secret/data/app/a", allowed: true, error: "1 error occurred:\n\t* invalid request\n\n" },
        { path: "secret/data/app/a", allowed: true, error: "1 error occurred:\n\t* permission denied\n\n" },
        { path: "secret/data/app/a", anonymous: true, allowed: false, error: "permission denied" },
      ]),
    ]);
    expect(found).toMatchObject({ groups: [], invalidTokens: 1, requests: 2 });
  });

  test("of ever new paths are grouped up to a bound, and counted beyond it", async () => {
    const many = Array.from({ length: 2_050 }, (_, index) => ({ path: `secret/data/p${index}`, ...denied }));
    const { groups, others } = await deniedTraffic(source, [logOf(many)]);
    expect([groups.length, others]).toEqual([2_000, 50]);
  });
});
