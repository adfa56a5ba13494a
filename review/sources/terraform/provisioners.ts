/** How a doubt says it, after the resource's address. */
export const RUNS_COMMAND = "runs a command that may change anything on the server";

/**
 * Whether a resource's provisioners speak to a server, as far as their words tell: any on a resource of the provider, and elsewhere
 * those that name an engine's client, its address or its API. A state does not show them.
 */
export function runsCommand(type: string, provisioners: unknown): boolean {
  if (provisioners === undefined || provisioners === null) return false;
  const text = JSON.stringify(provisioners);
  return type.startsWith("vault_") || /(^|[\s"'/;&|(])(vault|bao) |(VAULT|BAO)_ADDR|\/v1\//.test(text);
}
