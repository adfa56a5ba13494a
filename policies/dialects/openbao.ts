import { COMMON_ATTRIBUTES } from "./attributes";
import { COMMON_CAPABILITIES } from "./capabilities";
import type { Dialect } from "./dialect";
import { atLeast, type Version } from "./version";

/** OpenBao, from 2.0 on. */
export function openbao(engine: string, version: Version): Dialect {
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
