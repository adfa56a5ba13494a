import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Catalog, CatalogField, CatalogPrincipal } from "../../catalog/catalog";
import { environmentNamed } from "../../environments";
import { deploymentOf } from "../../stacks/deployment";
import { synthesize } from "../../stacks/synthesize";

/** What the real environment `dev` comes to: its catalog, and its policies as they are written to the server. */
export interface Dev {
  readonly catalog: Catalog;
  readonly policies: ReadonlyMap<string, string>;
}

export function synthesizeDev(): Dev {
  const folder = mkdtempSync(join(tmpdir(), "systems-"));
  try {
    const { catalog } = synthesize(deploymentOf(environmentNamed("dev"), {}), folder);
    const stack = JSON.parse(readFileSync(join(folder, "stacks", "dev-access", "cdk.tf.json"), "utf8"));
    const written = Object.values(stack.resource.vault_policy) as { name: string; policy: string }[];
    return { catalog, policies: new Map(written.map(({ name, policy }) => [name, policy])) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A system's tree as its document draws it: mount and path, and the keys in their order. */
export function treeOf({ catalog }: Dev, system: string): Record<string, string> {
  const secrets = catalog.secrets.map((each) => ({ ...each, at: each.path }));
  const families = catalog.families.map((each) => ({ ...each, at: each.template }));
  const own = [...secrets, ...families].filter((each) => each.system === system);
  return Object.fromEntries(own.map(({ mount, at, fields }) => [`${mount}/${at}`, keys(fields)]));
}

/** Keys, the optional ones with a question mark. */
function keys(fields: Readonly<Record<string, CatalogField>>): string {
  return Object.entries(fields)
    .map(([name, { optional }]) => (optional ? `${name}?` : name))
    .join(" ");
}

/** Environment variable to `path/field`, as the documents write it. */
export function variablesOf({ catalog }: Dev, system: string): Record<string, string> {
  const own = catalog.secrets.filter((each) => each.system === system);
  return Object.fromEntries(
    own.flatMap(({ path, env }) =>
      Object.entries(env ?? {}).map(([name, field]) => [name, `${path}/${field}`]),
    ),
  );
}

/** A system's principals: where each logs in, and the policies of its tokens. */
export function principalsOf({ catalog }: Dev, system: string): Record<string, readonly string[]> {
  const own = catalog.principals.filter((each) => each.system === system);
  return Object.fromEntries(own.map(({ api_path, policies }) => [api_path, policies]));
}

/** What a principal is granted: `intent mount/pattern`. */
export function grantsOf(
  { catalog }: Dev,
  name: string,
  kind: CatalogPrincipal["kind"] = "approle",
): string[] {
  return catalog.grants
    .filter((grant) => grant.principal === name && grant.principal_kind === kind)
    .map(({ intent, mount, pattern }) => `${intent} ${mount}/${pattern}`);
}
