import { isListing } from "../../../policies/capability";
import type { ComparedCapability } from "../../../policies/compare/grant";
import { belowArea } from "../../../policies/kv-areas";
import { intentOf } from "../../../policies/kv-intent-of";
import type { KvIntent } from "../../../policies/kv-intents";
import { compareStrength, type Pattern, writtenPattern } from "../../../policies/semantics/rank";
import type { RevisionMount } from "../../model";
import { restBelow } from "../mount-moves";
import type { NamedPath, SecretNames } from "./secret-names";

/** What a change on one path is about, as people say it. */
export interface Subject {
  /** For paths of KV alone. */
  readonly intent?: KvIntent;
  /** The secret or the folder of secrets. */
  readonly named?: NamedPath;
  /** Whether it is about the names of a secret's fields, which `subkeys/` tells. */
  readonly fields: boolean;
  /**
   * The title of `named`, of a family as far as the rule reaches; else the narrowest rule that decides, without `data/`
   * where there is an intent.
   */
  readonly region: string;
  /** Whether no request with this capability exists there, so that nothing comes of it. */
  readonly inert: boolean;
}

/** Tells what a capability on a path means on these mounts. @param patterns of the rules that decide it */
export function subjectOf(
  path: string,
  capability: ComparedCapability,
  patterns: readonly (Pattern | undefined)[],
  mount: RevisionMount | undefined,
  names: SecretNames,
): Subject {
  const pattern = narrowest(patterns);
  const written = pattern ? writtenPattern(pattern) : "*";
  if (mount?.type !== "kv")
    return { region: written, fields: false, inert: isInertElsewhere(path, capability) };
  const intent = intentOf(mount.path, path, capability, mount.kvVersion);
  const named = names.at(path, isListing(capability));
  if (!intent) return { region: written, fields: false, inert: KV_CAPABILITIES.has(capability) };
  if (intent === "configure") return { intent, region: mount.path, fields: false, inert: false };
  const below = pattern && withoutArea(pattern, mount);
  const rest = path.slice(mount.path.length);
  const fields = mount.kvVersion !== 1 && path.startsWith(`${mount.path}subkeys/`);
  if (!named) {
    // The folder of a tree, which is listed itself, is told apart from those below it.
    const folder = mount.path + (mount.kvVersion === 1 ? rest : (belowArea(rest) ?? rest));
    const isOwn = intent === "see-names" && !fields && below === `${folder}*`;
    return { intent, region: isOwn ? folder : (below ?? written), fields, inert: false };
  }
  return { intent, named, region: titleWithin(named, below), fields, inert: false };
}

/** A family as far as a rule reaches: `project/{project}/{name}` by `project/odin/*` is `project/odin/{name}`. */
function titleWithin({ title, secret }: NamedPath, region: string | undefined): string {
  const declared = (secret.mount + secret.path).split("/");
  const shown = title.split("/");
  if (region === undefined || !declared.includes("+")) return title;
  const own = region.split("/");
  return shown
    .map((segment, at) => {
      const by = own[at];
      if (declared[at] !== "+" || by === undefined || by === "+" || by === "*" || by === "") return segment;
      return by;
    })
    .join("/");
}

/** What KV has operations for; others, such as events, are left as they are. */
const KV_CAPABILITIES: ReadonlySet<string> = new Set([
  "create",
  "read",
  "update",
  "patch",
  "delete",
  "list",
  "scan",
  "sudo",
]);

/** sys/ has no existence check: every write there is an update. Sudo alone grants nothing where no path asks for it. */
function isInertElsewhere(path: string, capability: ComparedCapability): boolean {
  if (path.startsWith("sys/")) return capability === "create" || capability === "sudo";
  return capability === "sudo" && /^(auth|identity|cubbyhole)\//.test(path);
}

/** Of the rules that decide on either side the one that reaches least far. */
export function narrowest(patterns: readonly (Pattern | undefined)[]): Pattern | undefined {
  let found: Pattern | undefined;
  for (const pattern of patterns) if (pattern && (!found || isNarrower(pattern, found))) found = pattern;
  return found;
}

function isNarrower(a: Pattern, b: Pattern): boolean {
  if (a.kind === "exact" && b.kind === "exact") return a.text.length > b.text.length;
  if (a.kind === "exact" || b.kind === "exact") return a.kind === "exact";
  return compareStrength(a, b) > 0;
}

/**
 * What a pattern matches in a mount, as people name it: `secret/data/app/*` is `secret/app/*`, and so is `+/data/app/*`.
 * Undefined for a prefix that begins above the mount.
 */
function withoutArea(pattern: Pattern, mount: RevisionMount): string | undefined {
  const written = writtenPattern(pattern);
  if (pattern.kind === "prefix" && !written.startsWith(mount.path)) return undefined;
  const rest = restBelow(pattern, mount);
  if (rest === undefined) return undefined;
  if (mount.kvVersion === 1) return mount.path + rest;
  const area = rest.indexOf("/");
  if (area >= 0) return mount.path + rest.slice(area + 1);
  // `secret/*` has no area: all of the mount is meant; `secret/+` is the mount's own folder, as `secret/metadata` is.
  return mount.path + (rest.endsWith("*") ? "*" : "");
}
