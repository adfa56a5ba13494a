import { type Diagnostic, TerraformError } from "./terraform-error";

/** A mount or a login method that stands on the server and not in the state. */
export interface Orphan {
  /** Terraform's address of the resource. */
  readonly address: string;
  /** What Terraform's import knows it by. */
  readonly path: string;
}

/**
 * What an apply found in its way and may adopt: a mount is made by one request, so one that was cut off, or whose answer was lost
 * and which the provider therefore sent twice, stands on the server as it was declared.
 * @returns nothing unless that is all that went wrong
 */
export function orphansIn(error: unknown): Orphan[] {
  if (!(error instanceof TerraformError)) return [];
  const orphans = error.diagnostics.map(orphanOf);
  return orphans.every((orphan) => orphan !== undefined) ? orphans : [];
}

function orphanOf({ address = "", summary, detail = "" }: Diagnostic): Orphan | undefined {
  const path = /path is already in use at (\S+?)\/(\s|$)/.exec(`${summary} ${detail}`)?.[1];
  const adoptable = /^vault_(mount|auth_backend)\./.test(address);
  return path !== undefined && adoptable ? { address, path } : undefined;
}
