import { type Capability, capabilityBit, DENY, fromBits } from "../capability";
import { type Dialect, dialectOf, type ListMode } from "../dialect";
import type { PolicyDocument } from "../document";
import { RootNotAlone } from "../errors";
import { parseTime } from "../language/duration";
import { policyName } from "../policy-name";
import { addSource, type MergedRule, type RuleSource, startRule } from "./merged-rule";
import { pathFor } from "./path-for";
import { PatternTrie } from "./pattern-trie";
import { byStrength, type Pattern, patternFor } from "./rank";
import type { Entity } from "./templates";
import { type UncertainRule, uncertainRule } from "./uncertain-rule";

/** A policy under its name. Names are compared in lower case and trimmed. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
  /** The namespace that the policy lives in, `team/`. @default the root namespace */
  readonly namespace?: string;
  /** OpenBao >= 2.6.1: characters that this policy lets into its templates (`allow_slashes_…`, `allow_wildcards_…`). */
  readonly allowedInTemplates?: readonly ("/" | "*" | "+")[];
  /** OpenBao >= 2.3: when the whole policy ends; RFC 3339, or seconds since 1970. */
  readonly expiration?: string;
}

export interface CompileOptions {
  /** `openbao@2.7.2`, `vault@1.21.1`, or a dialect already resolved. */
  readonly engine: string | Dialect;
  /** Milliseconds since 1970, for `expiration`. @default nothing has expired */
  readonly now?: number;
  /** Who asks, for templates; `null` for a token without an entity. @default not known: templated rules are uncertain */
  readonly entity?: Entity | null;
}

/**
 * What a set of policies grants on one engine: its rules merged and ordered. Compiled once, asked often; the cost of a
 * question does not grow with the number of rules.
 */
export class AccessList {
  readonly dialect: Dialect;
  /** Whether the only policy is `root`, which may do everything. */
  readonly isRoot: boolean;
  /** Rules that may or may not be there, because nobody knows what their templates stand for. */
  readonly uncertain: readonly UncertainRule[];
  /**
   * Why the engine cannot put the policies together for this caller, and refuses each of its requests. Known only with the
   * entity; decisions without it take for granted that nobody has such a value.
   */
  readonly failure: string | undefined;
  /** Whether it is known who asks. */
  readonly knowsEntity: boolean;
  readonly #expired: { readonly pattern: Pattern; readonly source: RuleSource }[] = [];
  readonly #exact: Map<string, MergedRule>;
  /** From the weakest to the strongest. */
  readonly #ordered: readonly MergedRule[];
  readonly #trie: PatternTrie;

  /**
   * Compiles the policies of one principal.
   * @throws RootNotAlone when `root` is not alone: the engine answers 500 to such a token
   */
  static compile(policies: readonly NamedPolicy[], options: CompileOptions): AccessList {
    return new AccessList(policies, options);
  }

