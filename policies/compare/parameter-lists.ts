import type { Dialect } from "../dialect";
import { goLower } from "../language/go-values";
import type { ParameterValue } from "../rule";
import type { Conditions } from "../semantics/merged-rule";
import { includesValues, type Values } from "./values";

type Lists = Pick<Conditions, "allowed" | "denied" | "required">;
type Named = ReadonlyMap<string, readonly ParameterValue[]>;

/** Whether every set of parameters that `narrow` admits is admitted by `wide`. False also where that is not known. */
export function includesParameters(
  wide: Lists | undefined,
  narrow: Lists | undefined,
  dialects: { readonly wide: Dialect; readonly narrow: Dialect },
): boolean {
  if (!wide) return true;
  const own: Lists = narrow ?? { allowed: undefined, denied: undefined, required: [] };
  const required = new Set(own.required.map(goLower));
  if (!wide.required.every((name) => required.has(goLower(name)))) return false;
  // Then only empty parameters get as far as the lists, and these let them pass.
  if (own.denied?.has("*")) return true;
  return (
    includesDenied(wide.denied, own, dialects) && includesAllowed(restricting(wide.allowed), own, dialects)
  );
}

/** A list that names nothing but `*` lets every parameter pass. */
function restricting(allowed: Named | undefined): Named | undefined {
  return allowed?.size === 1 && allowed.has("*") ? undefined : allowed;
}

/** Whether whatever `wide` denies is denied by `narrow` too, or not allowed there. */
function includesDenied(
  denied: Named | undefined,
  narrow: Lists,
  dialects: { readonly wide: Dialect; readonly narrow: Dialect },
): boolean {
  if (!denied) return true;
  if (denied.has("*")) return false;
  const allowed = restricting(narrow.allowed);
  return [...denied].every(([name, values]) => {
    if (allowed && !allowed.has("*") && !allowed.has(name)) return true;
    const own = narrow.denied?.get(name);
    if (!own) return values.length > 0 && includesValues("none", values);
    if (own.length === 0) return true;
    // Elements of lists are denied in the one and not in the other.
    if (dialects.wide.matchesElements && !dialects.narrow.matchesElements) return false;
    return values.length > 0 && includesValues(own, values);
  });
}

function includesAllowed(
  allowed: Named | undefined,
  narrow: Lists,
  dialects: { readonly wide: Dialect; readonly narrow: Dialect },
): boolean {
  if (!allowed) return true;
  const own = restricting(narrow.allowed);
  // No list names all parameters, so there is always one that is in none of them.
  if (!allowed.has("*") && (!own || own.has("*"))) return false;
  const names = [...new Set([...allowed.keys(), ...(own?.keys() ?? [])])].filter((name) => name !== "*");
  return names.every((name) => {
    if (narrow.denied?.get(name)?.length === 0) return true;
    const [outer, inner] = [valuesOf(allowed, name), own ? valuesOf(own, name) : "every"];
    const byElement = dialects.narrow.matchesElements && !dialects.wide.matchesElements;
    if (byElement && typeof inner !== "string" && outer !== "every") return false;
    // Where elements are looked at, a list without any passes, so "none" is not even the empty list.
    if (dialects.narrow.matchesElements && outer === "none" && inner !== "none") return false;
    return includesValues(outer, inner);
  });
}

function valuesOf(allowed: Named, name: string): Values {
  const values = allowed.get(name);
  if (!values) return allowed.has("*") ? "every" : "none";
  return values.length === 0 ? "every" : values;
}
