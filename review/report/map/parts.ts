import { KV_INTENTS, type KvIntent, type Need, needsOf, type SecretPath } from "../../../policies/kv-intents";

/** What a cell tells of: an intent on a secret, or a capability on an API path. */
export interface Part {
  readonly id: string;
  /** To finish the sentence "may …". */
  readonly words: string;
}

/** One place in a cell, with its letter. It stands for several parts; the first is what people mean by it. */
export interface Slot {
  readonly letter: string;
  readonly words: string;
  readonly parts: readonly Part[];
}

function ofIntents(letter: string, words: string, ...intents: readonly KvIntent[]): Slot {
  return { letter, words, parts: intents.map((id) => ({ id, words: KV_INTENTS[id] })) };
}

/** A secret, from looking at it to losing it. */
export const SECRET_SLOTS: readonly Slot[] = [
  ofIntents("R", "read values", "read-values"),
  ofIntents("N", "see names", "see-names"),
  ofIntents("M", "read metadata", "read-metadata"),
  ofIntents("W", "write", "write", "patch"),
  ofIntents("D", "delete, and bring back", "soft-delete", "undelete"),
  ofIntents("X", "destroy for good", "destroy", "delete-everything"),
  ofIntents("A", "administer", "administer-metadata", "configure"),
];

function ofCapability(letter: string, id: string, words: string): Slot {
  return { letter, words, parts: [{ id, words }] };
}

/** An API path that is no secret. */
export const PATH_SLOTS: readonly Slot[] = [
  ofCapability("R", "read", "read"),
  ofCapability("L", "list", "list"),
  ofCapability("C", "create", "create"),
  ofCapability("U", "update", "update"),
  ofCapability("P", "patch", "patch"),
  ofCapability("D", "delete", "delete"),
  ofCapability("S", "sudo", "use sudo"),
];

/** What a part needs of one secret. A mount as a whole, whose path is empty, has its configuration, and only that. */
export function needsOnSecret(part: string, secret: SecretPath, kvVersion?: 1 | 2): readonly Need[] {
  const whole = secret.path === "";
  return (part === "configure") === whole ? needsOf(part as KvIntent, secret, kvVersion) : [];
}

/** Listing is asked with a slash behind, as the engine asks itself. */
export function needsOnPath(capability: string, path: string): readonly Need[] {
  const listed = capability === "list" && !path.endsWith("/");
  return [{ path: listed ? `${path}/` : path, capabilities: [capability as Need["capabilities"][number]] }];
}
