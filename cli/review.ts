import { reviewRevisions } from "../review/compare/review-revisions";
import type { AccessRevision } from "../review/model";
import { assumeDefault } from "../review/sources/default-policy";
import { assumeHolders } from "../review/sources/unheld-policies";
import { verdictOf } from "../review/verdict";
import { interruptible } from "./interrupt";
import { settingsOf } from "./policy/lint-settings";
import { formatOf, outputsOf, writeReview } from "./review-output";
import { checkSides, readSides, type SideChoices } from "./review-sides";
import { thresholdOf } from "./threshold";
import { logFiles } from "./traffic/text";

export interface ReviewChoices extends SideChoices {
  readonly failOn: string;
  readonly format: string;
  readonly output?: readonly string[];
  readonly acceptNewApprovals?: boolean;
  /** Whether to name the engine's capabilities as well. */
  readonly capabilities?: boolean;
  /** Audit logs to replay. */
  readonly traffic?: readonly string[];
}

/** `strongroom review`: writes what a change does to access, and exits as review/verdict.ts says. */
export async function reviewCommand(choices: ReviewChoices): Promise<void> {
  const threshold = thresholdOf(choices.failOn);
  const format = formatOf(choices.format);
  const outputs = outputsOf(choices.output ?? []);
  checkSides(choices);
  const found = await interruptible((signal) => readSides(choices, signal));
  const alike = assumeDefault(found.base, found.head);
  const { base, head, ...held } = assumeHolders(alike.base, alike.head);
  const notes = [...alike.notes, ...held.notes];
  const now = Date.now();
  const accept =
    choices.acceptNewApprovals === undefined ? {} : { acceptNewApprovals: choices.acceptNewApprovals };
  // They belong to the working tree: of another head nothing is suppressed.
  const settings = choices.head === undefined ? settingsOf(undefined) : undefined;
  const suppressions = settings?.suppressions ?? [];
  const compared = reviewRevisions(base, head, { now, approvals: found.approvals, suppressions, ...accept });
  const traffic = await trafficNotes(base, head, choices.traffic ?? [], now);
  const review = { ...compared, notes: [...traffic, ...found.notes, ...notes, ...compared.notes] };
  const { capabilities = false } = choices;
  writeReview({ review, base, head, now }, format, outputs, { capabilities });
  process.exitCode = verdictOf(review, threshold);
}

/** What the change would have done to recorded requests. */
async function trafficNotes(
  base: AccessRevision,
  head: AccessRevision,
  files: readonly string[],
  now: number,
): Promise<readonly string[]> {
  if (files.length === 0) return [];
  const { strongroomPolicies } = await import("../bootstrap/own-policies");
  const { replayTraffic } = await import("../review/traffic/replay");
  const { replayNotes } = await import("../review/traffic/words");
  const options = { now, keptPolicies: strongroomPolicies };
  return replayNotes(await replayTraffic(base, head, logFiles(files), options));
}
