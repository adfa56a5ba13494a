import type { ComparedCapability, Grant } from "./grant";
import { includesRequests } from "./inclusion";

/**
 * `gained` and `lost` are between nothing and something. Between grants of which one has conditions, `widened` is proved
 * to take no request away, `narrowed` to add none, and `changed` is the rest. `unknown` is what could not be decided, and
 * must be read as the worst.
 */
export type DifferenceKind = "gained" | "lost" | "widened" | "narrowed" | "changed" | "unknown";

/** What became of one capability on one path; `undefined` when nothing did. */
export function differenceKind(
  was: Grant,
  is: Grant,
  capability: ComparedCapability,
): DifferenceKind | undefined {
  if (was.level === "none") return is.level === "none" ? undefined : "gained";
  if (is.level === "none") return "lost";
  const [old, now] = [was.rule?.conditions, is.rule?.conditions];
  const [dialect, current] = [was.dialect ?? is.dialect, is.dialect ?? was.dialect];
  if ((!old && !now) || !dialect || !current) return undefined;
  const before = { conditions: old, dialect };
  const after = { conditions: now, dialect: current };
  const keepsAll = includesRequests(after, before, capability);
  const addsNone = includesRequests(before, after, capability);
  if (keepsAll) return addsNone ? undefined : "widened";
  return addsNone ? "narrowed" : "changed";
}
