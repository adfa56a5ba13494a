import { accessOf, INTENT_WORDS, type Intent } from "../../policies/intent";
import type { KvAccess } from "../../policies/kv-intents";

const INTENTS = Object.keys(INTENT_WORDS) as Intent[];

/** Operations of the KV v2 API and the one capability each needs (reference: the engines' HTTP API, "KV secrets engine"). */
const OPERATIONS: Readonly<Record<string, readonly [area: string, at: string, capability: string]>> = {
  "read a value": ["data", "secret", "read"],
  "store the first version": ["data", "secret", "create"],
  "store a later version": ["data", "secret", "update"],
  "change one field": ["data", "secret", "patch"],
  "soft-delete the latest version": ["data", "secret", "delete"],
  "soft-delete older versions": ["delete", "secret", "update"],
  "bring versions back": ["undelete", "secret", "update"],
  "destroy versions": ["destroy", "secret", "update"],
  "see versions": ["metadata", "secret", "read"],
  "change metadata": ["metadata", "secret", "update"],
  "remove the secret": ["metadata", "secret", "delete"],
  "see names": ["metadata", "folder", "list"],
};

const allows = (accesses: readonly KvAccess[], operation: string) => {
  const [area, at, capability] = OPERATIONS[operation] ?? [];
  return accesses.some(
    (each) =>
      each.area === area && each.at === at && (each.capabilities as readonly unknown[]).includes(capability),
  );
};

test.each<[Intent, string[]]>([
  ["read", ["read a value"]],
  ["list", ["see names"]],
  ["write", ["store the first version", "store a later version", "change one field"]],
  [
    "rotate",
    ["read a value", "store the first version", "store a later version", "change one field", "see versions"],
  ],
  ["delete", ["soft-delete the latest version", "soft-delete older versions", "bring versions back"]],
  ["administer", ["destroy versions", "see versions", "change metadata", "remove the secret", "see names"]],
])("%s allows just what it says on KV v2", (intent, operations) => {
  const accesses = accessOf(intent, 2) ?? [];
  expect(
    Object.keys(OPERATIONS)
      .filter((operation) => allows(accesses, operation))
      .sort(),
  ).toEqual(operations.sort());
});

test.each(INTENTS)("%s never needs more than the API paths of a secret and its folder", (intent) => {
  for (const version of [1, 2] as const) {
    for (const { area, at, capabilities } of accessOf(intent, version) ?? []) {
      expect(area === "").toBe(version === 1);
      expect(capabilities).not.toContain("sudo");
      expect(at === "folder").toBe(capabilities.includes("list"));
    }
  }
});

test("only read and rotate show values", () => {
  const showing = INTENTS.filter((intent) => allows(accessOf(intent, 2) ?? [], "read a value"));
  expect(showing).toEqual(["read", "rotate"]);
});

test("KV v1 has nothing to administer", () => {
  expect(accessOf("administer", 1)).toBeUndefined();
  expect(INTENTS.filter((intent) => !accessOf(intent, 1))).toEqual(["administer"]);
});
