import type { PolicyDocument } from "./document";
import { printDuration } from "./language/duration";
import type { ControlGroup, ControlGroupFactor, Parameters, ParameterValue, PolicyRule } from "./rule";

/**
 * The document as HCL in its canonical form: one block for each path, sorted, capabilities in a fixed order, the
 * comments above. Reading it back gives `document.canonical()`.
 */
export function printPolicy(document: PolicyDocument): string {
  const rules = document.canonical().rules;
  // Engines refuse an empty text, but not one of comments.
  return rules.length > 0 ? rules.map(printRule).join("\n") : "# No rules.\n";
}

function printRule(rule: PolicyRule): string {
  const lines = rule.comment === undefined ? [] : rule.comment.split("\n").map(printComment);
  lines.push(`path ${quote(rule.path)} {`);
  lines.push(`  capabilities = ${list(rule.capabilities)}`);
  if (rule.expiration !== undefined) lines.push(`  expiration = ${quote(rule.expiration)}`);
  if (rule.allowedParameters) lines.push(...parameters("allowed_parameters", rule.allowedParameters));
  if (rule.deniedParameters) lines.push(...parameters("denied_parameters", rule.deniedParameters));
  if (rule.requiredParameters) lines.push(`  required_parameters = ${list(rule.requiredParameters)}`);
  if (rule.minWrappingTtl) lines.push(`  min_wrapping_ttl = ${quote(printDuration(rule.minWrappingTtl))}`);
  if (rule.maxWrappingTtl) lines.push(`  max_wrapping_ttl = ${quote(printDuration(rule.maxWrappingTtl))}`);
  if (rule.mfaMethods) lines.push(`  mfa_methods = ${list(rule.mfaMethods)}`);
  if (rule.paginationLimit) lines.push(`  pagination_limit = ${rule.paginationLimit}`);
  if (rule.listScanResponseKeysFilterPath) {
    lines.push(`  list_scan_response_keys_filter_path = ${quote(rule.listScanResponseKeysFilterPath)}`);
  }
  if (rule.subscribeEventTypes) lines.push(`  subscribe_event_types = ${list(rule.subscribeEventTypes)}`);
  if (rule.controlGroup) lines.push(...controlGroup(rule.controlGroup));
  lines.push("}", "");
  return lines.join("\n");
}

/** A comment cannot hold what the engines refuse even there. */
function printComment(line: string): string {
  if (line !== "" && PLAIN_TEXT.test(line)) return `# ${line}`;
  return line === "" ? "#" : `# ${line.replace(/[\0\r\n\ue123\p{Surrogate}]/gu, " ")}`;
}

function parameters(name: string, values: Parameters): string[] {
  return [
    `  ${name} = {`,
    ...Object.entries(values).map(([key, allowed]) => `    ${quote(key)} = ${list(allowed)}`),
    "  }",
  ];
}

function controlGroup(group: ControlGroup): string[] {
  const lines = ["  control_group = {"];
  if (group.ttl) lines.push(`    ttl = ${quote(printDuration(group.ttl))}`);
  if (group.selfAuthAllowed !== undefined) lines.push(`    self_auth_allowed = ${group.selfAuthAllowed}`);
  for (const each of group.factors) lines.push(...factor(each));
  lines.push("  }");
  return lines;
}

function factor(each: ControlGroupFactor): string[] {
  const lines = [`    factor ${quote(each.name)} {`];
  if (each.controlledCapabilities)
    lines.push(`      controlled_capabilities = ${list(each.controlledCapabilities)}`);
  lines.push("      identity {");
  if (each.groupNames) lines.push(`        group_names = ${list(each.groupNames)}`);
  if (each.groupIds) lines.push(`        group_ids = ${list(each.groupIds)}`);
  if (each.approvals !== undefined) lines.push(`        approvals = ${each.approvals}`);
  lines.push("      }", "    }");
  return lines;
}

function list(values: readonly ParameterValue[]): string {
  return `[${values.map(literal).join(", ")}]`;
}

function literal(value: ParameterValue): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number")
    return Math.abs(value) > Number.MAX_SAFE_INTEGER ? value.toExponential() : String(value);
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return list(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${quote(key)} = ${literal(inner)}`)
    .join(", ")} }`;
}

function isList(value: ParameterValue): value is readonly ParameterValue[] {
  return Array.isArray(value);
}

/** What nearly every path is made of: printable ASCII that needs no escape. */
const PLAIN_TEXT = /^[ !#%-[\]-~]*$/;

/** A quoted HCL string. `${` is broken up, because HCL reads what follows it without escapes. */
function quote(text: string): string {
  if (PLAIN_TEXT.test(text)) return `"${text}"`;
  const escaped = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that need an escape.
    .replace(/["\\\0-\x1f\x7f\ue123\ufeff]/g, escapeCharacter)
    .replaceAll("${", "$\\u007b");
  return `"${escaped}"`;
}

function escapeCharacter(character: string): string {
  if (character === '"' || character === "\\") return `\\${character}`;
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
