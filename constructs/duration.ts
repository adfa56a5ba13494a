import type { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";

/** A length of time in whole seconds, as the engines count leases and tokens. */
export interface Duration {
  readonly seconds: number;
}

const UNITS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

/** The engines count nanoseconds in 63 bits, which is a little more than 292 years. */
const LONGEST_SECONDS = 9_000_000_000;

export const minutes = (count: number): Duration => duration(count, "minutes");
export const hours = (count: number): Duration => duration(count, "hours");
export const days = (count: number): Duration => duration(count, "days");

/** How often a secret is to be rotated: `every(90, "days")`. */
export const every = (count: number, unit: Unit): Duration => duration(count, unit);

function duration(count: number, unit: Unit): Duration {
  const seconds = count * UNITS[unit];
  if (!isLength(seconds)) {
    throw new DeclarationError(
      `${count} ${unit} is no duration.`,
      `Use a number above zero that comes to whole seconds, in ${Object.keys(UNITS).join(", ")}.`,
    );
  }
  return { seconds };
}

/**
 * The bundle runs without a type check, so that a bare number can reach a property that wants a duration.
 * @throws DeclarationError naming the property
 */
export function checkDuration(
  what: string,
  given: Duration | undefined,
  construct: string,
  place: DeclarationPlace,
): void {
  if (given === undefined || isLength(given?.seconds)) return;
  throw new DeclarationError(
    `${construct}: ${what} is no duration.`,
    'Write it with its unit: hours(1), minutes(10), every(90, "days").',
    place,
  );
}

function isLength(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds > 0 && seconds <= LONGEST_SECONDS;
}
