import type { Dialect } from "../dialect";
import { goLower } from "../language/go-values";
import type { ParameterValue } from "../rule";
import type { Conditions } from "./merged-rule";
import type { DecisionReason } from "./request";

/** The operations, and the capabilities of the same names, whose requests are judged by their parameters. */
export const WITH_PARAMETERS: ReadonlySet<string> = new Set(["create", "read", "update", "patch", "recover"]);

type Data = { readonly [parameter: string]: unknown };

/**
 * Why the parameters of a request are refused by the conditions of its rule; `undefined` when they are fine.
 * @param fromQuery whether they are a query, where a name that is given twice has a list that equals nothing and whose elements
 * no engine looks at (http/handler.go, parseQuery: it is of another type than a list in a body)
 */
export function judgeParameters(
  conditions: Conditions,
  given: Data | undefined,
  dialect: Dialect,
  fromQuery = false,
): DecisionReason | undefined {
  const data = fromQuery && given ? withoutLists(given) : given;
  const names = data ? Object.keys(data) : [];
  for (const required of conditions.required) {
    if (!data || !Object.hasOwn(data, goLower(required))) return "required-parameter";
  }
  // An empty body skips the two lists: what it could deny is not there.
  if (!data || names.length === 0) return undefined;
  const { allowed, denied } = conditions;
  if (denied) {
    if (denied.has("*")) return "denied-parameter";
    for (const name of names) {
      const values = denied.get(goLower(name));
      if (values && isDenied(data[name], values, dialect)) return "denied-parameter";
    }
  }
  if (!allowed) return undefined;
  const anyName = allowed.has("*");
  if (anyName && allowed.size === 1) return undefined;
  for (const name of names) {
    const values = allowed.get(goLower(name));
    if (!values && !anyName) return "allowed-parameters";
    if (values && !isAllowed(data[name], values, dialect)) return "allowed-parameters";
  }
  return undefined;
}

const EQUALS_NOTHING = Symbol("a list in a query");

function withoutLists(data: Data): Data {
  if (!Object.values(data).some(Array.isArray)) return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? EQUALS_NOTHING : value]),
  );
}

function isAllowed(value: unknown, values: readonly ParameterValue[], dialect: Dialect): boolean {
  if (values.length === 0 || isAmong(value, values)) return true;
  if (!dialect.matchesElements) return false;
  // Vault >= 1.21: every element of a list, or of a text taken as a comma list. Nothing to look at passes.
  return elementsOf(value)?.every((element) => isAmong(element, values)) ?? false;
}

function isDenied(value: unknown, values: readonly ParameterValue[], dialect: Dialect): boolean {
  if (values.length === 0 || isAmong(value, values)) return true;
  if (!dialect.matchesElements) return false;
  return elementsOf(value)?.some((element) => isAmong(element, values)) ?? false;
}

function elementsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string") return undefined;
  return value === "" ? [] : value.split(",").map((element) => element.trim());
}

function isAmong(value: unknown, values: readonly ParameterValue[]): boolean {
  return values.some((each) => {
    if (typeof each === "string") return typeof value === "string" && globMatches(each, value);
    return sameValue(each, value, true);
  });
}

/** A `*` at either end stands for any text; a value `*` alone is that very text. */
function globMatches(pattern: string, value: string): boolean {
  if (pattern.length < 2) return pattern === value;
  const open = pattern.startsWith("*");
  const close = pattern.endsWith("*");
  if (open && close) return value.includes(pattern.slice(1, -1));
  if (open) return value.endsWith(pattern.slice(1));
  return close ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

/**
 * The engine's deep equality between a literal of a policy and a value of a request. Numbers never equal: a request's are
 * of another type. Nor do objects inside objects, which a policy holds as lists.
 */
function sameValue(literal: ParameterValue, value: unknown, inList: boolean): boolean {
  if (typeof literal === "string" || typeof literal === "boolean") return literal === value;
  if (typeof literal === "number") return false;
  if (Array.isArray(literal)) {
    if (!Array.isArray(value) || value.length !== literal.length) return false;
    return literal.every((each, index) => sameValue(each as ParameterValue, value[index], true));
  }
  if (!inList || typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const [wanted, given] = [Object.entries(literal), Object.keys(value)];
  return (
    wanted.length === given.length &&
    wanted.every(([key, each]) => Object.hasOwn(value, key) && sameValue(each, (value as Data)[key], false))
  );
}
