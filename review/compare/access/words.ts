import { listed } from "../../../base/words";
import type { KvIntent } from "../../../policies/kv-intents";
import type { AccessKind } from "./access-atom";

/** Each intent on a region, to stand behind "can now" and "can no longer". */
const INTENTS: { readonly [intent in KvIntent]: (region: string) => string } = {
  "read-values": (region) => `read values of ${region}`,
  "see-names": (region) => `see names under ${region}`,
  "read-metadata": (region) => `read metadata of ${region}`,
  write: (region) => `write new versions of ${region}`,
  patch: (region) => `change single fields of ${region}`,
  "soft-delete": (region) => `soft-delete versions of ${region}`,
  undelete: (region) => `undelete versions of ${region}`,
  destroy: (region) => `destroy versions of ${region}`,
  "administer-metadata": (region) => `change metadata of ${region}`,
  "delete-everything": (region) => `delete all versions and metadata of ${region}`,
  configure: (region) => `configure the mount ${region}`,
};

/** What is done to a region; `fields` where only the names of fields are seen. */
export function doesTo(
  intent: KvIntent | undefined,
  capabilities: readonly string[],
  region: string,
  fields = false,
): string {
  if (fields) return `see the names of the fields of ${region}`;
  if (intent === "see-names" && capabilities.join() === "scan")
    return `see all names at once below ${region}`;
  if (intent === "configure" && capabilities.join() === "read")
    return `read the configuration of the mount ${region}`;
  return intent ? INTENTS[intent](region) : `use ${listed(capabilities)} on ${region}`;
}

/** The conditions on both sides, in words; empty where there are none. */
export interface ConditionWords {
  readonly before: string;
  readonly now: string;
}

const FRAMES: {
  readonly [kind in AccessKind]: (does: string, conditions: ConditionWords) => string;
} = {
  gained: (does, { now }) => `can now ${does}${now && ` (${now})`}`,
  lost: (does) => `can no longer ${does}`,
  widened: (does, { now, before }) =>
    `can now ${does} ${now ? `under wider conditions: ${now}` : "without conditions"}${before && `; before: ${before}`}`,
  narrowed: (does, { now, before }) =>
    `can ${does} only under ${before && "narrower "}conditions now${now && `: ${now}`}${before && `; before: ${before}`}`,
  changed: (does, { now }) => `can now ${does} under other conditions${now && `: ${now}`}`,
};

/** What happened, without its subject: `can now read values of secret/app/db (wrapped for at most 1m)`. */
export function happened(kind: AccessKind, does: string, conditions: ConditionWords): string {
  return FRAMES[kind](does, conditions);
}
