import { KV_INTENTS, type KvIntent, needsOf } from "../../../policies/kv-intents";
import { PatternTrie } from "../../../policies/semantics/pattern-trie";
import { type Pattern, patternFor } from "../../../policies/semantics/rank";
import type { NamedSecret, RevisionMount } from "../../model";

/** A secret, or the folder that holds secrets, as an API path of its mount. */
export interface NamedPath {
  readonly pattern: Pattern;
  /** What people call it: `secret/database/connection`, `secret/database/` for a folder. */
  readonly title: string;
  /** The secret; for a folder one of those in it. */
  readonly secret: NamedSecret;
  readonly folder: boolean;
}

/** Finds the secret behind an API path, and the API paths of secrets that a rule can have a say on. */
export class SecretNames {
  readonly #secrets = new Named();
  readonly #folders = new Named();
  readonly #sorted: readonly string[];

  /** @param mounts of which only those of KV have secrets */
  constructor(secrets: readonly NamedSecret[], mounts: readonly RevisionMount[]) {
    const versions = new Map(mounts.map((mount) => [mount.path, mount.kvVersion]));
    for (const secret of secrets)
      for (const named of pathsOf(secret, versions.get(secret.mount) ?? 2)) this.#add(named);
    this.#sorted = [...this.#secrets.exact.keys(), ...this.#folders.exact.keys()].sort();
  }

  /** The secret that an API path belongs to; the folder, for lists. */
  at(path: string, listing: boolean): NamedPath | undefined {
    return (listing ? this.#folders : this.#secrets).at(path);
  }

  /** Patterns of every named path on which one of these patterns could match; a few more do no harm. */
  near(patterns: readonly Pattern[]): Pattern[] {
    const found = new Map<string, Pattern>();
    const families = [...this.#secrets.families, ...this.#folders.families].map(({ pattern }) => pattern);
    for (const pattern of patterns) {
      const head = literalHead(pattern);
      for (let at = firstAtLeast(this.#sorted, head); at < this.#sorted.length; at++) {
        const path = this.#sorted[at] as string;
        if (!path.startsWith(head)) break;
        found.set(path, { kind: "exact", text: path });
      }
      for (const family of families) {
        const other = literalHead(family);
        if (other.startsWith(head) || head.startsWith(other)) found.set(family.text, family);
      }
    }
    return [...found.values()];
  }

  #add(named: NamedPath): void {
    (named.folder ? this.#folders : this.#secrets).add(named);
  }
}

/** Secrets, or folders. */
class Named {
  readonly exact = new Map<string, NamedPath>();
  /** The last declared first. */
  readonly families: NamedPath[] = [];
  #trie: PatternTrie | undefined;

  add(named: NamedPath): void {
    if (named.pattern.kind !== "exact") this.families.unshift(named);
    else if (!this.exact.has(named.pattern.text)) this.exact.set(named.pattern.text, named);
  }

  /** One of its own before a family, and the family that was declared first. */
  at(path: string): NamedPath | undefined {
    this.#trie ??= new PatternTrie(this.families.map(({ pattern }) => pattern));
    return this.exact.get(path) ?? this.families[this.#trie.best(path)];
  }
}

/** The API paths of a secret: below `data/`, `metadata/` and so on, and its folder for lists. */
function pathsOf(secret: NamedSecret, kvVersion: 1 | 2): NamedPath[] {
  const { mount, path } = secret;
  const shown = secret.title.startsWith(mount) ? secret.title : mount + secret.title;
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const shownFolder = shown.slice(0, shown.lastIndexOf("/") + 1);
  const named = (text: string, title: string, isFolder: boolean): NamedPath => ({
    pattern: patternFor(text),
    title,
    secret,
    folder: isFolder,
  });
  if (kvVersion === 1) return [named(mount + path, shown, false), named(mount + folder, shownFolder, true)];
  const intents = (Object.keys(KV_INTENTS) as KvIntent[]).filter(
    (intent) => intent !== "see-names" && intent !== "configure",
  );
  const paths = new Set(intents.flatMap((intent) => needsOf(intent, secret).map((need) => need.path)));
  paths.add(`${mount}subkeys/${path}`);
  return [
    ...[...paths].map((each) => named(each, shown, false)),
    named(`${mount}metadata/${folder}`, shownFolder, true),
    named(`${mount}detailed-metadata/${folder}`, shownFolder, true),
  ];
}

/** What every path that a pattern matches begins with. */
export function literalHead({ kind, text }: Pattern): string {
  if (kind !== "segment") return text;
  const open = text.endsWith("*") ? text.slice(0, -1) : text;
  const plus = /(^|\/)\+(\/|$)/.exec(open);
  return plus ? open.slice(0, plus.index + (plus[1] ?? "").length) : open;
}

/** Where in a sorted list the first text stands that is not before `text`. */
export function firstAtLeast(sorted: readonly string[], text: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
