import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRevision } from "../../../review/sources/read-revision";

const STACK = {
  resource: {
    vault_policy: { app: { name: "app", policy: 'path "secret/data/app" { capabilities = ["read"] }' } },
    vault_approle_auth_backend_role: { app: { role_name: "app", token_policies: ["app"] } },
  },
};

const CATALOG = {
  schema_version: 1,
  environment: "dev",
  engine: "vault@1.21.1",
  mounts: [{ path: "secret", kv_version: 2 }],
  systems: [{ name: "shop", owner: "team-shop", mount: "secret" }],
  secrets: [
    { path: "app", system: "shop", mount: "secret", owner: "team-shop", description: "", fields: {} },
  ],
  families: [
    {
      template: "project/{name}",
      system: "shop",
      mount: "secret",
      owner: "team-shop",
      description: "",
      fields: {},
    },
  ],
  principals: [
    {
      kind: "approle",
      name: "app",
      system: "shop",
      api_path: "auth/approle/role/app",
      policies: ["app"],
      derived_policy: "app",
      imported_policies: [],
      place: { file: "systems/shop.ts", line: 7 },
    },
  ],
  grants: [
    {
      principal: "app",
      principal_kind: "approle",
      intent: "read",
      mount: "secret",
      pattern: "app",
      folders: [""],
      place: { file: "systems/shop.ts", line: 9 },
    },
  ],
  imported_policies: [],
  guardrails: [],
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-source-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));

describe("a folder as cdktf leaves it", () => {
  beforeEach(() => {
    mkdirSync(join(folder, "stacks", "dev-access"), { recursive: true });
    write("stacks/dev-access/cdk.tf.json", STACK);
  });

  test("has the names, owners and lines of the catalog beside it", async () => {
    write("catalog.json", CATALOG);
    const revision = await readRevision(folder);
    expect(revision).toMatchObject({
      label: folder,
      engine: "vault@1.21.1",
      secrets: [
        { mount: "secret/", path: "app", title: "app", system: "shop", owner: "team-shop" },
        { mount: "secret/", path: "project/+", title: "project/{name}" },
      ],
      principals: [{ system: "shop", owner: "team-shop", place: { file: "systems/shop.ts", line: 7 } }],
      policies: [{ place: { line: 7 }, rulePlaces: [{ file: "systems/shop.ts", line: 9 }], verbatim: false }],
    });
  });

  test("is read without one as well, for the engine that is asked for", async () => {
    const revision = await readRevision(folder, { engine: "openbao@2.5.0", defaultEngine: "vault@1.21.1" });
    expect(revision).toMatchObject({
      engine: "openbao@2.5.0",
      secrets: [],
      principals: [{ title: "AppRole app" }],
    });
  });

  test("names a policy by the file that it was imported from, whose text it is", async () => {
    const [principal] = CATALOG.principals;
    write("catalog.json", {
      ...CATALOG,
      principals: [{ ...principal, derived_policy: "other", imported_policies: ["app"] }],
      imported_policies: [{ name: "app", file: "policies-by-hand/app.hcl" }],
    });
    const { policies } = await readRevision(folder);
    expect(policies).toMatchObject([{ place: { file: "policies-by-hand/app.hcl" }, verbatim: true }]);
  });

  test("with a catalog of another version is refused", async () => {
    write("catalog.json", { ...CATALOG, schema_version: 2 });
    await expect(readRevision(folder)).rejects.toThrow(/catalog\.json is no catalog of version 1/);
  });
});

test("the folder of one stack, and its file, are sources as well", async () => {
  write("cdk.tf.json", STACK);
  for (const spec of [folder, join(folder, "cdk.tf.json")]) {
    expect((await readRevision(spec)).principals).toHaveLength(1);
  }
});

test("the working tree is what synthesis is lent; outside of git it has no other name", async () => {
  const synthesize = async () => ({ stacks: [{ id: "x", json: STACK }] });
  for (const spec of [undefined, "."]) {
    const { label, principals } = await readRevision(spec, { synthesize, project: folder });
    expect([label, principals.length]).toEqual(["working tree", 1]);
  }
  await expect(readRevision(".")).rejects.toThrow(/working tree cannot be read here/);
});

test.each(["", " "])(
  "a source named by %j is refused: it would be the working tree against itself",
  async (spec) => {
    const synthesize = async () => ({ stacks: [] });
    await expect(readRevision(spec, { project: folder, synthesize })).rejects.toMatchObject({ exitCode: 2 });
  },
);

test("none is nothing at all", async () => {
  expect(await readRevision("none")).toMatchObject({ policies: [], principals: [], doubts: [] });
});

describe("what is no source is refused with the next step", () => {
  test.each([
    ["plan", "PK\u0003\u0004", /is a plan in Terraform's own form.*\n.*terraform show -json/],
    ["main.tf", 'resource "x" "y" {}', /is written in HCL.*\n.*terraform show -json/],
    ["app.hcl", "", /is written in HCL.*\n.*roles\.yaml/],
    ["notes.json", "hello", /is no JSON/],
  ])("%s", async (name, text, message) => {
    write(name, text);
    await expect(readRevision(join(folder, name))).rejects.toThrow(message);
  });

  test("a file with a key that is there twice: Terraform counts both, and JSON readers the last", async () => {
    const text = '{"resource":{"vault_policy":{}},\n"resource":{}}';
    const message = /has the key "resource" twice, in line 2.*\n.*terraform show -json/;
    write("twice.json", text);
    await expect(readRevision(join(folder, "twice.json"))).rejects.toThrow(message);
    write("cdk.tf.json", text);
    await expect(readRevision(folder)).rejects.toThrow(message);
  });

  test("an empty folder", async () => {
    await expect(readRevision(folder)).rejects.toThrow(/holds nothing that says who may do what/);
  });

  test("a folder of Terraform's own language", async () => {
    write("main.tf", "");
    await expect(readRevision(folder)).rejects.toThrow(/holds Terraform's own language/);
  });
});
