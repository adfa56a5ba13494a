import { type Capability, isCapability } from "../capability";
import type { Dialect } from "../dialect";
import { ANY_ATTRIBUTE } from "../dialects/attributes";
import type { ControlGroup, PolicyRule } from "../rule";
import type { Item, Literal } from "./ast";
import { Attributes, type DecodeOptions, textOf } from "./attributes";
import { decodeCapabilities, legacyCapabilities } from "./capabilities";
import { decodeControlGroup } from "./control-group";
import { checkDuplicates } from "./duplicates";
import { parseTime } from "./duration";
import { filterProblem } from "./filter-path";
import type { Findings } from "./findings";
import { quote } from "./spelling";
import { checkTemplate } from "./template";

/** A rule together with the item that it was read from. */
export interface DecodedRule {
  readonly rule: PolicyRule;
  readonly item: Item;
}

/** Turns the items of a document into rules, by the checks that the engine makes in the order in which it makes them. */
export function decodeDocument(
  items: readonly Item[],
  findings: Findings,
  options: DecodeOptions,
): DecodedRule[] {
  checkDuplicates(items, findings, options.dialect);
  const rules: DecodedRule[] = [];
  for (const item of items) {
    const key = item.keys[0];
    if (!key) continue;
    if (key.text === "name") new Attributes([item], findings, options).string("name");
    else if (key.text === "path") {
      const decoded = decodeRule(item, findings, options);
      if (decoded) rules.push(decoded);
    } else {
      const reason = `a policy has no ${quote(key.text)}, only path blocks`;
      findings.error("unknown-key", key.start, key.end, reason, 'Write path "…" { … }, or remove this.');
    }
  }
  return rules;
}

function decodeRule(item: Item, findings: Findings, options: DecodeOptions): DecodedRule | undefined {
  const label = item.keys[1];
  const place = label ?? (item.keys[0] as Item["keys"][number]);
  const path = label ? label.text : "path";
  if (!label) {
    findings.warning(
      "ignored",
      place.start,
      place.end,
      'path without a label means the path "path" itself',
      'Write path "secret/data/…" { … }.',
    );
  }
  for (const extra of item.keys.slice(2)) {
    findings.warning("ignored", extra.start, extra.end, "the engine ignores a second label", "Remove it.");
  }
  checkTemplate(path, place.start, place.end, findings);
  if (item.value.kind !== "object") {
    findings.error(
      "type",
      item.value.start,
      item.value.end,
      "a path needs a block",
      `Write path ${quote(path)} { capabilities = [ … ] }.`,
    );
    return undefined;
  }
  const attributes = new Attributes(item.value.items, findings, options);
  attributes.checkKeys(options.dialect?.attributes ?? ANY_ATTRIBUTE, options.dialect);
  const rule = decodeBlock(attributes, path, place.start, place.end, item.comment);
  return { rule, item };
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

function decodeBlock(
  block: Attributes,
  path: string,
  start: number,
  end: number,
  comment: string | undefined,
): PolicyRule {
  const { dialect } = block.options;
  const rule: Mutable<PolicyRule> = { path, capabilities: [] };
  if (comment !== undefined && comment !== "") rule.comment = comment;
  const known = (name: string): boolean =>
    block.has(name) && (dialect?.attributes ?? ANY_ATTRIBUTE).has(name);

  const legacy = block.string("policy");
  const listed = block.strings("capabilities");
  const allowed = block.parameters("allowed_parameters");
  const denied = block.parameters("denied_parameters");
  const required = block.strings("required_parameters");
  const shortest = block.duration("min_wrapping_ttl");
  const longest = block.duration("max_wrapping_ttl");
  const mfa = block.strings("mfa_methods");
  const control = known("control_group") ? controlGroup(block, dialect, listed, legacy) : undefined;
  const limit = known("pagination_limit") ? block.integer("pagination_limit") : undefined;
  const filter = known("list_scan_response_keys_filter_path")
    ? block.string("list_scan_response_keys_filter_path")
    : undefined;
  const events = known("subscribe_event_types") ? block.strings("subscribe_event_types") : undefined;
  const expiration = known("expiration") ? block.string("expiration") : undefined;

  if (expiration) {
    rule.expiration = expiration;
    if (isPast(expiration, block)) {
      rule.capabilities = (listed ?? []).map(textOf).filter(isCapability);
      return rule;
    }
  }
  if (path.includes("+*")) {
    block.findings.error(
      "wildcard",
      start,
      end,
      `the path ${quote(path)} has +*, which is forbidden`,
      "Use + for one whole segment, or * at the end.",
    );
  }
  rule.capabilities = decodeCapabilities(block, listed ?? [], legacy);
  if (rule.capabilities.includes("deny")) return rule;
  const minimum = block.needed("min_wrapping_ttl", shortest);
  const maximum = block.needed("max_wrapping_ttl", longest);

  if (allowed) rule.allowedParameters = allowed;
  if (denied) rule.deniedParameters = denied;
  if (required?.length) rule.requiredParameters = required.map(textOf);
  if (minimum) rule.minWrappingTtl = minimum;
  if (maximum) rule.maxWrappingTtl = maximum;
  if (mfa?.length) rule.mfaMethods = mfa.map(textOf);
  if (control) rule.controlGroup = control;
  if (limit && limit > 0) rule.paginationLimit = limit;
  if (events?.length) rule.subscribeEventTypes = events.map(textOf);
  if (minimum && maximum && maximum < minimum) {
    block.say(
      "duration",
      "max_wrapping_ttl",
      "max_wrapping_ttl is less than min_wrapping_ttl",
      "Make it at least as long.",
    );
  }
  if (filter) {
    rule.listScanResponseKeysFilterPath = filter;
    checkFilter(filter, rule.capabilities, block);
  }
  return rule;
}

/** Whether the rule has expired: the engine looks no further into one that has. */
function isPast(expiration: string, block: Attributes): boolean {
  const { now } = block.options;
  const time = parseTime(expiration);
  if (time !== undefined) return now !== undefined && now > time;
  const fix = "Write an RFC 3339 time such as 2030-01-31T00:00:00Z.";
  block.say("time", "expiration", `${quote(expiration)} is no time`, fix);
  return false;
}

function checkFilter(filter: string, capabilities: readonly Capability[], block: Attributes): void {
  const name = "list_scan_response_keys_filter_path";
  const say = (reason: string, fix: string) => block.say("filter-path", name, reason, fix);
  if (!capabilities.includes("list")) {
    say(`${name} needs the capability list`, 'Add "list" to the capabilities.');
    return;
  }
  const problem = filterProblem(filter);
  if (problem) say(problem, 'Write for example "{{ .path }}{{ .key }}".');
}

function controlGroup(
  block: Attributes,
  dialect: Dialect | undefined,
  listed: readonly Literal[] | undefined,
  legacy: string | undefined,
): ControlGroup | undefined {
  const granted = [...(listed ?? []).map(textOf), ...legacyCapabilities(legacy)];
  if (legacy === "deny") granted.push(legacy);
  return decodeControlGroup(block, dialect, granted);
}
