import type { Capability } from "./capability";
import { PolicyUsageError } from "./errors";

/**
 * How LIST (and SCAN) picks its rule; this changed three times, and reading differs from listing in every mode.
 * After the exact rules for the path and for the path without its last slash:
 * L0 the best pattern for the path; L1 the best without the slash, then with it; L2 the best of both that denies or
 * lists, else the best of both; L3 the best with the slash, then without it.
 */
export type ListMode = "L0" | "L1" | "L2" | "L3";

export type Product = "openbao" | "vault";

/** What a policy is judged by where neither a person nor a source names an engine. */
export const DEFAULT_ENGINE = "openbao@2.7.2";

/** What differs between engines, resolved for one `product@version`. */
export interface Dialect {
  /** As asked for: `openbao@2.7.2`. */
  readonly engine: string;
  readonly product: Product;
  readonly version: readonly [number, number, number];
  readonly listMode: ListMode;
  /** OpenBao's SCAN; Vault has none, and treats it as no operation. */
  readonly scanMode: ListMode | undefined;
  readonly capabilities: ReadonlySet<Capability>;
  /** The attributes that a rule may have. */
  readonly attributes: ReadonlySet<string>;
  /** Whether a key that is set twice with `=` refuses the document. */
  readonly refusesDuplicateKeys: boolean;
  /** Vault >= 1.21 looks at each element of a list or comma string; others compare the whole value. */
  readonly matchesElements: boolean;
  /** Characters that drop a rule when a template puts them in; `undefined` where that is not known. */
  readonly blockedInTemplates: readonly string[] | undefined;
  /** Whether such a character drops the one rule, or fails every request of its bearer (seen on OpenBao 2.7.2). */
  readonly forbiddenTemplate: "drops-rule" | "fails-token";
  /** OpenBao >= 2.6.1 turns a page limit of 0 into the largest page, and refuses negative ones. */
  readonly closesZeroLimit: boolean;
  /**
   * Vault >= 1.20.3: as JSON, escapes included, a text may have no more bytes (`max_json_string_value_length` of its
   * listener).
   */
  readonly largestText?: number;
  /** Why decisions cannot be claimed exact, if they cannot. */
  readonly inexact?: string;
  /** Said when the version is not one that was checked, and the nearest known one stands in. */
  readonly note?: string;
}

/** The lines of versions whose semantics were read or asked; outside of them the nearest one stands in. */
const KNOWN: { readonly [product in Product]: readonly VersionLine[] } = {
  openbao: [{ first: "2.0.0", last: "2.7.2", end: "2.7.3" }],
  vault: [
    // 2.0 came after 1.21.
    { first: "1.12.0", last: "1.21.1", end: "1.22.0" },
    { first: "2.0.0", last: "2.2.2", end: "2.2.3" },
  ],
};

interface VersionLine {
  readonly first: string;
  /** Stands in for what comes from `end` on. */
  readonly last: string;
  readonly end: string;
}

/** The version itself where it is known, else the last one known before it, or the first of all. */
function nearest(product: Product, asked: Version): Version {
  const line = KNOWN[product].findLast(({ first }) => atLeast(asked, first));
  if (!line) return parts(KNOWN[product][0]?.first ?? "");
  return atLeast(asked, line.end) ? parts(line.last) : asked;
}

const COMMON_ATTRIBUTES = [
  "comment",
  "policy",
  "capabilities",
  "allowed_parameters",
  "denied_parameters",
  "required_parameters",
  "min_wrapping_ttl",
  "max_wrapping_ttl",
  "mfa_methods",
];

/** The attributes that a rule may have on some engine. */
export const ANY_ATTRIBUTE: ReadonlySet<string> = new Set([
  ...COMMON_ATTRIBUTES,
  "control_group",
  "subscribe_event_types",
  "pagination_limit",
  "expiration",
  "list_scan_response_keys_filter_path",
]);

const COMMON_CAPABILITIES: readonly Capability[] = [
  "create",
  "read",
  "update",
  "delete",
  "list",
  "sudo",
  "deny",
  "patch",
];

const RESOLVED = new Map<string, Dialect>();

