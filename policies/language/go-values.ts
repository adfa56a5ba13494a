import type { ParameterValue } from "../rule";
import type { Literal, Node } from "./ast";
import { parseDuration } from "./duration";

/** Go's strconv.ParseInt with base 0: decimal, 0x…, octal 0… or 0o…, 0b…, with _ between digits, within 64 bits. */
export function goInteger(text: string): number | undefined {
  const match = /^([+-]?)(0[xX](_?[0-9a-fA-F])+|0[oO]?(_?[0-7])+|0[bB](_?[01])+|0|[1-9](_?\d)*)$/.exec(text);
  if (!match) return undefined;
  const digits = (match[2] as string).toLowerCase().replaceAll("_", "");
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const signed = match[1] === "-" ? -value : value;
  return signed >= -(2n ** 63n) && signed < 2n ** 63n ? Number(signed) : undefined;
}

function goFloat(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) && Number.isFinite(Number(text));
}

/** Whether Go can read the value at all: numbers within bounds, strings that it can take apart. */
export function isReadable(node: Node): boolean {
  if (node.kind === "list") return node.items.every(isReadable);
  if (node.kind === "object") return node.items.every((item) => isReadable(item.value));
  if (node.type === "number") return goInteger(node.text) !== undefined;
  if (node.type === "float") return goFloat(node.text);
  return node.problem === undefined || node.problem.kind === "scanner";
}

/** Seconds of a literal, by the engine's types: numbers are seconds, strings are durations. */
export function durationOf(literal: Literal): number | undefined {
  if (literal.type === "string" || literal.type === "heredoc") return parseDuration(literal.text);
  if (literal.type === "number") {
    const seconds = goInteger(literal.text);
    return seconds === undefined ? undefined : parseDuration(String(seconds));
  }
  if (literal.type !== "float" || !goFloat(literal.text)) return undefined;
  return Math.trunc(Number(literal.text));
}

/** Whether a value can be read into the kind that an earlier one of the same name has left. */
export function takesOver(before: Node, node: Node): boolean {
  if (before.kind !== "literal") return node.kind !== "literal";
  if (node.kind !== "literal") return false;
  switch (before.type) {
    case "string":
    case "heredoc":
      return isText(node);
    case "number":
      return node.type === "number" || (node.type === "string" && goInteger(node.text) !== undefined);
    case "float":
      return node.type === "float" || node.type === "number";
    case "bool":
      return node.type === "bool";
  }
}

/** Whether the engine can read the node as a string. */
export function isText(node: Node): node is Literal {
  return (
    node.kind === "literal" && (node.type === "string" || node.type === "heredoc" || node.type === "number")
  );
}

/** The value of a parameter as the engine holds it; `undefined` for a number that it cannot hold. */
export function parameterValue(node: Node): ParameterValue | undefined {
  if (node.kind === "list") {
    const values = node.items.map(parameterValue);
    return values.includes(undefined) ? undefined : (values as ParameterValue[]);
  }
  if (node.kind === "object") {
    const out: { [key: string]: ParameterValue } = {};
    for (const item of node.items) {
      const value = parameterValue(item.value);
      if (value === undefined) return undefined;
      out[item.keys.map((key) => key.text).join(".")] = value;
    }
    return out;
  }
  if (node.type === "string" || node.type === "heredoc") return node.text;
  if (node.type === "bool") return node.text === "true";
  if (node.type === "number") return goInteger(node.text);
  return goFloat(node.text) ? Number(node.text) : undefined;
}

/** Go lower-cases character by character, so the dotted I and its like keep their length. */
export function goLower(text: string): string {
  if (!/[^\0-\x7f]/.test(text)) return text.toLowerCase();
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return Array.from(lower).length === 1 ? lower : character === "\u0130" ? "i" : character;
  }).join("");
}
