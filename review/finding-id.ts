import { createHash } from "node:crypto";
import type { Finding } from "./finding";

/** What a finding is made of; its id follows. */
export type FindingParts = Omit<Finding, "id">;

/** Gives a finding its id: the same in every run that finds the same fact about the same principals. */
export function withId(parts: FindingParts): Finding {
  const { kind, principals, sentence, access, rule, approval } = parts;
  const fact = JSON.stringify([kind, principals, sentence, access?.regions, rule, approval?.by]);
  return { id: `${kind}-${createHash("sha256").update(fact).digest("hex").slice(0, 12)}`, ...parts };
}
