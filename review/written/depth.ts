import { UsageError } from "../../base/errors";

/** How deep lists and keys may nest: no file needs it, and a bound keeps the stack. */
const MOST = 100;

/** Looks level by level, because a recursion would need the stack that it is to spare. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST) return true;
    level = level.flatMap((each) => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** @param where the file, or the line */
export function tooDeep(where: string): UsageError {
  return new UsageError(`${where} is nested deeper than ${MOST} levels.`, "Flatten it.");
}
