import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { reviewDrift } from "../../../../review/drift/review-drift";
import { revisionOfTerraform } from "../../../../review/sources/terraform/read-json";

type Resources = Readonly<Record<string, object>>;

const LOGINS = {
  vault_approle_auth_backend_role: {
    app: { role_name: "app" },
    other: { role_name: "app", backend: "logins" },
  },
  vault_generic_endpoint: { ana: { path: "auth/userpass/users/ana", data_json: '{"policies":"app"}' } },
};

const read = (more: Resources = {}) => {
  const { vault_generic_endpoint: endpoints, ...rest } = more;
  const resource = {
    ...LOGINS,
    ...rest,
    vault_generic_endpoint: { ...LOGINS.vault_generic_endpoint, ...endpoints },
  };
  return revisionOfTerraform({ resource }, "stack.tf.json", {});
};

const changes = (more: Resources) =>
  reviewRevisions(read(), read(more)).findings.map(
    ({ kind, titles, sentence }) => `${kind}: ${titles.join()} ${sentence}`,
  );

const write = (path: string, data: object) => ({ w: { path, data_json: JSON.stringify(data) } });

describe("a credential that a resource hands out", () => {
  test.each([
    [
      { vault_approle_auth_backend_role_secret_id: { w: { role_name: "app" } } },
      "AppRole app has other credentials: vault_approle_auth_backend_role_secret_id.w",
    ],
    [
      { vault_approle_auth_backend_role_secret_id: { w: { backend: "logins", role_name: "app" } } },
      "AppRole logins/app has other credentials: vault_approle_auth_backend_role_secret_id.w",
    ],
    [
      { vault_generic_endpoint: write("auth/approle/role/app/custom-secret-id", { secret_id: "canary" }) },
      "AppRole app has other credentials: vault_generic_endpoint.w",
    ],
    [
      { vault_generic_secret: write("auth/userpass/users/ana/password", { password: "canary" }) },
      "User ana has other credentials: vault_generic_secret.w",
    ],
  ])("is told of its login: %j", (more, told) => {
    expect(changes(more)).toEqual([`constraint-changed: ${told}, before nothing`]);
  });

  test("is told once, stays quiet then, and its value is nowhere", () => {
    const more = {
      vault_generic_endpoint: write("auth/userpass/users/ana/password", { password: "canary" }),
    };
    expect(reviewRevisions(read(more), read(more)).findings).toEqual([]);
    expect(JSON.stringify(reviewRevisions(read(), read(more)))).not.toContain("canary");
  });

  test("is none where only bounds are written: these are in doubt", () => {
    const ttl = {
      vault_generic_endpoint: write("auth/approle/role/app/secret-id-ttl", { secret_id_ttl: 60 }),
    };
    expect(changes(ttl)).toEqual([
      expect.stringMatching(/^unknown: .*secret-id-ttl, which is not known here/),
    ]);
  });

  test("that goes is narrower, and one that a source cannot tell is none", () => {
    const more = { vault_approle_auth_backend_role_secret_id: { w: { role_name: "app" } } };
    expect(reviewRevisions(read(more), read()).findings).toMatchObject([{ kind: "constraint-narrowed" }]);
    const { principals, ...rest } = read();
    const server = { ...rest, principals: principals.map(({ credentials: _, ...each }) => each) };
    expect(reviewRevisions(server, read(more)).findings).toEqual([]);
  });

  test("is no drift: a server does not tell who handed it out", () => {
    const more = { vault_approle_auth_backend_role_secret_id: { w: { role_name: "app" } } };
    const { principals, ...rest } = read();
    const server = { ...rest, principals: principals.map(({ credentials: _, ...each }) => each) };
    expect(reviewDrift(read(more), server).findings).toEqual([]);
  });
});
