import { serverFindings } from "../../../review/compare/server-findings";
import type { RevisionMount } from "../../../review/model";
import { revision } from "../revision";

const kv = (path: string, identity: string): RevisionMount => ({
  path,
  type: "kv",
  kvVersion: 2,
  identity,
});
const told = (base: readonly RevisionMount[], head: readonly RevisionMount[]): string[] =>
  serverFindings(revision({ mounts: base }), revision({ mounts: head })).map(
    ({ kind, sentence }) => `${kind}: ${sentence}`,
  );

test("a mount that gave way to one that moved is told to be gone", () => {
  expect(told([kv("a/", "1"), kv("b/", "2")], [kv("b/", "1")])).toEqual([
    "mount-changed: the mount a/ is now b/: its secrets move along",
    "mount-removed: the mount b/ (kv) is gone, with all that is in it",
  ]);
});

test("of two that changed places none is gone and none is new", () => {
  expect(told([kv("a/", "1"), kv("b/", "2")], [kv("b/", "1"), kv("a/", "2")])).toEqual([
    "mount-changed: the mount a/ is now b/: its secrets move along",
    "mount-changed: the mount b/ is now a/: its secrets move along",
  ]);
});
