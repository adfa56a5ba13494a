import { Unresolved, type Value } from "../inventory/value";

/** What a traversal like `vault_policy.dotmac.name` stands for. @param path its steps @param words as it was written */
export type Lookup = (path: readonly (string | number)[], words: string) => Value;

/**
 * Literals, lists, references, and the functions that lists of names are made with. Anything else is unresolved and keeps the
 * references in it.
 */
export function evaluateExpression(source: string, lookup: Lookup): Value {
  const words = `\${${source.trim()}}`;
  try {
    const parser = new Parser(tokensOf(source), lookup);
    const value = parser.expression();
    if (parser.done) return value;
  } catch (error) {
    if (!(error instanceof NotFollowed)) throw error;
  }
  return new Unresolved(words, ["", ...referencesIn(source)]);
}

class NotFollowed extends Error {}

const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*)|([[\](){},.=:]))/y;

function tokensOf(source: string): string[] {
  const tokens: string[] = [];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new NotFollowed();
    tokens.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? "");
  }
  return tokens;
}

/** Addresses in an expression that is not followed: good enough to tell a reader what it is about. */
function referencesIn(source: string): string[] {
  return source.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").match(/[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)+/g) ?? [];
}

type Call = (values: readonly Value[]) => Value;

const FUNCTIONS: Readonly<Record<string, Call>> = {
  toset: ([list]) => (Array.isArray(list) ? [...new Set(list)] : list),
  tolist: ([list]) => list,
  tostring: ([value]) => plain(value),
  concat: (lists) => lists.flatMap((list) => (Array.isArray(list) ? list : fail())),
  jsonencode: ([value]) => (holdsUnresolved(value) ? fail() : JSON.stringify(value)),
  lower: ([text]) => plain(text).toLowerCase(),
  trimspace: ([text]) => plain(text).trim(),
  join: ([glue, list]) => (Array.isArray(list) ? list.map(plain).join(plain(glue)) : fail()),
};

class Parser {
  #at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly lookup: Lookup,
  ) {}

  get done(): boolean {
    return this.#at === this.tokens.length;
  }

  expression(): Value {
    const token = this.#next();
    if (token === "[") return this.#list("]");
    if (token.startsWith('"')) return stringIn(token);
    if (/^\d/.test(token)) return Number(token);
    if (token === "true" || token === "false") return token === "true";
    if (token === "null") return null;
    if (!/^[A-Za-z_]/.test(token)) throw new NotFollowed();
    return this.#peek() === "(" ? this.#call(token) : this.#traversal(token);
  }

  #call(name: string): Value {
    this.#next();
    const values = this.#list(")");
    const call = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!call || values.some((value) => value instanceof Unresolved)) throw new NotFollowed();
    return call(values);
  }

  #list(close: string): Value[] {
    const values: Value[] = [];
    while (this.#peek() !== close) {
      values.push(this.expression());
      if (this.#peek() === ",") this.#next();
      else if (this.#peek() !== close) throw new NotFollowed();
    }
    this.#next();
    return values;
  }

  #traversal(first: string): Value {
    const path: (string | number)[] = [first];
    let words = first;
    for (let sign = this.#peek(); sign === "." || sign === "["; sign = this.#peek()) {
      this.#next();
      const step = this.#next();
      if (sign === "[") {
        if (this.#next() !== "]") throw new NotFollowed();
        path.push(step.startsWith('"') ? stringIn(step) : index(step));
        words += `[${step}]`;
      } else {
        path.push(/^\d+$/.test(step) ? Number(step) : step);
        words += `.${step}`;
      }
    }
    return this.lookup(path, words);
  }

  #peek(): string | undefined {
    return this.tokens[this.#at];
  }

  #next(): string {
    const token = this.tokens[this.#at++];
    if (token === undefined) throw new NotFollowed();
    return token;
  }
}

/** A quoted string without a template of its own in it. */
function stringIn(token: string): string {
  if (token.includes("${") || token.includes("%{")) throw new NotFollowed();
  try {
    return JSON.parse(token) as string;
  } catch {
    throw new NotFollowed();
  }
}

function index(token: string): number {
  if (!/^\d+$/.test(token)) throw new NotFollowed();
  return Number(token);
}

function holdsUnresolved(value: Value): boolean {
  if (value instanceof Unresolved) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnresolved);
}

/** The text of something that has one. */
function plain(value: Value): string {
  return value === undefined || typeof value === "object" ? fail() : String(value);
}

function fail(): never {
  throw new NotFollowed();
}
