import { calledFrom } from "../base/called-from";
import { OperationalError, StrongroomError, UsageError } from "../base/errors";
import { type Approvals, NO_APPROVALS } from "../review/approvals/approvals";
import { approvalsOfRevision, approvalsOfTree } from "../review/approvals/approvals-at";
import type { AccessRevision } from "../review/model";
import { defaultBase } from "../review/sources/git/merge-base";
import { revisionFrom } from "./read-revision";

/** What a review compares, by its flags. */
export interface SideChoices {
  readonly base?: string;
  readonly head?: string;
  readonly baseEngine?: string;
  readonly headEngine?: string;
  /** `new`: against a base that cannot be read everything is new. @default it is an error */
  readonly baseMissing?: string;
}

/** The two revisions of a review, with what was approved for each. */
export interface ReviewSides {
  readonly base: AccessRevision;
  readonly head: AccessRevision;
  readonly notes: readonly string[];
  readonly approvals: { readonly base: Approvals; readonly head: Approvals };
}

/** @throws UsageError for a word that cannot stand for a missing base */
export function checkSides({ baseMissing }: SideChoices): void {
  if (baseMissing === undefined || baseMissing === "new") return;
  throw new UsageError(`"${baseMissing}" cannot stand for a missing base.`, "Write --base-missing new.");
}

/** Reads both at a time. @throws OperationalError for a base that cannot be read, unless everything may be new */
export async function readSides(choices: SideChoices, signal: AbortSignal): Promise<ReviewSides> {
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
async function baseSpecOf({ base, baseMissing }: SideChoices, project: string): Promise<BaseSpec> {
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
  { baseEngine, baseMissing }: SideChoices,
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

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
