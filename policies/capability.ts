/**
 * What a rule of a policy can grant. `deny` takes everything away; `subscribe` and `recover` are Vault's, `scan` is
 * OpenBao's (which engine knows which: dialect.ts).
 */
export type Capability =
  | "create"
  | "read"
  | "update"
  | "patch"
  | "delete"
  | "list"
  | "scan"
  | "sudo"
  | "deny"
  | "subscribe"
  | "recover";

/** Every capability, in the order in which policies are printed. */
export const CAPABILITIES: readonly Capability[] = [
  "create",
  "read",
  "update",
  "patch",
  "delete",
  "list",
  "scan",
  "sudo",
  "subscribe",
  "recover",
  "deny",
];

const BITS = new Map<string, number>(CAPABILITIES.map((capability, index) => [capability, 1 << index]));

/** The bit of one capability in a set; 0 for a word that is no capability. */
export function capabilityBit(word: string): number {
  return BITS.get(word) ?? 0;
}

/** The bit of `deny`, asked for in every decision. */
export const DENY = capabilityBit("deny");

/** Whether the word is a capability of any engine. Capabilities are lower-case words: `Read` is none. */
export function isCapability(word: string): word is Capability {
  return BITS.has(word);
}

/** Whether this capability, or an operation of that name, asks for names: LIST, and the SCAN of OpenBao. */
export function isListing(word: string): boolean {
  return word === "list" || word === "scan";
}

/** A set of capabilities as bits. */
export function toBits(capabilities: Iterable<Capability>): number {
  let bits = 0;
  for (const capability of capabilities) bits |= capabilityBit(capability);
  return bits;
}

/** The capabilities of a set, in printing order. */
export function fromBits(bits: number): Capability[] {
  return CAPABILITIES.filter((capability) => (bits & capabilityBit(capability)) !== 0);
}
