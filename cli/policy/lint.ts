import { namedPath } from "../../base/called-from";
import { UsageError } from "../../base/errors";
import { DEFAULT_ENGINE } from "../../policies/dialect";
import type { Severity } from "../../policies/rules/lint";
import type { AccessRevision } from "../../review/model";
import { filesRevision } from "../../review/policy-files/files-revision";
import { policyFiles } from "../../review/policy-files/policy-files";
import { policyOf, readPolicyFiles } from "../../review/policy-files/read-policy-file";
import { lintRevision, type PolicyRemark } from "../../review/policy-lint/lint-revision";
import { didYouMean } from "../../review/written/nearest";
import { printJson } from "../terminal";
import { readInput } from "./input";
import { settingsNotes, settingsOf } from "./lint-settings";
import { countsOf, lintText } from "./lint-text";
import { chosenEngine, engineNotes, readSubject, type SubjectOptions } from "./subject";

export interface LintCommandOptions extends SubjectOptions {
  readonly settings?: string;
  readonly together?: boolean;
  readonly failOn?: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

const FAIL_ON: { readonly [word: string]: readonly Severity[] } = {
  error: ["error"],
  warning: ["error", "warning"],
  never: [],
};

/** `strongroom policy lint`: 1 when something is found that `--fail-on` names. */
export async function lintCommand(paths: readonly string[], options: LintCommandOptions): Promise<void> {
  const failOn = FAIL_ON[options.failOn ?? "error"];
  if (!failOn)
    throw new UsageError(
      `--fail-on "${options.failOn}" is not known.`,
      didYouMean(options.failOn ?? "", Object.keys(FAIL_ON)),
    );
  const settings = settingsOf(options.settings);
  const kv2 = [...(options.kv2 ?? []), ...(settings?.kv2 ?? [])];
  const revision = await linted(paths, { ...options, kv2 });
  const remarks = lintRevision(revision, {
    suppressions: settings?.suppressions ?? [],
    now: Date.now(),
    together: options.together === true,
  });
  const notes = [...settingsNotes(settings, remarks), ...engineNotes(revision.engine)];
  if (options.json) printJson(json(revision, remarks, notes));
  else process.stdout.write(lintText(revision, remarks, notes, options.quiet === true));
  if (remarks.some(({ severity, suppressed }) => suppressed === undefined && failOn.includes(severity)))
    process.exitCode = 1;
}

async function linted(paths: readonly string[], options: SubjectOptions): Promise<AccessRevision> {
  if (paths.length > 0 && options.from !== undefined)
    throw new UsageError("Policies are named both by path and by --from.", "Leave one of them out.");
  if (paths.length === 0) return readSubject(options);
  // Without an engine that is named, a policy may be of either; PRODUCT_MISMATCH tells what does not fit.
  const engine = chosenEngine(options);
  const files = paths.filter((word) => word !== "-").map(namedPath);
  const policies = [
    ...(paths.includes("-") ? [policyOf("standard input", await readInput(), engine)] : []),
    ...readPolicyFiles(policyFiles(files), engine),
  ];
  return filesRevision(paths.join(" "), engine ?? DEFAULT_ENGINE, policies, options.kv2);
}

function json(revision: AccessRevision, remarks: readonly PolicyRemark[], notes: readonly string[]): object {
  return {
    source: revision.label,
    engine: revision.engine,
    counts: countsOf(remarks),
    findings: remarks,
    notes,
  };
}
