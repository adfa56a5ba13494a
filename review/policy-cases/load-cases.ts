import { dirname, resolve } from "node:path";
import { OperationalError, UsageError } from "../../base/errors";
import type { CaseFile, CasePrincipal } from "../../policies/cases/case";
import type { RunOptions } from "../../policies/cases/mismatches";
import { CASE_FILE_SCHEMA } from "../../policies/cases/schema";
import { parseTime } from "../../policies/language/duration";
import { policyName } from "../../policies/policy-name";
import { printPolicy } from "../../policies/print";
import { absenceNotes, absentPolicies, doubtsAbout } from "../ask/doubts";
import { principalNamed } from "../ask/principal-named";
import type { AccessRevision } from "../model";
import { bytesOf } from "../policy-files/read-policy-file";
import { type Mistake, mistakesIn } from "../written/mistakes";
import { refuse } from "../written/refuse";
import type { Schema } from "../written/schema";
import type { Written } from "../written/written";
import { entityOf } from "./entity";
import { mistakesBeyondSchema } from "./mistakes";
import type { WrittenCases } from "./written-cases";

export interface LoadOptions {
  /** Reads the environment or source that the file names. `folder` is the file's own, for sources that are files. */
  readonly revision: (of: {
    readonly environment?: string;
    readonly from?: string;
    readonly folder: string;
  }) => Promise<AccessRevision>;
  /** What the file does not say itself. */
  readonly defaults?: Pick<WrittenCases, "engines" | "from" | "policies" | "principal">;
  /** Instead of all engines that the file and its cases name. */
  readonly engines?: readonly string[];
}

/** A file of cases, ready to be run. */
export interface LoadedCases {
  readonly file: CaseFile;
  readonly run: RunOptions;
  /** What a reader should know: policies that are not there, and what a source could not tell. */
  readonly notes: readonly string[];
  /** Whether a source could not tell something about somebody who asks. */
  readonly doubtful: boolean;
}

/**
 * A file of cases with everything that it names: policies from files beside it, principals and mounts from an environment or
 * source.
 * @throws UsageError with the line of every mistake
 */
export async function loadCases(written: Written, options: LoadOptions): Promise<LoadedCases> {
  const value = withDefaults(written.value, options.defaults);
  refuse(written, mistakesIn(value, CASE_FILE_SCHEMA as Schema));
  const cases = value as WrittenCases;
  const folder = dirname(written.file);
  const { environment, from } = cases;
  const named = environment !== undefined || from !== undefined;
  const revision = named
    ? await options.revision({
        ...(environment === undefined ? {} : { environment }),
        ...(from === undefined ? {} : { from }),
        folder,
      })
    : undefined;
  refuse(written, mistakesBeyondSchema(cases, revision));
  const policies = textsOf(written, cases, folder);
  const asking = principalsOf(cases, revision);
  const { entity, at, mounts = {}, policies: _, environment: _env, from: _from, engines, ...rest } = cases;
  const chosen = options.engines ?? engines ?? (revision ? [revision.engine] : undefined);
  const now = at === undefined ? undefined : parseTime(at);
  return {
    file: {
      ...rest,
      ...(options.engines ? { cases: cases.cases.map(({ engines: _engines, ...each }) => each) } : {}),
      ...(chosen ? { engines: chosen } : {}),
      policies: { ...revisionTexts(revision), ...policies },
      principals: asking.principals,
      ...(entity === undefined ? {} : { entity: entityOf(entity) }),
    },
    run: {
      mounts: [
        ...Object.entries(mounts).map(([path, type]) => ({ path, type })),
        ...(revision?.mounts ?? []),
      ],
      ...(now === undefined ? {} : { now }),
    },
    notes: asking.notes,
    doubtful: asking.doubtful,
  };
}

function withDefaults(value: unknown, defaults: LoadOptions["defaults"]): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && defaults ? { ...defaults, ...value } : value;
}

function textsOf(
  written: Written,
  { policies = {} }: WrittenCases,
  folder: string,
): { [name: string]: string | Uint8Array } {
  const mistakes: Mistake[] = [];
  const texts = Object.entries(policies).map(([name, given]): [string, string | Uint8Array] => {
    if (typeof given === "string") return [name, given];
    try {
      return [name, bytesOf(resolve(folder, given.file))];
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof OperationalError)) throw error;
      mistakes.push({
        steps: ["policies", name, "file"],
        of: "value",
        what: error.what.replace(resolve(folder, given.file), given.file).replace(/\.$/, ""),
        fix: `Files are looked for in ${folder}.`,
      });
      return [name, ""];
    }
  });
  refuse(written, mistakes);
  return Object.fromEntries(texts);
}

function revisionTexts(revision: AccessRevision | undefined): { [name: string]: string } {
  const policies = revision?.policies ?? [];
  return Object.fromEntries(
    policies.map(({ name, text, document }) => [policyName(name), text ?? printPolicy(document)]),
  );
}

function principalsOf(
  { principal, cases }: WrittenCases,
  revision: AccessRevision | undefined,
): { principals: { [name: string]: CasePrincipal }; notes: string[]; doubtful: boolean } {
  const names = new Set([principal, ...cases.map((each) => each.principal)]);
  const principals: { [name: string]: CasePrincipal } = {};
  const notes = new Set<string>();
  let doubtful = false;
  for (const name of names) {
    if (name === undefined || !revision) continue;
    const found = principalNamed(revision, name);
    const absent = new Set(absentPolicies(revision, found));
    const doubts = doubtsAbout(revision, found);
    doubtful ||= doubts.length > 0;
    for (const doubt of doubts) notes.add(`${found.title}: ${doubt}`);
    for (const note of absenceNotes(revision, [found])) notes.add(note);
    const policies = found.holds
      .map(({ policy }) => policyName(policy))
      .filter((policy) => !absent.has(policy));
    principals[name] = {
      policies: [...new Set(policies)],
      ...(found.entity === undefined ? {} : { entity: found.entity }),
    };
  }
  return { principals, notes: [...notes], doubtful };
}