  private constructor(policies: readonly NamedPolicy[], options: CompileOptions) {
    this.dialect = typeof options.engine === "string" ? dialectOf(options.engine) : options.engine;
    this.isRoot = policies.some((policy) => policyName(policy.name) === "root");
    if (this.isRoot && policies.length > 1) {
      throw new RootNotAlone(
        "The policy root cannot be combined with others.",
        "Take root or the others away.",
      );
    }
    this.knowsEntity = options.entity !== undefined;
    const table = new Map<string, MergedRule>();
    const uncertain: UncertainRule[] = [];
    for (const policy of policies) {
      const ended = hasExpired(policy.expiration, options.now);
      const blocked = this.dialect.blockedInTemplates?.filter(
        (each) => !policy.allowedInTemplates?.includes(each as "/"),
      );
      for (const [index, rule] of policy.document.rules.entries()) {
        const source: RuleSource = { policy: policyName(policy.name), index, rule };
        if (ended || hasExpired(rule.expiration, options.now)) {
          this.#expired.push({ pattern: patternFor(rule.path, policy.namespace), source });
          continue;
        }
        const path = pathFor(rule.path, options.entity, this.dialect, blocked);
        if (path === "dropped") continue;
        if (path === "failed")
          this.failure ??= `a template of path "${rule.path}" in policy ${source.policy} puts in a forbidden character`;
        else if (path === "uncertain") uncertain.push(uncertainRule(source, policy.namespace ?? "", blocked));
        else this.#merge(table, patternFor(path.text, policy.namespace), source);
      }
    }
    this.uncertain = uncertain;
    const rules = [...table.values()];
    this.#exact = new Map(
      rules.filter((rule) => rule.pattern.kind === "exact").map((rule) => [rule.pattern.text, rule]),
    );
    this.#ordered = byStrength(
      rules.filter((rule) => rule.pattern.kind !== "exact"),
      (rule) => rule.pattern,
    );
    this.#trie = new PatternTrie(this.#ordered.map((rule) => rule.pattern));
  }

  /** Every merged rule: the exact ones, then the others from the strongest to the weakest. */
  rules(): MergedRule[] {
    return [...this.#exact.values(), ...this.#ordered.toReversed()];
  }

  /**
   * The one rule that decides an operation on a path, or `undefined`. Uncertain rules are left out.
   * @param listing whether it is a LIST or SCAN, and in which mode it is resolved
   */
  lookup(path: string, listing?: ListMode): MergedRule | undefined {
    const bare = path.charCodeAt(0) === SLASH ? path.replace(/^\/+/, "") : path;
    const exact = this.#exact.get(bare);
    if (exact !== undefined) return exact;
    return listing === undefined ? this.#best(bare) : this.#lookupListing(bare, listing);
  }

  /** Every rule that matches the path as it is, the strongest first. */
  matches(path: string): MergedRule[] {
    const bare = path.replace(/^\/+/, "");
    const exact = this.#exact.get(bare);
    const indexes = this.#trie.all(bare).sort((a, b) => b - a);
    const others = indexes.map((index) => this.#ordered[index] as MergedRule);
    return exact ? [exact, ...others] : others;
  }

  /** The rules that would match one of the paths, had they not expired; those with templates are left out. */
  expiredOn(paths: readonly string[]): MergedRule[] {
    const bare = paths.map((path) => path.replace(/^\/+/, ""));
    return this.#expired
      .filter(({ pattern }) => {
        if (pattern.kind === "exact") return bare.includes(pattern.text);
        const trie = new PatternTrie([pattern]);
        return bare.some((path) => trie.best(path) >= 0);
      })
      .map(({ pattern, source }) => startRule(pattern, source));
  }

  /** What `sys/capabilities` answers: always as for LIST, `["deny"]` for nothing, `["root"]` for root. */
  capabilities(path: string): readonly (Capability | "root")[] {
    if (this.isRoot) return ["root"];
    if (this.failure !== undefined) return ["deny"];
    const rule = this.lookup(path, this.dialect.listMode);
    if (!rule || rule.bits === 0 || (rule.bits & DENY) !== 0) return ["deny"];
    return fromBits(rule.bits);
  }

  #merge(table: Map<string, MergedRule>, pattern: Pattern, source: RuleSource): void {
    const key = `${pattern.kind} ${pattern.text}`;
    const merged = table.get(key);
    if (merged) addSource(merged, source, this.dialect);
    else table.set(key, startRule(pattern, source));
  }

  #best(path: string): MergedRule | undefined {
    const index = this.#trie.best(path);
    return index < 0 ? undefined : this.#ordered[index];
  }

  #lookupListing(path: string, mode: ListMode): MergedRule | undefined {
    if (path.charCodeAt(path.length - 1) !== SLASH) return this.#best(path);
    const trimmed = path.slice(0, -1);
    const exact = this.#exact.get(trimmed);
    if (exact !== undefined) return exact;
    switch (mode) {
      case "L0":
        return this.#best(path);
      case "L1":
        return this.#best(trimmed) ?? this.#best(path);
      case "L3":
        return this.#best(path) ?? this.#best(trimmed);
      case "L2":
        return this.#bestOfBoth(path, trimmed);
    }
  }

  /** L2: of everything that matches either form, the strongest that denies or lists, else the strongest. */
  #bestOfBoth(path: string, trimmed: string): MergedRule | undefined {
    const pool = [...this.#pool(path), ...this.#pool(trimmed)].sort((a, b) => b - a);
    const deciding = pool.find((index) => ((this.#ordered[index] as MergedRule).bits & DENY_OR_LIST) !== 0);
    const index = deciding ?? pool[0];
    return index === undefined ? undefined : this.#ordered[index];
  }

  /** All segment patterns that match, but of the prefixes only the longest. */
  #pool(path: string): number[] {
    const all = this.#trie.all(path);
    const isPrefix = (index: number): boolean => this.#ordered[index]?.pattern.kind === "prefix";
    const longest = Math.max(-1, ...all.filter(isPrefix));
    return all.filter((index) => index === longest || !isPrefix(index));
  }
}

const SLASH = 47;
const DENY_OR_LIST = DENY | capabilityBit("list");

function hasExpired(expiration: string | undefined, now: number | undefined): boolean {
  if (expiration === undefined || now === undefined) return false;
  const time = parseTime(expiration);
  return time !== undefined && now > time;
}
