/** The fixed workload of the policies room's figures, the same in every run. */

/** Numbers in [0, 1) that are the same in every run. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** 60% exact, 30% prefix, 10% with a plus; distinct; `kv/{data,metadata}/teamT/appA/env/cfgK`. */
export function rulePaths(count: number, random: () => number): string[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const paths = new Set<string>();
  while (paths.size < count) {
    const area = random() < 0.5 ? "data" : "metadata";
    const parts = [
      "kv",
      area,
      `team${below(3 + count / 20)}`,
      `app${below(10)}`,
      `env${below(4)}`,
      `cfg${below(40)}`,
    ];
    const kind = random();
    if (kind < 0.6) paths.add(parts.join("/"));
    else if (kind < 0.9)
      paths.add(`${parts.slice(0, 3 + below(3)).join("/")}/${kind < 0.75 ? "" : `c${below(40)}`}*`);
    else {
      parts[3 + below(2)] = "+";
      paths.add(parts.join("/") + (random() < 0.5 ? "" : "*"));
    }
  }
  return [...paths];
}

/** Policies of ten rules each, as HCL. */
export function policyTexts(paths: readonly string[], random: () => number): string[] {
  const words = ['"read"', '"list"', '"read", "list"', '"create", "update"'];
  const texts: string[] = [];
  for (let at = 0; at < paths.length; at += 10) {
    const rules = paths
      .slice(at, at + 10)
      .map((path) => `path "${path}" {\n  capabilities = [${words[Math.floor(random() * 4)]}]\n}\n`);
    texts.push(rules.join("\n"));
  }
  return texts;
}

/** Half of the requests match, the others miss by one segment. */
export function queries(paths: readonly string[], random: () => number): string[] {
  return Array.from({ length: 4096 }, (_, index) => {
    const path = paths[Math.floor(random() * paths.length)] ?? "";
    const parts = path.split("/").map((part) => (part === "+" ? "any" : part.replace("*", "tail")));
    if (index % 2 === 1) parts[Math.floor(random() * parts.length)] = "missing";
    return parts.join("/");
  });
}

/** What bench/engine and bench/policies.ts both work on. */
export interface Workload {
  readonly rules: number;
  readonly texts: readonly string[];
  readonly reads: readonly string[];
  readonly lists: readonly string[];
}

export function workload(rules: number): Workload {
  const random = numbers(7);
  const paths = rulePaths(rules, random);
  const texts = policyTexts(paths, random);
  const reads = queries(paths, random);
  return { rules, texts, reads, lists: reads.map((path) => `${path}/`) };
}

export const SIZES = [10, 100, 1000, 10_000];
