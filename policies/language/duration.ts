/** Go's largest duration, in seconds. */
const MAX_SECONDS = Number(2n ** 63n - 1n) / 1e9;

const UNITS: { readonly [unit: string]: number } = {
  ns: 1e-9,
  us: 1e-6,
  "\u00b5s": 1e-6,
  "\u03bcs": 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/**
 * Seconds of a duration as the engines read it: `"90"` and `90` are seconds, `"1d"` a day, else Go's `"1h30m"`. An
 * empty string is 0. `undefined` when it is no duration.
 */
export function parseDuration(text: string): number | undefined {
  if (text === "") return 0;
  if (/^[+-]?\d+$/.test(text)) return bounded(Number(text));
  if (text.endsWith("d"))
    return /^[+-]?\d+d$/.test(text) ? bounded(Number(text.slice(0, -1)) * 86_400) : undefined;
  const sign = text.startsWith("-") ? -1 : 1;
  const body = /^[+-]/.test(text) ? text.slice(1) : text;
  if (body === "0") return 0;
  if (!/^((\d+(\.\d*)?|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(body)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of body.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g)) {
    seconds += Number(amount) * (UNITS[unit as string] as number);
  }
  return bounded(sign * seconds);
}

function bounded(seconds: number): number | undefined {
  return Math.abs(seconds) <= MAX_SECONDS ? seconds : undefined;
}

/** Seconds the way a policy writes them: `30s`, `1.5s`. */
export function printDuration(seconds: number): string {
  return `${String(seconds).includes("e") ? seconds.toFixed(9) : seconds}s`;
}

/**
 * Milliseconds since 1970 of an RFC 3339 time or of a whole number of seconds, as the engines read `expiration`.
 * `undefined` when it is neither.
 */
export function parseTime(text: string): number | undefined {
  if (/^[+-]?\d+$/.test(text)) {
    const seconds = BigInt(text.replace("+", ""));
    return seconds >= -(2n ** 63n) && seconds < 2n ** 63n ? Number(seconds) * 1000 : undefined;
  }
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})([.,]\d+)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > days) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const millis = fraction ? Math.floor(Number(`0.${fraction.slice(1)}`) * 1000) : 0;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    millis,
  );
  if (zone === "Z") return local;
  if (Number(zone?.slice(1, 3)) > 24 || Number(zone?.slice(4, 6)) > 60) return undefined;
  const offset = Number(zone?.slice(1, 3)) * 60 + Number(zone?.slice(4, 6));
  return local - (zone?.startsWith("-") ? -1 : 1) * offset * 60_000;
}
