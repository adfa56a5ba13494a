import { type Capability, capabilityBit, isCapability } from "../capability";
import type { Literal } from "./ast";
import { type Attributes, textOf } from "./attributes";
import { distance, quote } from "./spelling";

/** What each word of the attribute `policy`, which came before capabilities, stands for (vault/policy.go). */
const LEGACY: ReadonlyMap<string, readonly Capability[]> = new Map([
  ["read", ["read", "list"]],
  ["write", ["create", "read", "update", "delete", "list"]],
  ["sudo", ["create", "read", "update", "delete", "list", "sudo"]],
]);

/**
 * The capabilities of a rule, by its list and by the old attribute. The engine stops at the first deny, so nothing behind it is
 * looked at.
 */
export function decodeCapabilities(
  block: Attributes,
  listed: readonly Literal[],
  legacy: string | undefined,
): Capability[] {
  const known = block.options.dialect?.capabilities;
  if (legacy === "deny") return ["deny"];
  if (legacy && !LEGACY.has(legacy)) {
    const fix = "Write capabilities = [ … ] instead of policy.";
    block.say("legacy-policy", "policy", `${quote(legacy)} is no legacy policy`, fix);
  }
  let bits = 0;
  const found: Capability[] = [];
  for (const literal of listed) {
    const word = textOf(literal);
    if (word === "deny") return ["deny"];
    if (!isCapability(word) || (known && !known.has(word))) {
      const reason = isCapability(word)
        ? `${block.options.dialect?.engine} has no capability ${quote(word)}`
        : `${quote(word)} is no capability`;
      block.findings.error("capability", literal.start, literal.end, reason, capabilityFix(word, known));
    } else if ((bits & capabilityBit(word)) === 0) {
      bits |= capabilityBit(word);
      found.push(word);
    }
  }
  for (const word of legacyCapabilities(legacy)) if (!found.includes(word)) found.push(word);
  return found;
}

/** What an old word grants; nothing for `deny`, and for what is none. */
export function legacyCapabilities(legacy: string | undefined): readonly Capability[] {
  return LEGACY.get(legacy ?? "") ?? [];
}

function capabilityFix(word: string, known: ReadonlySet<string> | undefined): string {
  const words = [
    ...(known ?? ["create", "read", "update", "patch", "delete", "list", "scan", "sudo", "deny"]),
  ];
  const trimmed = word.trim().toLowerCase();
  if (trimmed === "write") return 'Write "create", "update".';
  const near = words.find((name) => name === trimmed || distance(name, trimmed) <= 2);
  return near ? `Write "${near}".` : `Use ${words.join(", ")}.`;
}
