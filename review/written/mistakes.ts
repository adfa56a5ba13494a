import { didYouMean } from "./nearest";
import type { Schema } from "./schema";
import { kindOf, nameOf, shown, words } from "./schema-words";
import type { Steps } from "./written";

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
