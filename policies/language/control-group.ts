import type { Dialect } from "../dialect";
import type { ControlGroup, ControlGroupFactor } from "../rule";
import type { Item } from "./ast";
import { Attributes } from "./attributes";
import { quote } from "./spelling";

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

const GROUP_KEYS = new Set(["ttl", "self_auth_allowed", "factor"]);
const FACTOR_KEYS = new Set(["controlled_capabilities", "identity"]);

/** The operations that OpenBao 2.7.2 accepts as controlled capabilities (asked of a running server). */
const OPERATIONS = new Set(
  "create read update patch delete list scan help alias-lookahead revoke renew rollback header resolve-role".split(
    " ",
  ),
);

/**
 * The `control_group` of a rule. Both engines want factors with approvals above 0 and a group; OpenBao knows groups by
 * name only, wants controlled capabilities, refuses unknown keys, and checks all that even under `deny`. There Vault asks
 * for nothing but the types of what it knows.
 */
export function decodeControlGroup(
  attributes: Attributes,
  dialect: Dialect | undefined,
  granted: readonly string[],
): ControlGroup | undefined {
  const group: Mutable<ControlGroup> = { factors: [] };
  const isVault = dialect?.product === "vault";
  const idle = isVault && granted.includes("deny");
  const found: FoundFactor[] = [];
  for (const { item, block } of blocksOf(attributes, isVault)) {
    if (!isVault) block.checkKeys(GROUP_KEYS, undefined);
    const duration = block.duration("ttl");
    const ttl = idle ? undefined : block.needed("ttl", duration);
    if (ttl) group.ttl = ttl;
    const self = isVault ? undefined : block.boolean("self_auth_allowed");
    if (self !== undefined) group.selfAuthAllowed = self;
    const own = block
      .named("factor")
      .flatMap((factor) => namedFactors(factor, block, dialect))
      .flatMap((factor) => decodeFactor(factor, block, dialect));
    if (own.length === 0 && !idle) say(item, attributes, "a control_group needs a factor");
    found.push(...own);
  }
  if (idle) return undefined;
  const all = isVault ? mergeFactors(found) : found;
  for (const { factor, item } of all) checkFactor(factor, item, attributes, dialect, granted);
  group.factors = all.map(({ factor }) => factor);
  return group;
}

interface GroupBlock {
  readonly item: Item;
  readonly block: Attributes;
}

/** Each `control_group` of the rule; for Vault all of them are one. */
function blocksOf(attributes: Attributes, together: boolean): GroupBlock[] {
  const blocks: GroupBlock[] = [];
  for (const item of attributes.named("control_group")) {
    const block = inner(item, attributes, "control_group");
    if (block) blocks.push({ item, block });
  }
  const [first] = blocks;
  if (!together || !first || blocks.length < 2) return blocks;
  const items = blocks.flatMap(({ block }) => block.items);
  return [{ item: first.item, block: new Attributes(items, attributes.findings, attributes.options) }];
}

interface FoundFactor {
  readonly factor: ControlGroupFactor;
  readonly item: Item;
}

/** For Vault, factors of one name are one, whichever blocks they stand in: lists are appended, the last number wins. */
function mergeFactors(found: readonly FoundFactor[]): FoundFactor[] {
  const byName = new Map<string, FoundFactor>();
  for (const { factor, item } of found) {
    const before = byName.get(factor.name)?.factor;
    const joined = (key: "controlledCapabilities" | "groupNames" | "groupIds") => {
      const all = [...(before?.[key] ?? []), ...(factor[key] ?? [])];
      return all.length > 0 ? { [key]: all } : {};
    };
    const merged = {
      ...before,
      ...factor,
      ...joined("controlledCapabilities"),
      ...joined("groupNames"),
      ...joined("groupIds"),
    };
    byName.set(factor.name, { factor: merged, item });
  }
  return [...byName.values()];
}

/** Vault takes what stands in a factor without a name for factors, by their names. */
function namedFactors(item: Item, attributes: Attributes, dialect: Dialect | undefined): readonly Item[] {
  const key = item.keys[0];
  if (dialect?.product !== "vault" || item.keys.length > 1 || !key) return [item];
  const block = inner(item, attributes, "factor");
  return (block?.items ?? []).map((each) => ({ ...each, keys: [key, ...each.keys] }));
}

function decodeFactor(item: Item, attributes: Attributes, dialect: Dialect | undefined): FoundFactor[] {
  const block = inner(item, attributes, "factor", 1);
  if (!block) return [];
  if (dialect?.product !== "vault") block.checkKeys(FACTOR_KEYS, undefined);
  const label = item.keys[1];
  if (!label) {
    say(item, attributes, "a factor needs a name");
    return [];
  }
  const factor: Mutable<ControlGroupFactor> = { name: label.text };
  const controlled = block.strings("controlled_capabilities")?.map((literal) => literal.text) ?? [];
  if (controlled.length > 0) factor.controlledCapabilities = controlled;
  for (const identity of block.named("identity")) {
    const own = inner(identity, block, "identity");
    const names = own?.strings("group_names");
    const ids = own?.strings("group_ids");
    const approvals = own?.integer("approvals");
    if (names?.length) factor.groupNames = names.map((literal) => literal.text);
    if (ids?.length) factor.groupIds = ids.map((literal) => literal.text);
    if (approvals !== undefined) factor.approvals = approvals;
  }
  return [{ factor, item }];
}

function checkFactor(
  factor: ControlGroupFactor,
  item: Item,
  attributes: Attributes,
  dialect: Dialect | undefined,
  granted: readonly string[],
): void {
  const name = quote(factor.name);
  if ((factor.approvals ?? 0) <= 0) say(item, attributes, `the factor ${name} needs approvals above 0`);
  const groups =
    (factor.groupNames?.length ?? 0) + (dialect?.product === "openbao" ? 0 : (factor.groupIds?.length ?? 0));
  if (groups === 0) say(item, attributes, `the factor ${name} needs a group`);
  if (dialect?.product === "vault") {
    const missing = factor.controlledCapabilities?.find((word) => !granted.includes(word));
    if (missing)
      say(item, attributes, `the factor ${name} controls ${quote(missing)}, which the rule does not grant`);
  }
  if (dialect?.product !== "openbao") return;
  if (!factor.controlledCapabilities)
    say(item, attributes, `the factor ${name} needs controlled_capabilities`);
  for (const word of factor.controlledCapabilities ?? []) {
    if (!OPERATIONS.has(word))
      say(item, attributes, `the factor ${name} controls ${quote(word)}, which is no operation`);
  }
}

/**
 * The block of an item. JSON that holds nothing but objects comes as labels: Vault puts the last one back as a block,
 * OpenBao does not.
 */
function inner(item: Item, attributes: Attributes, name: string, labels = 0): Attributes | undefined {
  if (item.keys.length > labels + 1 && attributes.options.dialect?.product !== "openbao") {
    const nested = { ...item, keys: item.keys.slice(labels + 1) };
    return new Attributes([nested], attributes.findings, attributes.options);
  }
  if (item.value.kind === "object")
    return new Attributes(item.value.items, attributes.findings, attributes.options);
  attributes.findings.error(
    "control-group",
    item.value.start,
    item.value.end,
    `${name} must be a block`,
    `Write ${name} { … }.`,
  );
  return undefined;
}

function say(item: Item, attributes: Attributes, reason: string): void {
  const fix =
    'Write factor "name" { controlled_capabilities = ["read"] identity { group_names = ["…"] approvals = 1 } }.';
  attributes.findings.error("control-group", item.start, item.end, reason, fix);
}
