import { questionOf } from "../../../review/ask/question";
import { missingArea } from "../../../review/ask/secret-named";
import { revision } from "../revision";

const known = revision({
  mounts: [
    { path: "secret/", type: "kv", kvVersion: 2 },
    { path: "secret/team/", type: "kv", kvVersion: 2 },
    { path: "old/", type: "kv", kvVersion: 1 },
    { path: "ca/", type: "pki" },
  ],
  secrets: [
    { mount: "secret/", path: "dotmac/db", title: "dotmac/db" },
    { mount: "secret/", path: "ai/providers/+", title: "ai/providers/{provider}" },
  ],
});
const asked = (word: string, target: string) => questionOf(known, word, target);

test.each([
  ["read", "dotmac/db", "read values of secret/dotmac/db"],
  ["GET", "dotmac/db", "read values of secret/dotmac/db"],
  ["read", "secret/dotmac/db", "read values of secret/dotmac/db"],
  ["read-values", "/v1/secret/data/dotmac/db", "read values of secret/dotmac/db"],
  ["list", "secret/team/x", "see names of secret/team/x"],
  ["write", "ai/providers/{provider}", "write new versions of secret/ai/providers/+"],
  ["delete", "secret/*", "delete versions that can be brought back of secret/*"],
  ["configure", "secret/", "configure the mount of secret/*"],
  ["read", "secret/data/dotmac/db", "read secret/data/dotmac/db"],
  ["LIST", "secret/metadata/dotmac", "list secret/metadata/dotmac/"],
  ["patch", "sys/mounts", "patch sys/mounts"],
  ["read", "old/x", "read old/x"],
])("%s %s asks who can %s", (word, target, words) => {
  expect(asked(word, target).words).toBe(words);
});

test("what an intent needs is asked capability by capability", () => {
  expect(asked("write", "dotmac/db")).toMatchObject({
    intent: "write",
    parts: [
      { path: "secret/data/dotmac/db", capabilities: ["create"] },
      { path: "secret/data/dotmac/db", capabilities: ["update"] },
    ],
  });
});

test("where the engine asks for sudo it is needed together with the capability", () => {
  expect(asked("read", "sys/audit").parts).toEqual([{ path: "sys/audit", capabilities: ["read", "sudo"] }]);
  expect(asked("update", "ca/root").parts).toEqual([{ path: "ca/root", capabilities: ["update", "sudo"] }]);
});

test.each([
  ["destroy", "old/x", '"old/x" is no secret of sketch, and destroy is asked of secrets.'],
  ["raed", "dotmac/db", '"raed" is nothing that can be done to a secret.\n  Did you mean "read"?'],
  ["raed", "sys/mounts", '"raed" is no operation.\n  Did you mean "read"?'],
  ["read", "", "The path is empty."],
])("%s %s is refused", (word, target, message) => {
  expect(() => asked(word, target)).toThrow(message);
});

test("a path that misses data/ is seen below KV v2 alone", () => {
  expect(missingArea(known, "secret/dotmac/db")).toBe("secret/");
  expect(missingArea(known, "secret/data/dotmac/db")).toBeUndefined();
  expect(missingArea(known, "secret/detailed-metadata/dotmac")).toBeUndefined();
  expect(missingArea(known, "old/dotmac/db")).toBeUndefined();
});
