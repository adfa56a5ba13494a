import { toBits } from "../../policies/capability";
import { accessOf, INTENT_WORDS, type Intent } from "../../policies/intent";
import type { Place, RevisionGrant, RevisionPrincipal } from "../model";
import type { Usage } from "./usage";

/** What one line of a declaration grants to one principal beyond what was used. */
export interface UnusedGrant {
  /** The line that grants it, where the source tells. */
  readonly place?: Place;
  /** Whether all that the line grants to this principal could go. */
  readonly whole: boolean;
  /** Grants that could go, each in words: `read values of secret/encryption`. */
  readonly unused: readonly string[];
  /** Secrets of which less was used than the line grants, with the intents that would do. */
  readonly instead: readonly { readonly secret: string; readonly intents: readonly Intent[] }[];
}

interface GrantUse {
  readonly grant: RevisionGrant;
  /** For each of its needs, what was used of it. */
  readonly used: readonly number[];
}

/**
 * The lines behind the grants of a principal that give more than recorded requests used. Where two grants allow the same
 * request, the earlier one is what it used: no two are told to go that stand in for each other. Grants of one intent that share a
 * folder are used together.
 */
export function unusedGrants(
  principal: RevisionPrincipal,
  grants: readonly RevisionGrant[],
  usage: Usage,
): UnusedGrant[] {
  const uses = grants.map((grant) => ({
    grant,
    used: grant.needs.map(
      ({ path, capabilities }) => usage.onPath(principal.name, path) & toBits(capabilities),
    ),
  }));
  const going = new Set<GrantUse>();
  for (const use of uses.toReversed())
    if (
      isCovered(
        use,
        uses.filter((other) => other.grant.intent !== use.grant.intent && !going.has(other)),
      )
    )
      going.add(use);
  const lines = new Map<string, GrantUse[]>();
  for (const use of uses) {
    const { place } = use.grant;
    const key = place ? `${place.file}:${place.line}` : use.grant.secret;
    lines.set(key, [...(lines.get(key) ?? []), use]);
  }
  return [...lines.values()].flatMap((all) => lineOf(all, going));
}

/** Whether everything that was used of a grant is allowed by others too. */
function isCovered({ grant, used }: GrantUse, others: readonly GrantUse[]): boolean {
  return grant.needs.every(({ path }, index) => {
    const bits = others
      .flatMap((other) => other.grant.needs.filter((need) => need.path === path))
      .reduce((sum, { capabilities }) => sum | toBits(capabilities), 0);
    return ((used[index] ?? 0) & ~bits) === 0;
  });
}

function lineOf(all: readonly GrantUse[], going: ReadonlySet<GrantUse>): UnusedGrant[] {
  const gone = all.filter((use) => going.has(use));
  const instead = all.filter((use) => !going.has(use)).flatMap(insteadOf);
  if (gone.length === 0 && instead.length === 0) return [];
  const place = all[0]?.grant.place;
  return [
    {
      ...(place ? { place } : {}),
      whole: gone.length === all.length,
      unused: gone.map(({ grant }) => `${INTENT_WORDS[grant.intent]} of ${grant.secret}`),
      instead,
    },
  ];
}

/** Intents that ask for less than the one that was granted, the least first. */
const LESS: { readonly [intent in Intent]?: readonly (readonly Intent[])[] } = {
  rotate: [["read"], ["write"], ["read", "write"]],
};

/** Other intents that would cover what was used of a grant. */
function insteadOf({ grant, used }: GrantUse): UnusedGrant["instead"] {
  const intents = LESS[grant.intent]?.find((candidate) => covers(candidate, grant, used));
  return intents ? [{ secret: grant.secret, intents }] : [];
}

function covers(intents: readonly Intent[], grant: RevisionGrant, used: readonly number[]): boolean {
  return grant.needs.every(({ path }, index) => {
    const area = areaOf(path, grant.secret);
    const given = intents
      .flatMap((intent) => accessOf(intent, area === "" ? 1 : 2) ?? [])
      .filter((access) => access.area === area && access.at === "secret")
      .reduce((sum, { capabilities }) => sum | toBits(capabilities), 0);
    return ((used[index] ?? 0) & ~given) === 0;
  });
}

/** `data` of `secret/data/app/db` for `secret/app/db`; empty on KV version 1, where the two are the same. */
function areaOf(path: string, secret: string): string {
  if (path === secret) return "";
  let common = 0;
  while (path[common] === secret[common]) common++;
  const start = path.lastIndexOf("/", common) + 1;
  return path.slice(start, path.indexOf("/", start));
}
