import { compileRevision } from "../../../../review/compiled-revision";
import { intentsOn } from "../../../policies/granted-intents";
import { revision } from "../../revision";
import { sampleBase, sampleHead } from "../sample";
import { lettersAt, matrixOf } from "./map";

const SECRET = [{ mount: "secret/", path: "app/db", title: "app/db" }];

function change(before: string, after: string): string {
  const side = (text: string) =>
    revision({ policies: { app: text }, roles: { app: ["app"] }, secrets: SECRET });
  return lettersAt(matrixOf(side(before), side(after)), "secret/app/db", "AppRole app");
}

const READ = 'path "secret/data/app/db" { capabilities = ["read"] }';

test("a cell says what is granted", () => {
  expect(change(READ, READ)).toBe("R");
});

test("a cell says what was gained, and in small where a part of it is missing", () => {
  expect(change(READ, 'path "secret/data/app/db" { capabilities = ["read", "create"] }')).toBe("R +w");
});

test("a cell says what was lost, though a policy was only made longer", () => {
  expect(
    change(
      'path "secret/data/*" { capabilities = ["read"] }',
      `path "secret/data/*" { capabilities = ["read"] }
    path "secret/data/app/*" { capabilities = ["list"] }`,
    ),
  ).toBe("−R");
});

test("a condition that appears alters what is granted", () => {
  const held = 'path "secret/data/app/db" { capabilities = ["read"]\n required_parameters = ["version"] }';
  expect(change(READ, held)).toBe("±R°");
});

test("a condition that becomes another alters it too, though it looks the same", () => {
  const held = (name: string) =>
    `path "secret/data/app/db" { capabilities = ["read"]\n required_parameters = ["${name}"] }`;
  expect(change(held("version"), held("other"))).toBe("±R°");
  expect(change(held("version"), held("version"))).toBe("R°");
});

test("root may do everything, and having everything by rules is no change from it", () => {
  const all = 'path "secret/*" { capabilities = ["create", "read", "update", "patch", "delete", "list"] }';
  const side = (held: string) => revision({ policies: { all }, roles: { app: [held] }, secrets: SECRET });
  expect(lettersAt(matrixOf(side("root"), side("all")), "secret/app/db", "AppRole app")).toBe(
    "R N M W D X A",
  );
});

test("a template that nobody can fill makes uncertain what it could grant", () => {
  const base = revision({ policies: { app: READ }, roles: { app: ["app"] }, secrets: SECRET });
  const head = revision({
    policies: { app: 'path "secret/data/{{identity.entity.name}}/db" { capabilities = ["read"] }' },
    roles: { app: ["app"] },
    secrets: SECRET,
  });
  expect(lettersAt(matrixOf(base, head), "secret/app/db", "AppRole app")).toContain("?R");
});

test("an engine that nobody knows leaves everything uncertain", () => {
  const side = (engine: string) =>
    revision({ engine, policies: { app: READ }, roles: { app: ["app"] }, secrets: SECRET });
  expect(
    lettersAt(matrixOf(side("openbao@2.7.2"), side("stronghold@1.0.0")), "secret/app/db", "AppRole app"),
  ).toBe("?R ?N ?M ?W ?D ?X ?A");
});

test("KV version 1 has no data/ and nothing to bring back", () => {
  const side = (capabilities: string) =>
    revision({
      mounts: [{ path: "secret/", type: "kv", kvVersion: 1 }],
      policies: { app: `path "secret/app/*" { capabilities = [${capabilities}] }` },
      roles: { app: ["app"] },
      secrets: SECRET,
    });
  expect(lettersAt(matrixOf(side('"read"'), side('"read", "delete"')), "secret/app/db", "AppRole app")).toBe(
    "R +X",
  );
});

test("a secret whose mount moved is asked for where it was, and where it is", () => {
  const side = (path: string) =>
    revision({
      mounts: [{ path, type: "kv", kvVersion: 2, identity: "vault_mount.kv" }],
      policies: { app: READ },
      roles: { app: ["app"] },
      secrets: [{ mount: path, path: "app/db", title: "app/db" }],
    });
  const matrix = matrixOf(side("secret/"), side("kv/"));
  expect(lettersAt(matrix, "kv/app/db", "AppRole app")).toBe("−R");
  expect(matrix.rows.find(({ key }) => key === "kv/app/db")).toMatchObject({
    movedFrom: "secret/",
    state: "kept",
  });
});

describe("levels are those of policies/kv-intents", () => {
  test.each([
    ["base", sampleBase()],
    ["head", sampleHead()],
  ])("on the sample's %s", (_, side) => {
    const matrix = matrixOf(undefined, side);
    const compiled = compileRevision(side);
    let asked = 0;
    for (const [column, { key }] of matrix.columns.entries()) {
      const principal = compiled.model.principals.find(({ name }) => name === key);
      for (const [row, { kind, key: address }] of matrix.rows.entries()) {
        if (kind !== "secret" || /[+{*]/.test(address) || !principal) continue;
        const path = address.slice("secret/".length);
        const expected = intentsOn(compiled.accessOf(principal), { mount: "secret/", path })
          .filter(({ intent }) => intent !== "configure")
          .map(({ intent, level }) => `${intent} ${level}`);
        const parts = matrix.cell(row, column).slots.flatMap((slot) => slot.parts);
        const found = parts
          .filter(({ after }) => after !== "none")
          .map(({ part, after }) => `${part.id} ${after}`);
        expect(found.sort()).toEqual(expected.sort());
        asked++;
      }
    }
    expect(asked).toBeGreaterThan(70);
  });
});
