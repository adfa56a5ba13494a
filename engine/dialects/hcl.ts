import { UsageError } from "../../base/errors";

export type HclValue = string | number | boolean;

/** `key = value` lines, each attribute on a line of its own: OpenBao refuses two on one line. */
export function attributes(values: Readonly<Record<string, HclValue>>): string[] {
  return Object.entries(values).map(([key, value]) => `${key} = ${literal(key, value)}`);
}

/** A block with its labels, for example `block("audit", ["file", "to-file"], lines)`. */
export function block(type: string, labels: readonly string[], lines: readonly string[]): string[] {
  const head = [type, ...labels.map((label) => literal(type, label))].join(" ");
  return [`${head} {`, ...lines.map((line) => `  ${line}`), "}"];
}

/**
 * Addresses, paths and names need none of the characters that HCL treats specially, so those are refused rather
 * than escaped: what is read in the file is what the server uses.
 */
function literal(key: string, value: HclValue): string {
  if (typeof value !== "string") return String(value);
  if (value === "" || /["\\\p{Cc}]|[$%]\{/u.test(value)) {
    throw new UsageError(
      `The server configuration cannot hold ${JSON.stringify(value)} as ${key}.`,
      'Use a value that is not empty and has no quotes, backslashes, control characters, "${" or "%{".',
    );
  }
  return `"${value}"`;
}
