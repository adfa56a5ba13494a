/** The token that somebody set for the engines' own command lines: BAO_TOKEN before VAULT_TOKEN, as `bao` takes them. */
export function givenToken(env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env.BAO_TOKEN || env.VAULT_TOKEN || undefined;
}
