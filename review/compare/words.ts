import type { KvIntent } from "../../policies/intents";
import type { Conditions } from "../../policies/semantics/merged-rule";
import type { AccessKind } from "./access-atoms";

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

export function doesTo(
  intent: KvIntent | undefined,
  capabilities: readonly string[],
  region: string,
): string {
  return intent ? INTENTS[intent](region) : `use ${listed(capabilities)} on ${region}`;
}

const FRAMES: { readonly [kind in AccessKind]: (does: string, conditions: string) => string } = {
  gained: (does, conditions) => `can now ${does}${conditions && ` ${conditions}`}`,
  lost: (does) => `can no longer ${does}`,
  widened: (does, conditions) =>
    `can now ${does} without conditions${conditions && `; before only ${conditions}`}`,
  narrowed: (does, conditions) => `can now ${does} under conditions alone${conditions && `: ${conditions}`}`,
  changed: (does, conditions) => `can now ${does} under other conditions${conditions && `: ${conditions}`}`,
};

/** What happened, without its subject: `can now read values of secret/app/db, when wrapped for at most 60 s`. */
export function happened(kind: AccessKind, does: string, conditions: string): string {
  return FRAMES[kind](does, conditions);
}

/** The conditions of a rule as one reads them: `when wrapped for at most 60 s, with parameter ttl`. */
export function conditionsInWords(conditions: Conditions | undefined): string {
  if (!conditions) return "";
  const { minWrappingTtl, maxWrappingTtl, allowed, denied, required, mfaMethods } = conditions;
  const words: string[] = [];
  if (maxWrappingTtl > 0) words.push(`when wrapped for at most ${maxWrappingTtl} s`);
  if (minWrappingTtl > 0) words.push(`when wrapped for at least ${minWrappingTtl} s`);
  if (required.length > 0) words.push(`with the parameter ${listed(required)}`);
  if (allowed) words.push(`with no other parameters than ${listed([...allowed.keys()])}`);
  if (denied) words.push(`without the parameter ${listed([...denied.keys()])}`);
  if (mfaMethods.length > 0) words.push(`with a second factor (${listed(mfaMethods)})`);
  if (conditions.controlGroup) words.push("once a control group agrees");
  if (conditions.paginationLimit > 0) words.push(`in pages of at most ${conditions.paginationLimit}`);
  if (conditions.filterPath) words.push(`for keys that ${conditions.filterPath} shows`);
  if (conditions.eventTypes.length > 0) words.push(`for the events ${listed(conditions.eventTypes)}`);
  return words.join(", ");
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
