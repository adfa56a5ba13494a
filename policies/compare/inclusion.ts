import { type Capability, isListing } from "../capability";
import type { Dialect } from "../dialect";
import type { Conditions } from "../semantics/merged-rule";
import { WITH_PARAMETERS } from "../semantics/parameters";
import { admitsNothing, asksForLimit } from "./judged";
import { includesParameters } from "./parameter-lists";

/** Conditions as an engine judges them; `undefined` where there are none. */
export interface Conditioned {
  readonly conditions: Conditions | undefined;
  readonly dialect: Dialect;
}

/**
 * Whether every request with this capability that `narrow` admits is admitted by `wide`. True is proved, part by part; false is
 * also said where that is not known.
 */
export function includesRequests(wide: Conditioned, narrow: Conditioned, capability: Capability): boolean {
  const [outer, inner] = [wide.conditions, narrow.conditions];
  if (admitsNothing(inner, capability, narrow.dialect)) return true;
  if (!outer) return true;
  return (
    includesWrapping(wrappingOf(outer), wrappingOf(inner)) &&
    outer.mfaMethods.every((method) => inner?.mfaMethods.includes(method)) &&
    (!outer.controlGroup || JSON.stringify(outer.controlGroup) === JSON.stringify(inner?.controlGroup)) &&
    includesOwn(wide, narrow, capability)
  );
}

/** What only some capabilities are judged by. */
function includesOwn(wide: Conditioned, narrow: Conditioned, capability: Capability): boolean {
  const [outer, inner] = [wide.conditions, narrow.conditions];
  if (isListing(capability)) {
    const filtered = outer?.filterPath && outer.filterPath !== inner?.filterPath;
    return !filtered && includesPages(wide, narrow);
  }
  if (capability === "subscribe")
    return (
      JSON.stringify(outer?.eventTypes.toSorted()) === JSON.stringify(inner?.eventTypes.toSorted() ?? [])
    );
  if (!WITH_PARAMETERS.has(capability)) return true;
  return includesParameters(outer, inner, {
    wide: wide.dialect,
    narrow: narrow.dialect,
  });
}

/** Seconds for which an answer may be wrapped, and whether it may go unwrapped. */
interface Wrapping {
  readonly unwrapped: boolean;
  readonly shortest: number;
  readonly longest: number;
}

function wrappingOf(conditions: Conditions | undefined): Wrapping {
  const shortest = Math.max(0, conditions?.minWrappingTtl ?? 0);
  const longest = Math.max(0, conditions?.maxWrappingTtl ?? 0);
  return {
    unwrapped: shortest === 0 && longest === 0,
    shortest,
    longest: longest === 0 ? Number.POSITIVE_INFINITY : longest,
  };
}

function includesWrapping(wide: Wrapping, narrow: Wrapping): boolean {
  if (narrow.unwrapped && !wide.unwrapped) return false;
  return wide.shortest <= narrow.shortest && wide.longest >= narrow.longest;
}

function includesPages(wide: Conditioned, narrow: Conditioned): boolean {
  const [outer, inner] = [wide.conditions?.paginationLimit ?? 0, narrow.conditions?.paginationLimit ?? 0];
  if (outer === 0) return true;
  if (inner === 0 || inner > outer) return false;
  if (asksForLimit(wide.conditions) && !asksForLimit(narrow.conditions)) return false;
  return !wide.dialect.closesZeroLimit || narrow.dialect.closesZeroLimit;
}
