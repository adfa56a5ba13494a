/** What stands in a block. */
export type Body = Readonly<Record<string, unknown>>;

/** A block, or each of several: Terraform's JSON takes a list of objects wherever it takes an object of blocks. */
export function blocksOf(value: unknown): Body[] {
  const blocks = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return blocks.filter((block): block is Body => typeof block === "object" && block !== null);
}

/** Blocks with one label, `module "team"`, by it. */
export function byLabel(value: unknown): Map<string, Body[]> {
  const found = new Map<string, Body[]>();
  for (const block of blocksOf(value)) {
    for (const [label, bodies] of Object.entries(block)) {
      const all = [...(found.get(label) ?? []), ...blocksOf(bodies)];
      if (all.length > 0) found.set(label, all);
    }
  }
  return found;
}

/** Blocks with two labels, `resource "vault_policy" "app"`, by both. */
export function byLabels(value: unknown): Map<string, Map<string, Body[]>> {
  return new Map([...byLabel(value)].map(([label, blocks]) => [label, byLabel(blocks)]));
}
