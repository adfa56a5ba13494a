import { listed } from "../../base/words";
import { amountWords } from "../amount-words";
import { type Constraint, KNOWN_AFTER_APPLY } from "../model";
import { isWithin } from "./networks";

/** How a bound of a login changed. */
export interface ConstraintChange {
  readonly name: string;
  readonly kind: "constraint-widened" | "constraint-narrowed" | "constraint-changed";
  /** To stand behind a principal: `has a wider token_ttl: 2 h, before 1 h`. */
  readonly sentence: string;
  /** The new value, as the sentence shows it. */
  readonly to: string;
}

/** The bounds that differ between two logins of the same principal; one that is missing bounds nothing. */
export function constraintChanges(
  before: readonly Constraint[],
  after: readonly Constraint[],
): ConstraintChange[] {
  // A revision against itself: what nobody knows yet is the same there.
  if (before === after) return [];
  const [old, now] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    const change = differenceOf(was ?? openAs(is), is ?? openAs(was));
    if (!change) return [];
    const to = shownValue(is ?? openAs(was));
    const sentence = `${WORDS[change]} ${name}: ${to}, before ${shownValue(was ?? openAs(is))}`;
    return [{ name, kind: `constraint-${change}` as const, sentence, to }];
  });
}

const WORDS = {
  widened: "has a wider",
  narrowed: "has a narrower",
  changed: "has another",
};

function byName(constraints: readonly Constraint[]): Map<string, Constraint> {
  return new Map(constraints.map((constraint) => [constraint.name, constraint]));
}

/** The same bound where it bounds nothing. */
function openAs(other: Constraint | undefined): Constraint | undefined {
  switch (other?.kind) {
    case "members":
    case "networks":
      return { ...other, values: [] };
    case "limit":
      return { ...other, value: 0 };
    case "required":
      return { ...other, value: false };
    default:
      return undefined;
  }
}

type Difference = "widened" | "narrowed" | "changed";

function differenceOf(was: Constraint | undefined, is: Constraint | undefined): Difference | undefined {
  if (!was || !is || was.kind !== is.kind) return "changed";
  switch (is.kind) {
    case "members":
      return bySets((was as typeof is).values, is.values, coversMembers);
    case "networks":
      return bySets((was as typeof is).values, is.values, coversNetworks);
    case "limit":
      return byOrder(limit((was as typeof is).value), limit(is.value));
    case "required":
      return byOrder(Number(!(was as typeof is).value), Number(!is.value));
    case "exact":
      return (was as typeof is).value === is.value && !is.value.includes(KNOWN_AFTER_APPLY)
        ? undefined
        : "changed";
  }
}

function limit(value: number): number {
  return value === 0 ? Number.POSITIVE_INFINITY : value;
}

function byOrder(was: number, is: number): Difference | undefined {
  return was === is ? undefined : is > was ? "widened" : "narrowed";
}

function bySets(
  was: readonly string[],
  is: readonly string[],
  covers: (wide: readonly string[], narrow: readonly string[]) => boolean | undefined,
): Difference | undefined {
  const [more, fewer] = [covers(is, was), covers(was, is)];
  if (more === undefined || fewer === undefined) return sameMembers(was, is) ? undefined : "changed";
  if (more && fewer) return undefined;
  return more ? "widened" : fewer ? "narrowed" : "changed";
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...new Set(a)].sort()) === JSON.stringify([...new Set(b)].sort());
}

/** An empty set, or one with `*`, stands for everybody; `team-*` for all that begin so. */
function coversMembers(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide.length === 0 || wide.includes("*")) return true;
  if (narrow.length === 0) return false;
  return narrow.every((member) => wide.some((each) => matchesGlob(each, member)));
}

/** Holds for a member that is itself a glob: its stars are letters that only a star can match. */
function matchesGlob(glob: string, member: string): boolean {
  if (!glob.includes("*")) return glob === member;
  const expression = glob.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|/]/g, "\\$&"));
  return new RegExp(`^${expression.join(".*")}$`, "su").test(member);
}

function coversNetworks(wide: readonly string[], narrow: readonly string[]): boolean | undefined {
  if (wide.length === 0) return true;
  if (narrow.length === 0) return false;
  return isWithin(narrow, wide);
}

function shownValue(constraint: Constraint | undefined): string {
  switch (constraint?.kind) {
    case "members":
      return constraint.values.length === 0 || constraint.values.includes("*")
        ? "everybody"
        : listed(constraint.values);
    case "networks":
      return constraint.values.length === 0 ? "everywhere" : listed(constraint.values);
    case "limit":
      return constraint.value === 0 ? "no limit" : amountWords(constraint.value, constraint.unit);
    case "required":
      return constraint.value ? "required" : "not required";
    case "exact":
      return constraint.value === "" ? "nothing" : constraint.value;
    default:
      return "nothing";
  }
}
