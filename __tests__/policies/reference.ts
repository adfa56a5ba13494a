import type { ListMode } from "../../policies/dialect";

/**
 * The engine's lookup, written down as plainly as the semantics are told: every pattern is tried on every path. It
 * shares no code with policies/, so that the two can be held against each other.
 */
export interface PlainRule {
  readonly path: string;
  readonly capabilities: readonly string[];
}

interface Entry {
  kind: "exact" | "prefix" | "segment";
  text: string;
  capabilities: Set<string>;
}

export class Reference {
  readonly #entries: Entry[] = [];

  constructor(rules: readonly PlainRule[]) {
    for (const rule of rules) this.#add(rule);
  }

  /** The capabilities of the rule that decides; `undefined` when none does. */
  lookup(rawPath: string, listing: ListMode | undefined): Set<string> | undefined {
    const path = rawPath.replace(/^\/+/, "");
    const exact = (text: string) =>
      this.#entries.find((entry) => entry.kind === "exact" && entry.text === text);
    let found = exact(path);
    if (found) return found.capabilities;
    if (listing) {
      const trimmed = path.endsWith("/") ? path.slice(0, -1) : path;
      found = exact(trimmed);
      if (found) return found.capabilities;
      if (path.endsWith("/")) {
        if (listing === "L1") return (this.#best(trimmed) ?? this.#best(path))?.capabilities;
        if (listing === "L3") return (this.#best(path) ?? this.#best(trimmed))?.capabilities;
        if (listing === "L2") {
          const pool = [...this.#pool(trimmed), ...this.#pool(path)];
          const preferred = pool.filter(
            (entry) => entry.capabilities.has("deny") || entry.capabilities.has("list"),
          );
          return strongest(preferred.length > 0 ? preferred : pool)?.capabilities;
        }
      }
    }
    return this.#best(path)?.capabilities;
  }

  #add(rule: PlainRule): void {
    const full = rule.path.startsWith("/") ? rule.path.slice(1) : rule.path;
    const segments = full === "+" || full.includes("/+") || full.startsWith("+/");
    const kind = segments ? "segment" : full.endsWith("*") ? "prefix" : "exact";
    const text = kind === "prefix" ? full.slice(0, -1) : full;
    const capabilities = new Set(rule.capabilities.includes("deny") ? ["deny"] : rule.capabilities);
    const same = this.#entries.find((entry) => entry.kind === kind && entry.text === text);
    if (!same) this.#entries.push({ kind, text, capabilities });
    else if (same.capabilities.has("deny") || capabilities.has("deny")) same.capabilities = new Set(["deny"]);
    else for (const capability of capabilities) same.capabilities.add(capability);
  }

  #pool(path: string): Entry[] {
    const prefixes = this.#entries.filter((entry) => entry.kind === "prefix" && path.startsWith(entry.text));
    const longest = strongest(prefixes);
    const segments = this.#entries.filter(
      (entry) => entry.kind === "segment" && segmentMatches(entry.text, path),
    );
    return longest ? [...segments, longest] : segments;
  }

  #best(path: string): Entry | undefined {
    return strongest(this.#pool(path));
  }
}

export function segmentMatches(pattern: string, path: string): boolean {
  const prefix = pattern.endsWith("*");
  const wanted = (prefix ? pattern.slice(0, -1) : pattern).split("/");
  const given = path.split("/");
  if (given.length < wanted.length || (!prefix && given.length !== wanted.length)) return false;
  return wanted.every((segment, index) => {
    const part = given[index] as string;
    if (segment === "+" || segment === part) return true;
    return prefix && index === wanted.length - 1 && part.startsWith(segment);
  });
}

function strongest(entries: readonly Entry[]): Entry | undefined {
  let best: Entry | undefined;
  for (const entry of entries) if (!best || compare(entry, best) > 0) best = entry;
  return best;
}

function compare(a: Entry, b: Entry): number {
  const [x, y] = [key(a), key(b)];
  for (let index = 0; index < 4; index++) {
    const difference = (x.numbers[index] as number) - (y.numbers[index] as number);
    if (difference !== 0) return difference;
  }
  return Buffer.compare(x.bytes, y.bytes);
}

function key(entry: Entry): { numbers: number[]; bytes: Buffer } {
  const prefix = entry.kind === "prefix" || entry.text.endsWith("*");
  const body = Buffer.from(entry.kind === "segment" && prefix ? entry.text.slice(0, -1) : entry.text);
  const first = entry.kind === "prefix" ? body.length : Buffer.from(entry.text).indexOf("+");
  const plus =
    entry.kind === "prefix"
      ? 0
      : body
          .toString()
          .split("/")
          .filter((segment) => segment === "+").length;
  return { numbers: [first, prefix ? 0 : 1, -plus, body.length], bytes: body };
}
