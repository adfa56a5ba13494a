/** A policy's name as engines store it, so that two spellings are one policy (vault/policy_store.go, sanitizeName). */
export function policyName(name: string): string {
  return name.trim().toLowerCase();
}
