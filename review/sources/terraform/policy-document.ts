import { settingsIn, textsOf, Unresolved, type Value } from "../inventory/value";

/**
 * The text that the data source `vault_policy_document` makes of its rules: the same rules, with strings put between quotes
 * as they are (terraform-provider-vault, data_source_policy_document.go).
 */
export function renderPolicyDocument(document: Value): Value {
  const { rule } = settingsIn(document);
  if (rule instanceof Unresolved) return rule;
  const rules = (Array.isArray(rule) ? rule : rule === undefined ? [] : [rule]) as readonly Value[];
  const texts: string[] = [];
  for (const each of rules) {
    const unresolved = unresolvedIn(each);
    if (unresolved) return unresolved;
    texts.push(renderRule(each));
  }
  return texts.join("\n");
}

function renderRule(rule: Value): string {
  const settings = settingsIn(rule);
  const lines = [
    ...(settings.description ? [`# ${settings.description}`] : []),
    `path "${settings.path}" {`,
    `  capabilities = ${list(settings.capabilities)}`,
    ...(textsOf(settings.required_parameters).texts.length > 0
      ? [`  required_parameters = ${list(settings.required_parameters)}`]
      : []),
    ...parameters("allowed_parameters", settings.allowed_parameter),
    ...parameters("denied_parameters", settings.denied_parameter),
    ...["min_wrapping_ttl", "max_wrapping_ttl"].flatMap((name) =>
      settings[name] ? [`  ${name} = "${settings[name]}"`] : [],
    ),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function parameters(name: string, blocks: Value): string[] {
  const each = (Array.isArray(blocks) ? blocks : blocks === undefined ? [] : [blocks]) as readonly Value[];
  if (each.length === 0) return [];
  const entries = each.map(settingsIn).map(({ key, value }) => `    "${key}" = ${list(value)}`);
  return [`  ${name} = {`, ...entries, "  }"];
}

function list(value: Value): string {
  const items = Array.isArray(value) ? value.map(String) : textsOf(value).texts;
  return items.length === 0 ? "[]" : `["${items.join('", "')}"]`;
}

function unresolvedIn(value: Value): Unresolved | undefined {
  if (value instanceof Unresolved) return value;
  if (typeof value !== "object" || value === null) return undefined;
  for (const item of Object.values(value)) {
    const found = unresolvedIn(item as Value);
    if (found) return found;
  }
  return undefined;
}
