import { Unresolved, type Value } from "../inventory/value";
import { evaluateExpression, type Lookup } from "./expression";

/**
 * Text as Terraform's JSON has it: `${…}` is an expression and `$${` stands for `${` (Terraform language, "Strings and
 * Templates"). Expressions are followed as far as `lookup` and a few functions lead; the rest is unresolved.
 */
export function evaluateTemplate(text: string, lookup: Lookup): Value {
  if (!text.includes("${") && !text.includes("%{")) return text;
  const parts: Value[] = [];
  let literal = "";
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if ((two === "$$" || two === "%%") && text[at + 2] === "{") {
      literal += text.slice(at + 1, at + 3);
      at += 3;
    } else if (two === "%{") {
      return new Unresolved(text);
    } else if (two === "${") {
      const end = endOfExpression(text, at + 2);
      if (end === undefined) return new Unresolved(text);
      if (literal !== "") parts.push(literal);
      literal = "";
      parts.push(evaluateExpression(text.slice(at + 2, end), lookup));
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== "" || parts.length === 0) parts.push(literal);
  return parts.length === 1 ? parts[0] : joined(parts, text);
}

/** Every text in a value, evaluated. */
export function evaluateDeep(value: unknown, lookup: Lookup): Value {
  if (typeof value === "string") return evaluateTemplate(value, lookup);
  if (Array.isArray(value)) return value.map((item) => evaluateDeep(item, lookup));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([name]) => name !== "//");
    return Object.fromEntries(entries.map(([name, item]) => [name, evaluateDeep(item, lookup)]));
  }
  return value as Value;
}

function joined(parts: readonly Value[], text: string): Value {
  const unknown = parts.filter((part) => part instanceof Unresolved);
  const plain = parts.every((part) => typeof part !== "object" || part instanceof Unresolved);
  if (unknown.length === 0 && plain) return parts.map(String).join("");
  // Several references or text around one: it is not the value of any of them.
  return new Unresolved(
    text,
    unknown.length === 0 ? [] : [...unknown.flatMap((part) => part.references), ""],
  );
}

/** Where the brace of `${` closes: braces and quotes in between are skipped. */
function endOfExpression(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') at = endOfString(text, at);
    else if (sign === "{") depth += 1;
    else if (sign === "}" && depth-- === 0) return at;
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
