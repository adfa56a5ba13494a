/** A setting as a source has it: JSON, with holes where the source does not know. */
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | Unresolved
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Settings = { readonly [key: string]: Value };

/** A value that the source does not know: an expression, or something that is known after apply. */
export class Unresolved {
  constructor(
    /** As a reader finds it: `${var.team}`. */
    readonly words: string,
    /** What it is made of, `vault_identity_entity.ana.id`; one alone means that it is that value. */
    readonly references: readonly string[] = [],
  ) {}
}

/** What stands for one thing in other things' settings: its text, or the one reference to it. */
export function keyOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  return value instanceof Unresolved && value.references.length === 1 ? value.references[0] : undefined;
}

/** Texts of a list, or of the comma string that engines take for one; and whatever of it is not known. */
export function textsOf(value: Value): { readonly texts: string[]; readonly unresolved: Unresolved[] } {
  if (value === undefined || value === null) return { texts: [], unresolved: [] };
  if (value instanceof Unresolved) return { texts: [], unresolved: [value] };
  if (typeof value === "string") return { texts: split(value), unresolved: [] };
  if (!Array.isArray(value)) return { texts: [String(value)], unresolved: [] };
  const items = value as readonly Value[];
  return {
    texts: items.filter(isPlain).map(String),
    unresolved: items.filter((item) => item instanceof Unresolved),
  };
}

/** The map, or nothing where it is none. */
export function settingsIn(value: Value): Settings {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  return isMap && !(value instanceof Unresolved) ? (value as Settings) : {};
}

/** The text; `undefined` where it is none, or empty. */
export function textIn(value: Value): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether a setting is on, in any of the ways that engines take it (Go's strconv.ParseBool). */
export function isTrue(value: Value): boolean {
  return value === true || /^(1|t|T|TRUE|true|True)$/.test(wordOf(value));
}

/** Whether it is off, which for some settings is not the same as not there. */
export function isFalse(value: Value): boolean {
  return value === false || /^(0|f|F|FALSE|false|False)$/.test(wordOf(value));
}

function wordOf(value: Value): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function isPlain(value: Value): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function split(text: string): string[] {
  return text
    .split(",")
    .map((each) => each.trim())
    .filter(Boolean);
}
