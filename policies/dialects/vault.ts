import type { Capability } from "../capability";
import { COMMON_ATTRIBUTES } from "./attributes";
import { COMMON_CAPABILITIES } from "./capabilities";
import type { Dialect, ListMode } from "./dialect";
import { atLeast, type Version } from "./version";

/** Vault, from 1.12 on. */
export function vault(engine: string, version: Version): Dialect {
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
