import { PolicyDocument } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";
import { writtenPattern } from "../../../policies/semantics/rank";
import { MountMoves } from "../../../review/compare/mount-moves";
import type { RevisionMount } from "../../../review/model";

const kv = (path: string, identity?: string): RevisionMount => ({
  path,
  type: "kv",
  kvVersion: 2,
  ...(identity ? { identity } : {}),
});
const list = (...paths: string[]): AccessList =>
  AccessList.compile(
    [{ name: "p", document: new PolicyDocument(paths.map((path) => ({ path, capabilities: ["read"] }))) }],
    { engine: "openbao@2.7.2" },
  );

test("a mount with the same identity and another path has moved", () => {
  const moves = new MountMoves([kv("secret/", "a"), kv("other/")], [kv("vault/", "a"), kv("other/")]);
  expect(moves.earlierPath("vault/data/x")).toBe("secret/data/x");
  expect(moves.earlierPath("other/data/x")).toBe("other/data/x");
  expect(moves.earlierPath("sys/mounts")).toBe("sys/mounts");
  expect(moves.earlierPath("secret/data/x")).toBe("nowhere");
});

test("another mount at the old place is new, whatever was there before", () => {
  const moves = new MountMoves([kv("a/", "1"), kv("b/", "2")], [kv("b/", "1"), kv("a/", "2"), kv("c/", "3")]);
  expect(moves.earlierPath("a/data/x")).toBe("b/data/x");
  expect(moves.earlierPath("b/data/x")).toBe("a/data/x");
  const replaced = new MountMoves([kv("a/", "1")], [kv("b/", "1"), kv("a/", "9")]);
  expect(replaced.earlierPath("a/data/x")).toBeUndefined();
  const other: RevisionMount = { path: "a/", type: "kv", kvVersion: 1, identity: "9" };
  const asAnother = new MountMoves([kv("a/", "1")], [kv("b/", "1"), other]);
  expect(asAnother.moves.map(({ to }) => to.path)).toEqual(["b/"]);
  expect(asAnother.earlierPath("a/x")).toBeUndefined();
});

test("without identities, or with the same path, nothing moved", () => {
  expect(new MountMoves([kv("a/")], [kv("b/")]).moves).toEqual([]);
  expect(new MountMoves([kv("a/", "1")], [kv("a/", "1")]).comparedPatterns(list(), list())).toBeUndefined();
});

test("rules of the base are looked at under the new name, also those that only reach into the mount", () => {
  const moves = new MountMoves([kv("team/secret/", "1")], [kv("vault/", "1")]);
  const compared = moves.comparedPatterns(
    list("team/secret/data/x", "team/*", "+/secret/data/+", "te*", "team/other/x", "+/+/data/*"),
    list(),
  );
  const patterns = compared?.patterns.map(writtenPattern) ?? [];
  for (const under of ["vault/data/x", "vault/*", "vault/data/+", "vault/data/*"])
    expect(patterns).toContain(under);
  expect(patterns.filter((pattern) => pattern.startsWith("vault/")).toSorted()).toEqual([
    "vault/*",
    "vault/data/*",
    "vault/data/+",
    "vault/data/x",
  ]);
});

test("KV version 2 keeps what was at a path under data/, and its names under metadata/", () => {
  const other = (kvVersion: 1 | 2): RevisionMount => ({ path: "kv/", type: "kv", kvVersion });
  const up = new MountMoves([other(1)], [other(2)]);
  expect(up.earlierPath("kv/data/app/db")).toBe("kv/app/db");
  expect(up.earlierPath("kv/metadata/app/", true)).toBe("kv/app/");
  expect(up.earlierPath("kv/metadata/app/db")).toBeUndefined();
  expect(up.earlierPath("kv/data/app/", true)).toBeUndefined();
  const patterns =
    up.comparedPatterns(list("kv/app/*", "k*", "+/x"), list())?.patterns.map(writtenPattern) ?? [];
  for (const under of ["kv/data/app/*", "kv/metadata/app/*", "kv/data/*", "kv/metadata/*", "kv/data/x"])
    expect(patterns).toContain(under);
  const down = new MountMoves([other(2)], [other(1)]);
  expect(down.earlierPath("kv/app/db")).toBe("kv/data/app/db");
  expect(down.earlierPath("kv/app/", true)).toBe("kv/metadata/app/");
  const back = down.comparedPatterns(
    list("kv/data/app/*", "kv/da*", "kv/destroy/x", "kv/+/y", "kv/config"),
    list(),
  );
  const written =
    back?.patterns.map(writtenPattern).filter((pattern) => !/^kv\/(da|des|con|\+)/.test(pattern)) ?? [];
  expect(written.toSorted()).toEqual(["kv/*", "kv/app/*", "kv/y"]);
});
