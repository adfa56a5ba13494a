import type { Dialect } from "../dialect";
import type { ControlGroup, ControlGroupFactor } from "../rule";
import type { Item } from "./ast";
import { Attributes } from "./attributes";

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

const GROUP_KEYS = new Set(["ttl", "self_auth_allowed", "factor"]);
const FACTOR_KEYS = new Set(["controlled_capabilities", "identity"]);

/** The `control_group` of a rule. OpenBao refuses unknown keys in it; Vault wants a factor with approvals and groups. */
export function decodeControlGroup(
  attributes: Attributes,
  dialect: Dialect | undefined,
): ControlGroup | undefined {
  const strict = dialect?.product === "openbao";
  const group: Mutable<ControlGroup> = { factors: [] };
  const factors: ControlGroupFactor[] = [];
  for (const item of attributes.named("control_group")) {
    if (item.value.kind !== "object") {
      attributes.findings.error(
        "control-group",
        item.value.start,
        item.value.end,
        "control_group must be a block",
        'Write control_group = { factor "name" { … } }.',
      );
      continue;
    }
    const block = new Attributes(withoutLabels(item), attributes.findings, attributes.options);
    if (strict) block.checkKeys(GROUP_KEYS, undefined);
    const ttl = block.duration("ttl");
    if (ttl) group.ttl = ttl;
    const self = block.boolean("self_auth_allowed");
    if (self !== undefined) group.selfAuthAllowed = self;
    for (const factor of block.named("factor")) factors.push(...decodeFactors(factor, attributes, strict));
  }
  group.factors = factors;
  if (dialect?.product === "vault") checkForVault(group, attributes);
  return group;
}

/** JSON turns nested blocks into labels; they are put back as items. */
function withoutLabels(item: Item): readonly Item[] {
  if (item.keys.length > 1) return [{ ...item, keys: item.keys.slice(1) }];
  return item.value.kind === "object" ? item.value.items : [];
}

function decodeFactors(item: Item, attributes: Attributes, strict: boolean): ControlGroupFactor[] {
  if (item.value.kind !== "object") return [];
  const label = item.keys[1];
  if (!label)
    return item.value.items.flatMap((inner) =>
      decodeFactors(
        { ...inner, keys: [item.keys[0] as Item["keys"][number], ...inner.keys] },
        attributes,
        strict,
      ),
    );
  const block = new Attributes(
    withoutLabels({ ...item, keys: item.keys.slice(1) }),
    attributes.findings,
    attributes.options,
  );
  if (strict) block.checkKeys(FACTOR_KEYS, undefined);
  const factor: Mutable<ControlGroupFactor> = { name: label.text };
  const controlled = block.strings("controlled_capabilities");
  if (controlled?.length) factor.controlledCapabilities = controlled.map((literal) => literal.text);
  for (const identity of block.named("identity")) {
    const inner = new Attributes(withoutLabels(identity), attributes.findings, attributes.options);
    const names = inner.strings("group_names");
    const ids = inner.strings("group_ids");
    const approvals = inner.integer("approvals");
    if (names?.length) factor.groupNames = names.map((literal) => literal.text);
    if (ids?.length) factor.groupIds = ids.map((literal) => literal.text);
    if (approvals !== undefined) factor.approvals = approvals;
  }
  return [factor];
}

function checkForVault(group: ControlGroup, attributes: Attributes): void {
  const place = attributes.named("control_group").at(-1)?.value;
  const say = (reason: string): void =>
    attributes.findings.error(
      "control-group",
      place?.start ?? 0,
      place?.end ?? 0,
      reason,
      "Give each factor an identity with approvals and groups.",
    );
  if (group.factors.length === 0) say("a control_group needs a factor");
  for (const factor of group.factors) {
    const groups = (factor.groupNames?.length ?? 0) + (factor.groupIds?.length ?? 0);
    if ((factor.approvals ?? 0) <= 0 || groups === 0)
      say(`the factor ${factor.name} needs approvals above 0 and a group`);
  }
}
