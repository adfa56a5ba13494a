import { type Capability, fromBits, toBits } from "../../policies/capability";
import { accessOf, type Intent } from "../../policies/intent";
import type { KvIntent } from "../../policies/intents";
import { patternFor } from "../../policies/semantics/rank";
import { SecretNames } from "../compare/secret-names";
import { mountOf, subjectOf } from "../compare/subject";
import { doesTo } from "../compare/words";
import type { AccessRevision, NamedSecret, Place, RevisionPolicy, RevisionPrincipal } from "../model";
import type { Usage } from "./usage";

/** What one line of a declaration grants to one principal and nobody used. */
export interface UnusedGrant {
  /** The line that grants it. */
  readonly place: Place;
  /** Whether the principal used nothing at all of what the line grants. */
  readonly whole: boolean;
  /** Each in words, to stand behind "may": `read values of secret/encryption`. */
  readonly unused: readonly string[];
  /** For secrets of which less was used than the line grants: the intents that would do. */
  readonly instead: readonly { readonly region: string; readonly intents: readonly Intent[] }[];
}

interface RuleUse {
  readonly granted: number;
  readonly used: number;
  readonly region: string;
  readonly secret: NamedSecret | undefined;
  readonly words: ReadonlyMap<string, boolean>;
  readonly area: string;
}

/** The lines behind a policy that is made of grants, of which the principal did not use all. */
export function unusedGrants(
  revision: AccessRevision,
  principal: RevisionPrincipal,
  policy: RevisionPolicy,
  usage: Usage,
): UnusedGrant[] {
  const names = new SecretNames(revision.secrets, revision.mounts);
  const lines = new Map<string, { place: Place; rules: RuleUse[] }>();
  for (const [index, rule] of policy.document.rules.entries()) {
    const place = policy.rulePlaces?.[index];
    if (!place) continue;
    const key = `${place.file}:${place.line}`;
    const line = lines.get(key) ?? { place, rules: [] };
    line.rules.push(
      ruleUse(
        revision,
        names,
        rule.path,
        toBits(rule.capabilities),
        usage.bitsOf(policy.name, index, principal.name),
      ),
    );
    lines.set(key, line);
  }
  return [...lines.values()].flatMap(({ place, rules }) => {
    const unused = [
      ...new Set(rules.flatMap(({ words }) => [...words].filter(([, used]) => !used).map(([word]) => word))),
    ];
    if (unused.length === 0) return [];
    const whole = rules.every(({ used }) => used === 0);
    return [{ place, whole, unused, instead: whole ? [] : insteadOf(rules) }];
  });
}

/** What the rule is for, in words, and whether each was used. */
function ruleUse(
  revision: AccessRevision,
  names: SecretNames,
  path: string,
  granted: number,
  used: number,
): RuleUse {
  const mount = mountOf(path, revision.mounts);
  const rule = { pattern: patternFor(path), bits: granted, conditions: undefined, sources: [] };
  const words = new Map<string, boolean>();
  let region = path;
  let secret: NamedSecret | undefined;
  const byIntent = new Map<
    string,
    { intent: KvIntent | undefined; capabilities: Capability[]; used: boolean }
  >();
  for (const capability of fromBits(granted)) {
    if (capability === "deny") continue;
    const subject = subjectOf(path, capability, [{ level: "full", rule }], mount, names);
    if (subject.inert) continue;
    region = subject.region;
    if (!subject.named?.folder) secret ??= subject.named?.secret;
    const key = subject.intent ?? capability;
    const group = byIntent.get(key) ?? { intent: subject.intent, capabilities: [], used: false };
    group.capabilities.push(capability);
    group.used ||= (used & toBits([capability])) !== 0;
    byIntent.set(key, group);
  }
  for (const { intent, capabilities, used: was } of byIntent.values())
    words.set(doesTo(intent, capabilities, region), was);
  const area = mount
    ? (/^(data|metadata|delete|undelete|destroy)\//.exec(path.slice(mount.path.length))?.[1] ?? "")
    : "";
  return { granted, used, region, secret, words, area };
}

const INTENTS: readonly Intent[] = ["read", "write", "rotate", "delete", "administer"];

/** Per secret of which a part was used: the fewest capabilities that intents can grant and that cover it. */
function insteadOf(rules: readonly RuleUse[]): UnusedGrant["instead"] {
  const secrets = new Map<string, RuleUse[]>();
  for (const rule of rules)
    if (rule.secret) secrets.set(rule.region, [...(secrets.get(rule.region) ?? []), rule]);
  return [...secrets].flatMap(([region, all]) => {
    if (all.every(({ used }) => used === 0)) return [];
    const granted = total(all.map((rule) => rule.granted));
    const version = all.some(({ area }) => area !== "") ? 2 : 1;
    const best = subsets(INTENTS)
      .map((intents) => ({ intents, needs: needsOf(intents, version) }))
      .filter(({ needs }) => covers(all, needs))
      .sort(
        (a, b) =>
          total([...a.needs.values()]) - total([...b.needs.values()]) || a.intents.length - b.intents.length,
      )[0];
    return best && total([...best.needs.values()]) < granted ? [{ region, intents: best.intents }] : [];
  });
}

function covers(rules: readonly RuleUse[], needs: ReadonlyMap<string, number>): boolean {
  const granted = new Map(rules.map((rule) => [rule.area, rule]));
  const within = [...needs].every(([area, bits]) => (bits & ~(granted.get(area)?.granted ?? 0)) === 0);
  return within && rules.every(({ area, used }) => (used & ~(needs.get(area) ?? 0)) === 0);
}

function needsOf(intents: readonly Intent[], version: 1 | 2): Map<string, number> {
  const needs = new Map<string, number>();
  for (const { area, at, capabilities } of intents.flatMap((intent) => accessOf(intent, version) ?? []))
    if (at === "secret") needs.set(area, (needs.get(area) ?? 0) | toBits(capabilities));
  return needs;
}

function total(bits: readonly number[]): number {
  return bits.reduce((sum, each) => sum + fromBits(each).length, 0);
}

function subsets<T>(items: readonly T[]): T[][] {
  const count = 2 ** items.length;
  return Array.from({ length: count - 1 }, (_, chosen) =>
    items.filter((_item, index) => ((chosen + 1) & (1 << index)) !== 0),
  );
}
