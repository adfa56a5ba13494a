import { didYouMean } from "./nearest";
import type { Steps } from "./written";

/** The part of JSON schema (draft 2020-12) in which the files that people write are described. */
export interface Schema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly properties?: { readonly [key: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
  readonly minProperties?: number;
  /** For numbers; of other types it says nothing. */
  readonly minimum?: number;
  readonly minItems?: number;
  /** What every key has to be; its description is the advice. */
  readonly propertyNames?: Pick<Schema, "type" | "pattern" | "description">;
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  /** For people and editors. */
  readonly description?: string;
}

type SchemaType = "string" | "number" | "integer" | "boolean" | "object" | "array";

/** One way in which a value is not as its schema says. */
export interface Mistake {
  readonly steps: Steps;
  /** Whether it is about the key or about what stands under it. */
  readonly of: "key" | "value";
  /** One sentence. */
  readonly what: string;
  readonly fix: string;
}

/** More say nothing new. */
const MOST = 20;

/** Everything in which a value is not as its schema says, at most twenty. */
export function mistakesIn(value: unknown, schema: Schema, root: Steps = []): Mistake[] {
  const found: Mistake[] = [];
  check(value, schema, schema as unknown as Definitions, root, found);
  return found;
}

interface Definitions {
  readonly $defs?: { readonly [name: string]: Schema };
}

function check(value: unknown, given: Schema, root: Definitions, steps: Steps, found: Mistake[]): void {
  if (found.length >= MOST) return;
  const schema = given.$ref === undefined ? given : (root.$defs?.[given.$ref.slice("#/$defs/".length)] ?? {});
  const refused = alternatives(value, schema, root, steps, found) ?? refusal(value, schema, steps);
  if (refused) {
    if (refused !== "told") found.push({ steps, of: "value", what: refused.what, fix: refused.fix });
  } else if (Array.isArray(value)) {
    const { items } = schema;
    if (items)
      for (const [index, each] of value.entries()) check(each, items, root, [...steps, index], found);
  } else if (typeof value === "object" && value !== null) {
    checkKeys(value as { readonly [key: string]: unknown }, schema, root, steps, found);
  }
}

type Refusal = Pick<Mistake, "what" | "fix">;

/** What is wrong by `anyOf`. Of several alternatives the one of the value's own type tells its mistakes itself. */
function alternatives(
  value: unknown,
  { anyOf }: Schema,
  root: Definitions,
  steps: Steps,
  found: Mistake[],
): Refusal | "told" | undefined {
  if (!anyOf || anyOf.some((each) => fits(value, each, root))) return undefined;
  const meant = anyOf.find((each) => each.type !== undefined && hasType(value, each));
  if (meant) {
    check(value, meant, root, steps, found);
    return "told";
  }
  if (anyOf.some((each) => each.type !== undefined)) {
    const what = `${nameOf(steps)} has to be ${anyOf.map(words).join(" or ")}`;
    return { what, fix: `It is ${kindOf(value)}.` };
  }
  const keys = anyOf.flatMap((each) => each.required ?? []);
  return { what: `${nameOf(steps)} has none of ${keys.join(", ")}`, fix: "Add one of them." };
}

function refusal(value: unknown, schema: Schema, steps: Steps): Refusal | undefined {
  if (schema.type !== undefined && !hasType(value, schema))
    return { what: `${nameOf(steps)} has to be ${words(schema)}`, fix: `It is ${kindOf(value)}.` };
  const what = `${shown(value)} is not possible for ${nameOf(steps)}`;
  if (schema.enum && !schema.enum.includes(value as string | number))
    return { what, fix: didYouMean(String(value), schema.enum.map(String)) };
  const { pattern, minimum, minItems = 0 } = schema;
  if (minimum !== undefined && typeof value === "number" && value < minimum)
    return { what, fix: `It has to be at least ${minimum}.` };
  if (Array.isArray(value) && value.length < minItems)
    return { what: `${nameOf(steps)} is empty`, fix: "Write what it is to hold, or leave it out." };
  if (pattern === undefined || typeof value !== "string" || new RegExp(pattern, "u").test(value))
    return undefined;
  return { what, fix: schema.description ?? `It has to match ${pattern}.` };
}

function checkKeys(
  value: { readonly [key: string]: unknown },
  schema: Schema,
  root: Definitions,
  steps: Steps,
  found: Mistake[],
): void {
  const { properties = {}, additionalProperties: other, required = [], minProperties = 0 } = schema;
  const { pattern, description } = schema.propertyNames ?? {};
  const keys = Object.keys(value);
  for (const key of keys) {
    if (pattern !== undefined && !new RegExp(pattern, "u").test(key))
      found.push({
        steps: [...steps, key],
        of: "key",
        what: `${shown(key)} is not possible as a key of ${nameOf(steps)}`,
        fix: description ?? `It has to match ${pattern}.`,
      });
    const inner = Object.hasOwn(properties, key) ? properties[key] : other;
    if (inner) check(value[key], inner, root, [...steps, key], found);
    else if (inner === false)
      found.push({
        steps: [...steps, key],
        of: "key",
        what: `${nameOf(steps)} knows no ${shown(key)}`,
        fix: didYouMean(key, Object.keys(properties)),
      });
  }
  for (const key of required)
    if (!Object.hasOwn(value, key))
      found.push({ steps, of: "value", what: `${nameOf(steps)} has no ${key}`, fix: `Add ${key}.` });
  if (keys.length < minProperties)
    found.push({
      steps,
      of: "value",
      what: `${nameOf(steps)} says nothing`,
      fix: `Add one of ${Object.keys(properties).join(", ")}.`,
    });
}

function fits(value: unknown, schema: Schema, root: Definitions): boolean {
  const found: Mistake[] = [];
  check(value, schema, root, [], found);
  return found.length === 0;
}

function hasType(value: unknown, { type }: Schema): boolean {
  return [type].flat().some((each) => {
    if (each === "array") return Array.isArray(value);
    if (each === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
    if (each === "integer") return Number.isInteger(value);
    return typeof value === each;
  });
}

const WORDS: { readonly [type in SchemaType]: string } = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "keys with values",
  array: "a list",
};

function words({ type }: Schema): string {
  return [type]
    .flat()
    .map((each) => (each ? WORDS[each] : "anything"))
    .join(" or ");
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "keys with values";
  return typeof value === "string" ? `the text ${shown(value)}` : shown(value);
}

/** `cases[3].request`, or `the file` itself. */
function nameOf(steps: Steps): string {
  if (steps.length === 0) return "the file";
  return steps
    .map((step, index) => (typeof step === "number" ? `[${step + 1}]` : index > 0 ? `.${step}` : step))
    .join("");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
