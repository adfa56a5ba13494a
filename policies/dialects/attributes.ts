/** The attributes that a rule may have on every engine. */
export const COMMON_ATTRIBUTES = [
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
