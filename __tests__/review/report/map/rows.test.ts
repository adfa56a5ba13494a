import { revision } from "../../revision";
import { lettersAt, matrixOf } from "./map";

const DB = { mount: "secret/", path: "app/db", title: "app/db", system: "shop", owner: "team-shop" };

test("declared secrets come first, then what only rules know, the mount as a whole and API paths", () => {
  const head = revision({
    policies: {
      app: `path "secret/data/app/db" { capabilities = ["read"] }
path "secret/data/other" { capabilities = ["read"] }
path "secret/metadata/" { capabilities = ["list"] }
path "sys/mounts" { capabilities = ["read"] }`,
    },
    roles: { app: ["app"] },
    secrets: [DB],
  });
  expect(matrixOf(undefined, head).rows.map(({ key, group }) => `${group} | ${key}`)).toEqual([
    "shop | secret/app/db",
    "secret/ · not declared | secret/other",
    "secret/ · as a whole | secret/*",
    "secret/ · as a whole | secret/",
    "API · sys/ | sys/mounts",
  ]);
});

test("a pattern that holds declared secrets shows in their rows, and has none of its own", () => {
  const head = revision({
    policies: { app: 'path "secret/data/app/*" { capabilities = ["read"] }' },
    roles: { app: ["app"] },
    secrets: [DB],
  });
  const matrix = matrixOf(undefined, head);
  expect(matrix.rows.map(({ key }) => key)).toEqual(["secret/app/db", "secret/*", "secret/"]);
  expect(lettersAt(matrix, "secret/app/db", "AppRole app")).toBe("R");
  expect(lettersAt(matrix, "secret/*", "AppRole app")).toBe("");
});

test("without names, every pattern is a row that stands for what nobody names", () => {
  const head = revision({
    policies: {
      app: `path "secret/data/team/+/db*" { capabilities = ["read"] }
path "secret/data/team/blue/db1" { capabilities = ["deny"] }`,
    },
    roles: { app: ["app"] },
  });
  const matrix = matrixOf(undefined, head);
  expect(lettersAt(matrix, "secret/team/+/db*", "AppRole app")).toBe("R");
  expect(lettersAt(matrix, "secret/team/blue/db1", "AppRole app")).toBe("");
});

test("members of a declared family that rules single out stand with it", () => {
  const head = revision({
    policies: {
      app: `path "secret/data/project/x/key" { capabilities = ["read"] }
path "secret/data/project/y/+" { capabilities = ["read"] }`,
    },
    roles: { app: ["app"] },
    secrets: [{ mount: "secret/", path: "project/+/+", title: "project/{project}/{name}", system: "shop" }],
  });
  const matrix = matrixOf(undefined, head);
  expect(matrix.rows.map(({ title, system }) => [title, system])).toEqual([
    ["project/x/key", "shop"],
    ["project/y/+", "shop"],
    ["project/{project}/{name}", "shop"],
    ["any other secret", undefined],
    ["configuration of the mount", undefined],
  ]);
  expect(lettersAt(matrix, "secret/project/x/key", "AppRole app")).toBe("R");
  expect(lettersAt(matrix, "secret/project/+/+", "AppRole app")).toBe("");
});

test("a template is a row, and so is what it becomes for those who are known", () => {
  const head = revision({
    policies: { people: 'path "secret/data/{{identity.entity.name}}" { capabilities = ["read"] }' },
    principals: [
      {
        name: "identity/entity/ada",
        kind: "entity",
        title: "Entity ada",
        holds: [{ policy: "people", by: "role" }],
        constraints: [],
        entity: { id: "1", name: "ada" },
      },
    ],
    roles: { app: ["people"] },
  });
  const matrix = matrixOf(undefined, head);
  expect(lettersAt(matrix, "secret/ada", "Entity ada")).toBe("R");
  expect(matrix.rows.map(({ key }) => key)).toContain("secret/{{identity.entity.name}}");
  // Of somebody who is not known it cannot be told whether the template becomes this.
  const unknown = matrix.cell(
    matrix.rows.findIndex(({ key }) => key === "secret/ada"),
    matrix.columns.findIndex(({ key }) => key === "auth/approle/role/app"),
  );
  expect(unknown.slots[0]?.after).toBe("unknown");
});

test("secrets that came and went are told as such", () => {
  const base = revision({ secrets: [DB] });
  const head = revision({ secrets: [{ ...DB, path: "app/new", title: "app/new" }] });
  expect(
    matrixOf(base, head)
      .rows.slice(0, 2)
      .map(({ title, state }) => [title, state]),
  ).toEqual([
    ["app/db", "removed"],
    ["app/new", "added"],
  ]);
});
