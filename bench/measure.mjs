import { spawnSync } from "node:child_process";

/** Runs a command to its end. @returns wall seconds @throws when it fails, with what it said */
export function timed(command, args, options = {}) {
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...options });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed: ${error ?? ""}\n${stdout}\n${stderr}`);
  return { seconds, stdout };
}

/** Minimum, median and maximum of numbers of one unit, to three places. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { min: round(sorted[0]), median: round(median), max: round(sorted.at(-1)), runs: sorted.length };
}

/** A median against a limit of its own, in a unit. `most` says whether it may be at most or must be at least so much. */
export function ceiling(what, ours, limit, unit, most = true) {
  return {
    what,
    value: ours.median,
    unit,
    limit,
    ...(most ? {} : { least: true }),
    met: most === ours.median <= limit,
  };
}

/** A ratio of medians against the limit that it was promised to keep. */
export function figure(what, ours, reference, limit) {
  const ratio = round(ours.median / reference.median);
  return { what, ratio, limit, met: ratio <= limit };
}

function round(number) {
  return Math.round(number * 1000) / 1000;
}
