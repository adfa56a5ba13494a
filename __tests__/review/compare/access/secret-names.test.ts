import { patternFor } from "../../../../policies/semantics/rank";
import { SecretNames } from "../../../../review/compare/access/secret-names";
import type { NamedSecret } from "../../../../review/model";

const mounts = [
  { path: "secret/", type: "kv", kvVersion: 2 as const },
  { path: "old/", type: "kv", kvVersion: 1 as const },
];

const secret = (mount: string, path: string, title = path): NamedSecret => ({ mount, path, title });

const names = new SecretNames(
  [
    secret("secret/", "app/db"),
    secret("secret/", "project/+/+", "project/{project}/{name}"),
    secret("secret/", "project/odin/special"),
    secret("old/", "app/db"),
  ],
  mounts,
);

const at = (path: string, listing = false): string | undefined => names.at(path, listing)?.title;

test("finds a secret by each of its API paths", () => {
  for (const area of ["data", "metadata", "delete", "undelete", "destroy", "subkeys"])
    expect(at(`secret/${area}/app/db`)).toBe("secret/app/db");
  expect(at("old/app/db")).toBe("old/app/db");
});

test("finds nothing where there is none", () => {
  for (const path of [
    "secret/app/db",
    "secret/data/app",
    "secret/data/app/db/",
    "secret/config",
    "old/data/app/db",
    "sys/data/app/db",
  ])
    expect(at(path)).toBeUndefined();
});

test("a member of a family has the family's title, unless it has its own", () => {
  expect(at("secret/data/project/odin/db")).toBe("secret/project/{project}/{name}");
  expect(at("secret/data/project/odin/special")).toBe("secret/project/odin/special");
  expect(at("secret/data/project/odin")).toBeUndefined();
});

test("lists are about folders, everything else about secrets", () => {
  expect(at("secret/metadata/app/", true)).toBe("secret/app/");
  expect(at("secret/metadata/project/odin/", true)).toBe("secret/project/odin/");
  expect(at("secret/metadata/project/thor/", true)).toBe("secret/project/{project}/");
  expect(at("secret/metadata/app/")).toBeUndefined();
  expect(at("secret/metadata/app/db", true)).toBeUndefined();
  expect(at("old/app/", true)).toBe("old/app/");
});

test("near are those on which a rule can have a say", () => {
  const near = (path: string): string[] =>
    names
      .near([patternFor(path)])
      .map(({ text }) => text)
      .sort();
  expect(near("secret/data/app/*")).toEqual(["secret/data/app/db"]);
  expect(near("secret/data/project/thor/*")).toEqual(["secret/data/project/+/+"]);
  expect(near("old/app/db")).toEqual(["old/app/db"]);
  expect(near("other/*")).toEqual([]);
  expect(near("+/data/app/db")).toContain("secret/data/app/db");
});
