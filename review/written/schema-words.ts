import type { Schema, SchemaType } from "./schema";
import type { Steps } from "./written";

const WORDS: { readonly [type in SchemaType]: string } = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "keys with values",
  array: "a list",
};

/** What a value has to be: `text or a list`. */
export function words({ type }: Schema): string {
  return [type]
    .flat()
    .map((each) => (each ? WORDS[each] : "anything"))
    .join(" or ");
}

/** What a value is instead: `the text "abc"`, `a list`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "keys with values";
  return typeof value === "string" ? `the text ${shown(value)}` : shown(value);
}

/** `cases[3].request`, or `the file` itself. */
export function nameOf(steps: Steps): string {
  if (steps.length === 0) return "the file";
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step + 1}]` : index > 0 ? `.${step}` : step))
    .join("");
}

/** A value as a reader wants to see it, cut to a part of a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
