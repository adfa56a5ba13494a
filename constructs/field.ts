import { DeclarationError } from "./declaration-error";

/**
 * What one field of a secret holds. A field never carries a value of its own, only its kind and, where the
 * value is no secret (a port, an algorithm), a default that documentation and tools may show.
 */
export interface Field {
  readonly kind: FieldKind;
  /** Whether the value must never be shown. */
  readonly sensitive: boolean;
  /** Whether the secret is complete without it. */
  readonly optional: boolean;
  /** A public default. Only fields that are not sensitive have one. */
  readonly default?: string | number;
  /** For `generated` fields: how many random bytes the value is made of. */
  readonly bytes?: number;
}

const KINDS = ["text", "number", "url", "port", "sensitive", "generated"] as const;
/** What a field holds; `sensitive` and `generated` are never shown. */
export type FieldKind = (typeof KINDS)[number];

/** The fields of a secret, by name. */
export type Fields = Readonly<Record<string, Field>>;

/** Text that is no secret: a host, a user name, an issuer. */
export function text(defaultValue?: string): Field {
  return field("text", { ...present(defaultValue) });
}

/**
 * A number that is no secret: a pool size, a database index, a time-out.
 * @throws DeclarationError when the default is not finite
 */
export function number(defaultValue?: number): Field {
  if (defaultValue !== undefined && !Number.isFinite(defaultValue)) {
    throw new DeclarationError(`number(${defaultValue}) is no number.`, "Use a finite one, or no default.");
  }
  return field("number", { ...present(defaultValue) });
}

/**
 * An address without credentials in it. One that has a password inside is `sensitive()`.
 * @throws DeclarationError when the default is no URL or has credentials
 */
export function url(defaultValue?: string): Field {
  if (defaultValue !== undefined) checkUrl(defaultValue);
  return field("url", { ...present(defaultValue) });
}

/** A TCP port, 1 to 65535. @throws DeclarationError when the default is no port */
export function port(defaultValue?: number): Field {
  if (
    defaultValue !== undefined &&
    !(Number.isInteger(defaultValue) && defaultValue >= 1 && defaultValue <= 65535)
  ) {
    throw new DeclarationError(
      `port(${defaultValue}) is no TCP port.`,
      "Use a whole number from 1 to 65535.",
    );
  }
  return field("port", { ...present(defaultValue) });
}

/** A value that must never be shown: a password, a key, a token, an address with credentials in it. */
export function sensitive(): Field {
  return field("sensitive", { sensitive: true });
}

/**
 * A sensitive value that Strongroom may make itself: random bytes in base64url.
 * @param options.bytes how many random bytes, at least 16
 * @default 32 bytes (256 bits)
 * @throws DeclarationError when that is too few or too many
 */
export function generated(options: { readonly bytes?: number } = {}): Field {
  const bytes = options.bytes ?? 32;
  if (!Number.isInteger(bytes) || bytes < 16 || bytes > 1024) {
    throw new DeclarationError(
      `generated({ bytes: ${bytes} }) is out of range.`,
      "Use 16 to 1024 random bytes.",
    );
  }
  return field("generated", { sensitive: true, bytes });
}

/** The same field, but the secret is complete without it. */
export function optional(inner: Field): Field {
  return { ...inner, optional: true };
}

/** Whether something was made by one of the functions above. */
export function isField(something: unknown): something is Field {
  const { kind } = (something ?? {}) as Partial<Field>;
  return KINDS.some((each) => each === kind);
}

/** The default is not told: what was taken for an address may be a secret. */
function checkUrl(text: string): void {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed)
    throw new DeclarationError(
      "The default of a url() is no URL.",
      'Write it in full, as in "https://host/path".',
    );
  if (parsed.username !== "" || parsed.password !== "") {
    throw new DeclarationError(
      "The default of a url() has credentials in it.",
      "Take them out and declare the field as sensitive(): a declaration never holds a value.",
    );
  }
}

function field(kind: FieldKind, more: Partial<Field>): Field {
  return { kind, sensitive: false, optional: false, ...more };
}

function present(value: string | number | undefined): Pick<Field, "default"> | Record<string, never> {
  return value === undefined ? {} : { default: value };
}
