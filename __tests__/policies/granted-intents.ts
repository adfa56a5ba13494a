import { decidingRules, grantOf } from "../../policies/compare/grant";
import { KV_INTENTS, type KvIntent, type Need, needsOf, type SecretPath } from "../../policies/kv-intents";
import type { AccessList } from "../../policies/semantics/access-list";

/** How far an intent is granted on one secret. `partial`: something that it needs is missing; `conditional`: conditions apply. */
export interface GrantedIntent {
  readonly intent: KvIntent;
  readonly level: "full" | "conditional" | "partial";
  /** What is missing, for `partial`. */
  readonly missing: readonly Need[];
}

/**
 * The intents that an access list grants on one secret (a concrete path, no wildcards): the way back from capabilities.
 * Intents of which nothing is granted are left out.
 */
export function intentsOn(list: AccessList, secret: SecretPath): GrantedIntent[] {
  const granted: GrantedIntent[] = [];
  for (const intent of Object.keys(KV_INTENTS) as KvIntent[]) {
    const found = grantedIntent(list, intent, secret);
    if (found) granted.push(found);
  }
  return granted;
}

function grantedIntent(list: AccessList, intent: KvIntent, secret: SecretPath): GrantedIntent | undefined {
  const missing: Need[] = [];
  let some = false;
  let conditional = false;
  for (const need of needsOf(intent, secret)) {
    const deciding = decidingRules(list, need.path);
    const lacking = need.capabilities.filter((capability) => {
      if (list.isRoot || capability === "deny") return false;
      const { level } = grantOf(deciding, capability);
      conditional ||= level === "conditional";
      return level === "none";
    });
    some ||= lacking.length < need.capabilities.length;
    if (lacking.length > 0) missing.push({ path: need.path, capabilities: lacking });
  }
  if (!some) return undefined;
  return { intent, level: missing.length > 0 ? "partial" : conditional ? "conditional" : "full", missing };
}
