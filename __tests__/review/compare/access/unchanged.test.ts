import { reviewRevisions } from "../../../../review/compare/review-revisions";
import { type RevisionSketch, revision } from "../../revision";

const mounts = [
  { path: "secret/", type: "kv", kvVersion: 2 as const },
  { path: "kv1/", type: "kv", kvVersion: 1 as const },
];

function told(before: string, after: string, more: RevisionSketch = {}): string[] {
  const side = (text: string) =>
    revision({ mounts, ...more, policies: { p: text || "# nothing" }, roles: { app: ["p"] } });
  return reviewRevisions(side(before), side(after))
    .findings.filter(({ access, severity }) => access && severity !== "note")
    .map(({ kind, sentence }) => `${kind}: ${sentence}`);
}

function rules(...given: readonly (readonly [path: string, ...capabilities: string[]])[]): string {
  return given
    .map(([path, ...words]) => `path "${path}" { capabilities = ${JSON.stringify(words)} }`)
    .join("\n");
}

test("what is denied, or was there before, is excepted", () => {
  expect(
    told(
      rules(["secret/data/b", "read"]),
      rules(["secret/data/*", "read"], ["secret/data/app/*", "deny"], ["secret/data/b", "read"]),
    ),
  ).toEqual([
    "gained: can now read values of everything under secret/ (unchanged: secret/app/ and secret/b)",
  ]);
});

test("what is inside of an exception and changed all the same is named", () => {
  expect(
    told("", rules(["secret/data/*", "read"], ["secret/data/app/*", "deny"], ["secret/data/app/x", "read"])),
  ).toEqual([
    "gained: can now read values of everything under secret/ (unchanged: secret/app/) and secret/app/x",
  ]);
});

test("what a tree has is not named a second time", () => {
  expect(told("", rules(["secret/data/*", "read"], ["secret/data/x", "read"]))).toEqual([
    "gained: can now read values of everything under secret/",
  ]);
  expect(told("", rules(["secret/metadata/*", "list"], ["secret/metadata/a/*", "list"]))).toEqual([
    "gained: can now see names under secret/",
  ]);
});

test("each region is told with what can be done in all of it", () => {
  expect(told("", rules(["secret/data/a", "create", "update"], ["secret/data/b", "create"]))).toEqual([
    "gained: can now write new versions of secret/a",
    "gained: can now write new versions of secret/b, where there is none yet",
  ]);
});

test("paths that need sudo are excepted without it", () => {
  expect(told("", rules(["sys/*", "read"]))).toEqual([
    "gained: can now use read on everything under sys/ (unchanged: what needs sudo)",
  ]);
  expect(told("", rules(["sys/*", "read", "sudo"]))).toEqual([
    "gained: can now use read on everything under sys/",
  ]);
});

test("a path that only looks like an area has values on KV version 1", () => {
  expect(told("", rules(["kv1/subkeys/a", "create"]))).toEqual([
    "gained: can now write new versions of kv1/subkeys/a, where there is none yet",
  ]);
});

test("other conditions in a part are told of that part", () => {
  const wrapped = 'path "secret/data/app/*" { capabilities = ["read"]\nmax_wrapping_ttl = "60s" }';
  expect(told("", `${rules(["secret/data/*", "read"])}\n${wrapped}`)).toEqual([
    "gained: can now read values of everything under secret/ (unchanged: secret/app/)",
    "gained: can now read values of everything under secret/app/ (wrapped for at most 60s)",
  ]);
});

test("names are those that are listed by themselves, whatever is denied of those with their metadata", () => {
  expect(
    told(
      "",
      rules(
        ["secret/+/+/b", "list"],
        ["secret/detailed-metadata/a/*", "deny"],
        ["secret/metadata/c/*", "deny"],
      ),
    ),
  ).toEqual(["gained: can now see names under secret/+/b"]);
});

test("names that are lost in one of OpenBao's areas and still shown by the other are excepted", () => {
  const all = rules(["secret/*", "list"]);
  const app = ["lost: can no longer see names under secret/ (unchanged: secret/app/)"];
  expect(told(all, rules(["secret/metadata/app/*", "list"]))).toEqual(app);
  expect(told(all, rules(["secret/detailed-metadata/app/*", "list"]))).toEqual(app);
  expect(told(all, rules(["secret/metadata/*", "list"]))).toEqual([
    "lost: can no longer see names under secret/ (unchanged: what metadata lists)",
  ]);
  const vault = { engine: "vault@1.21.1" };
  expect(told(all, rules(["secret/metadata/app/*", "list"]), vault)).toEqual(app);
  expect(told(all, rules(["secret/detailed-metadata/app/*", "list"]), vault)).toEqual([
    "lost: can no longer see names under secret/",
  ]);
});

test("names that OpenBao shows with their metadata are seen, and Vault has no such list", () => {
  const after = rules(["secret/+/+/b", "list"], ["secret/metadata/c/*", "deny"]);
  expect(told("", after)).toEqual(["gained: can now see names under secret/+/b"]);
  expect(told("", after, { engine: "vault@1.21.1" })).toEqual([
    "gained: can now see names under secret/+/b (unchanged: secret/c/)",
  ]);
});

test("a tree that can be listed but at its root, or there alone, is told so", () => {
  const tree = rules(["t/*", "list"]);
  const vault = { engine: "vault@1.21.1" };
  expect(told(rules(["*", "create"]), `${rules(["*", "create"])}\n${tree}`, vault)).toContain(
    "gained: can now use list on everything under t/ (unchanged: t/ itself)",
  );
  expect(told(`${tree}\n${rules(["*", "create"])}`, tree, vault)).toContain(
    "gained: can now use list on everything under t/ (unchanged: what is below it)",
  );
});

test("the folder of a mount is among what a rule on all of the mount lists", () => {
  expect(told(rules(["secret/*", "list"]), "")).toEqual(["lost: can no longer see names under secret/"]);
  expect(told(rules(["+", "list"]), "")).toContain("lost: can no longer see names under kv1/");
});
