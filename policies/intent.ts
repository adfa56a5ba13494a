import { fromBits, toBits } from "./capability";
import { type KvAccess, type KvIntent, kvAccessOf } from "./kv-intents";

/**
 * What a person means by a grant. Each expands to the least capabilities on API paths that serve it.
 *
 * | intent | lets its principal |
 * |---|---|
 * | `read` | read the current and older values |
 * | `list` | see the names in the folder of the secret |
 * | `write` | store a new version, whole or in part, without reading the old one |
 * | `rotate` | read the value and its versions, and store the next one |
 * | `delete` | soft-delete versions and bring them back |
 * | `administer` | read and change metadata, destroy versions, remove the secret; no values |
 */
export type Intent = "read" | "list" | "write" | "rotate" | "delete" | "administer";

/** How each intent reads in a sentence: "may … of secret/jwt". */
export const INTENT_WORDS: Readonly<Record<Intent, string>> = {
  read: "read values",
  list: "see names",
  write: "write values",
  rotate: "rotate values",
  delete: "soft-delete and undelete versions",
  administer: "administer metadata and destroy versions",
};

type Parts = Readonly<Record<Intent, readonly Exclude<KvIntent, "configure">[]>>;

/** What each intent is made of, in the finer terms of reviews. */
const INTENT_PARTS: Parts = {
  read: ["read-values"],
  list: ["see-names"],
  write: ["write", "patch"],
  rotate: ["read-values", "write", "patch", "read-metadata"],
  delete: ["soft-delete", "undelete"],
  administer: ["read-metadata", "administer-metadata", "delete-everything", "see-names", "destroy"],
};

/** KV version 1 has nothing to administer, and no delete that could be taken back. */
const KV1_PARTS: Parts = { ...INTENT_PARTS, delete: ["delete-everything"], administer: [] };

const KV2 = expanded(INTENT_PARTS, 2);
const KV1 = expanded(KV1_PARTS, 1);

/** @returns what the intent needs, or `undefined` where that version of the KV engine has no such thing */
export function accessOf(intent: Intent, kvVersion: 1 | 2): readonly KvAccess[] | undefined {
  const accesses = (kvVersion === 2 ? KV2 : KV1).get(intent);
  return accesses && accesses.length > 0 ? accesses : undefined;
}

function expanded(parts: Parts, kvVersion: 1 | 2): ReadonlyMap<Intent, readonly KvAccess[]> {
  const intents = Object.keys(parts) as Intent[];
  return new Map(
    intents.map((intent) => [intent, united(parts[intent].flatMap((part) => kvAccessOf(part, kvVersion)))]),
  );
}

/** One access for each place, with all that is needed there. */
function united(accesses: readonly KvAccess[]): KvAccess[] {
  const byPlace = new Map<string, KvAccess>();
  for (const access of accesses) {
    const place = `${access.area} ${access.at}`;
    const before = byPlace.get(place)?.capabilities ?? [];
    byPlace.set(place, { ...access, capabilities: fromBits(toBits([...before, ...access.capabilities])) });
  }
  return [...byPlace.values()];
}
