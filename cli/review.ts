import { calledFrom } from "../base/called-from";
import { OperationalError, StrongroomError, UsageError } from "../base/errors";
import { type Approvals, NO_APPROVALS } from "../review/approvals/approvals";
import { approvalsOfRevision, approvalsOfTree } from "../review/approvals/approvals-at";
import { reviewRevisions } from "../review/compare/review-revisions";
import type { AccessRevision } from "../review/model";
import { assumeDefault } from "../review/sources/default-policy";
import { defaultBase } from "../review/sources/git/merge-base";
import { verdictOf } from "../review/verdict";
import { interruptible } from "./interrupt";
import { settingsOf } from "./policy/lint-settings";
import { revisionFrom } from "./read-revision";
import { formatOf, outputsOf, writeReview } from "./review-output";
import { thresholdOf } from "./threshold";
import { logFiles } from "./traffic/text";

export interface ReviewChoices {
  readonly base?: string;
  readonly head?: string;
  readonly failOn: string;
  readonly format: string;
  readonly output?: readonly string[];
  readonly baseEngine?: string;
  readonly headEngine?: string;
  readonly baseMissing?: string;
  readonly acceptNewApprovals?: boolean;
  /** Whether to name the engine's capabilities as well. */
  readonly capabilities?: boolean;
  /** Audit logs to replay. */
  readonly traffic?: readonly string[];
}

/** `strongroom review`. */
export async function reviewCommand(choices: ReviewChoices): Promise<void> {
  const threshold = thresholdOf(choices.failOn);
  const format = formatOf(choices.format);
  const outputs = outputsOf(choices.output ?? []);
  if (choices.baseMissing !== undefined && choices.baseMissing !== "new")
    throw new UsageError(
      `"${choices.baseMissing}" cannot stand for a missing base.`,
      "Write --base-missing new.",
    );
  const found = await interruptible((signal) => read(choices, signal));
  const { base, head, notes } = assumeDefault(found.base, found.head);
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

interface Read {
  readonly base: AccessRevision;
  readonly head: AccessRevision;
  readonly notes: readonly string[];
  readonly approvals: { readonly base: Approvals; readonly head: Approvals };
}

async function read(choices: ReviewChoices, signal: AbortSignal): Promise<Read> {
  const project = process.cwd();
  const baseSpec = await baseSpecOf(choices, project);
  const engineOf = (engine: string | undefined): object => (engine === undefined ? {} : { engine });
  // A revision of git is synthesized in a process of its own; the working tree meanwhile in this one.
  const [base, head] = await Promise.all([
    baseRevision(baseSpec, choices, signal),
    revisionFrom(choices.head, { signal, ...engineOf(choices.headEngine) }),
  ]);
  const before = await approvedBefore(project, baseSpec.spec);
  const approvals = {
    base: before.approvals,
    head: (await approvalsOfRevision(project, choices.head, calledFrom())) ?? approvalsOfTree(project),
  };
  if ("found" in base) return { base: base.found, head, notes: before.notes, approvals };
  const nothing = await revisionFrom("none", { engine: choices.baseEngine ?? head.engine, signal });
  return { base: nothing, head, notes: [base.note, ...before.notes], approvals };
}

/** What stands for the base; where git cannot say and everything may be new, why not. */
async function baseSpecOf({ base, baseMissing }: ReviewChoices, project: string): Promise<BaseSpec> {
  if (base !== undefined) return { spec: base };
  try {
    return { spec: `git:${await defaultBase(project)}` };
  } catch (error) {
    if (!(error instanceof StrongroomError) || baseMissing !== "new") throw error;
    return { spec: "none", missing: error.what };
  }
}

interface BaseSpec {
  readonly spec: string;
  readonly missing?: string;
}

/** The base, or why there is none, where everything may then be new. */
async function baseRevision(
  { spec, missing }: BaseSpec,
  { baseEngine, baseMissing }: ReviewChoices,
  signal: AbortSignal,
): Promise<{ readonly found: AccessRevision } | { readonly note: string }> {
  if (missing !== undefined) return { note: missingWords(missing) };
  if (spec === "none") return { note: "There is no base: everything is new." };
  try {
    return {
      found: await revisionFrom(spec, {
        signal,
        ...(baseEngine === undefined ? {} : { engine: baseEngine }),
      }),
    };
  } catch (error) {
    if (!(error instanceof OperationalError) || baseMissing !== "new") throw error;
    return { note: missingWords(error.what) };
  }
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

function missingWords(why: string): string {
  return `The base cannot be read, so everything is new: ${why}`;
}

/**
 * What was approved before the change. A base that is no revision of git has no approvals of its own; those of the default
 * branch then tell which ones the change adds.
 */
async function approvedBefore(
  project: string,
  spec: string,
): Promise<{ readonly approvals: Approvals; readonly notes: readonly string[] }> {
  try {
    const own = await approvalsOfRevision(project, spec, calledFrom());
    if (own) return { approvals: own, notes: [] };
    const commit = await defaultBase(project).catch(() => undefined);
    const known = commit === undefined ? undefined : await approvalsOfRevision(project, `git:${commit}`);
    return { approvals: known ?? NO_APPROVALS, notes: [] };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // The change may be the one that mends them.
    return {
      approvals: NO_APPROVALS,
      notes: [`The base's approvals cannot be read, and none of them counts: ${firstLine(error.what)}`],
    };
  }
}
