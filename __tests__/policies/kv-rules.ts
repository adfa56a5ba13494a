import { fromBits, toBits } from "../../policies/capability";
import { type KvIntent, needsOf, type SecretPath } from "../../policies/kv-intents";
import type { PolicyRule } from "../../policies/rule";

/** The rules of a policy that grants these intents, and nothing else. */
export function rulesFor(intents: readonly KvIntent[], secret: SecretPath): PolicyRule[] {
  const byPath = new Map<string, number>();
  for (const intent of intents) {
    for (const need of needsOf(intent, secret)) {
      byPath.set(need.path, (byPath.get(need.path) ?? 0) | toBits(need.capabilities));
    }
  }
  return [...byPath].map(([path, bits]) => ({
    path,
    capabilities: fromBits(bits),
  }));
}
