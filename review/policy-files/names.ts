import { basename } from "node:path";
import { shownPath } from "../../base/called-from";
import { policyName } from "../../policies/policy-name";

/** `policies/app.hcl` holds the policy `app`. The name `root` is the engine's own, so `root.hcl` keeps its ending. */
export function nameOf(file: string): string {
  const name = basename(file).replace(/(\.policy)?\.(hcl|json)$/i, "");
  return name === "" || policyName(name) === "root" ? basename(file) : name;
}

/**
 * A name for the policy of each file, different from every other: of files that are called alike (engines do not tell capitals
 * apart) the later ones have their paths.
 */
export function policyNames(files: readonly string[]): Map<string, string> {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const file of new Set(files)) {
    const path = shownPath(file);
    let name = nameOf(file);
    for (let copy = 1; taken.has(policyName(name)); copy++) name = copy === 1 ? path : `${path} (${copy})`;
    taken.add(policyName(name));
    names.set(file, name);
  }
  return names;
}