/**
 * The dialect of an engine named `openbao@2.7.2` or `vault@1.21.1`. A version that is not known gets the nearest known
 * one, and says so in `note`.
 * @throws PolicyUsageError when the name is no engine.
 */
export function dialectOf(engine: string): Dialect {
  let dialect = RESOLVED.get(engine);
  if (!dialect) {
    dialect = resolve(engine);
    RESOLVED.set(engine, dialect);
  }
  return dialect;
}

function resolve(engine: string): Dialect {
  const match = /^(openbao|vault)@v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(engine);
  if (!match) {
    throw new PolicyUsageError(
      `"${engine}" names no engine.`,
      "Write the product and its version, for example openbao@2.7.2 or vault@1.21.1.",
    );
  }
  const product = match[1] as Product;
  const asked = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)] as const;
  const version = nearest(product, asked);
  const note =
    version.join(".") === asked.join(".")
      ? undefined
      : `${product} ${asked.join(".")} is not among the versions that are known here; ${product} ${version.join(".")} stands in for it`;
  const resolved = product === "openbao" ? openbao(engine, version) : vault(engine, version);
  return note === undefined ? resolved : { ...resolved, note };
}

type Version = readonly [number, number, number];

function openbao(engine: string, version: Version): Dialect {
  const since = (first: string): boolean => atLeast(version, first);
  const attributes = new Set(COMMON_ATTRIBUTES);
  if (since("2.2.0")) attributes.add("pagination_limit");
  if (since("2.3.0")) attributes.add("expiration");
  if (since("2.4.0")) attributes.add("list_scan_response_keys_filter_path");
  if (since("2.7.0")) attributes.add("control_group");
  return {
    engine,
    product: "openbao",
    version,
    listMode: since("2.6.0") ? "L3" : "L1",
    scanMode: since("2.6.0") ? "L3" : since("2.2.0") ? "L0" : undefined,
    capabilities: new Set(since("2.2.0") ? [...COMMON_CAPABILITIES, "scan" as const] : COMMON_CAPABILITIES),
    attributes,
    refusesDuplicateKeys: false,
    matchesElements: false,
    blockedInTemplates: since("2.6.0") ? ["/", "*", "+"] : [],
    forbiddenTemplate: since("2.7.0") ? "fails-token" : "drops-rule",
    closesZeroLimit: since("2.6.1"),
  };
}

function vault(engine: string, version: Version): Dialect {
  const since = (first: string): boolean => atLeast(version, first);
  const capabilities: Capability[] = [...COMMON_CAPABILITIES];
  const attributes = new Set([...COMMON_ATTRIBUTES, "control_group"]);
  if (since("1.15.0")) {
    capabilities.push("subscribe");
    attributes.add("subscribe_event_types");
  }
  if (since("1.20.0")) capabilities.push("recover");
  const dialect: Dialect = {
    engine,
    product: "vault",
    version,
    listMode: vaultListMode(since),
    scanMode: undefined,
    capabilities: new Set(capabilities),
    attributes,
    refusesDuplicateKeys: since("1.21.0"),
    matchesElements: since("1.21.0"),
    blockedInTemplates: since("2.0.1") ? undefined : [],
    forbiddenTemplate: "fails-token",
    closesZeroLimit: false,
    ...(since("1.20.3") ? { largestText: 1024 * 1024 } : {}),
  };
  if (!since("2.1.2")) return dialect;
  const inexact =
    "Vault >= 2.1.2 evaluates some resource names in a canonical form, and >= 2.2.2 matches explicit denies without regard to case; only the server can tell which";
  return { ...dialect, inexact };
}

function vaultListMode(since: (first: string) => boolean): ListMode {
  if (since("2.0.3")) return "L2";
  if (since("1.15.2")) return "L1";
  if (since("1.15.0")) return "L0";
  if (since("1.14.6")) return "L1";
  if (since("1.14.0")) return "L0";
  return since("1.13.10") ? "L1" : "L0";
}

function parts(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

function atLeast(version: Version, first: string): boolean {
  const [major, minor, patch] = parts(first);
  if (version[0] !== major) return version[0] > major;
  if (version[1] !== minor) return version[1] > minor;
  return version[2] >= patch;
}
