import { DeclarationError } from "./declaration-error";

/** A length of time in whole seconds, as the engines count leases and tokens. */
export interface Duration {
  readonly seconds: number;
}

const UNITS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

export const minutes = (count: number): Duration => duration(count, "minutes");
export const hours = (count: number): Duration => duration(count, "hours");
export const days = (count: number): Duration => duration(count, "days");

/** How often a secret is to be rotated: `every(90, "days")`. */
export const every = (count: number, unit: Unit): Duration => duration(count, unit);

function duration(count: number, unit: Unit): Duration {
  const seconds = count * UNITS[unit];
  if (!Number.isInteger(seconds) || seconds <= 0) {
    throw new DeclarationError(
      `${count} ${unit} is no duration.`,
      "Use a number above zero that comes to whole seconds.",
    );
  }
  return { seconds };
}
