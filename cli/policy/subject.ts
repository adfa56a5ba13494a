import { readFileSync, statSync } from "node:fs";
import { namedPath, shownPath } from "../../base/called-from";
import { UsageError } from "../../base/errors";
import { DEFAULT_ENGINE, dialectOf } from "../../policies/dialect";
import type { AccessRevision } from "../../review/model";
import { filesRevision, withSlash } from "../../review/policy-files/files-revision";
import { policyFiles } from "../../review/policy-files/policy-files";
import { policyOf, readPolicyFiles } from "../../review/policy-files/read-policy-file";
import { refusalOf } from "../../review/policy-files/refusal";
import { withOwnDefault } from "../../review/sources/default-policy";
import { didYouMean } from "../../review/written/nearest";
import { readInput } from "./input";

/** What commands ask about: flags that several of them take. */
export interface SubjectOptions {
  /** A source: the working tree, a revision, a plan, a folder, a server. */
  readonly from?: string;
  /** Policy files; with `from`, policies of the source. */
  readonly policy?: readonly string[];
  readonly engine?: string;
  /** KV v2 mounts that the source does not tell of. */
  readonly kv2?: readonly string[];
}

/** The revision to ask: of policy files when they are named, else of a source. `-` is a policy on standard input. */
export async function readSubject(options: SubjectOptions): Promise<AccessRevision> {
  const engine = chosenEngine(options);
  if (engine !== undefined) dialectOf(engine);
  const { from, policy = [], kv2 = [] } = options;
  if (from === undefined && policy.length > 0) return fromFiles(policy, engine, kv2);
  if (from !== undefined && (from === "-" || isPolicyFile(namedPath(from))))
    return fromFiles([from], engine, kv2);
  const { revisionFrom } = await import("../read-revision");
  const revision = await revisionFrom(from, engine === undefined ? {} : { engine });
  return withPolicies(withMounts(revision, kv2), policy);
}

/** The same for questions of what somebody may do: where the source says nothing of `default`, the engine's own counts. */
export async function readAsked(
  options: SubjectOptions,
): Promise<{ readonly revision: AccessRevision; readonly notes: readonly string[] }> {
  const { revision, assumed } = withOwnDefault(await readSubject(options));
  const said = `the policy default of ${revision.label} is taken to be the engine's own`;
  return { revision, notes: [...(assumed ? [said] : []), ...engineNotes(revision.engine)] };
}

/** The engine that was asked for, if one was: `--engine`, else $STRONGROOM_ENGINE. */
export function chosenEngine(options: { readonly engine?: string }): string | undefined {
  return options.engine ?? (process.env.STRONGROOM_ENGINE || undefined);
}

/** What a reader should know of the engine: that another version stands in for it. */
export function engineNotes(engine: string): string[] {
  const { note } = dialectOf(engine);
  return note === undefined ? [] : [note];
}

async function fromFiles(
  words: readonly string[],
  engine = DEFAULT_ENGINE,
  kv2: readonly string[],
): Promise<AccessRevision> {
  const files = words.filter((word) => word !== "-").map(namedPath);
  const policies = [
    ...(words.includes("-") ? [policyOf("standard input", await readInput(), engine)] : []),
    ...(files.length > 0 ? readPolicyFiles(policyFiles(files), engine) : []),
  ];
  const refused = policies.flatMap(({ unreadable, place }) =>
    unreadable ? [{ file: shownPath(place?.file ?? ""), findings: unreadable }] : [],
  );
  if (refused.length > 0) throw refusalOf(refused);
  return filesRevision(words.join(" "), engine, policies, kv2);
}

/** A file that holds a policy and not Terraform's JSON. */
function isPolicyFile(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  if (!path.endsWith(".json")) return true;
  try {
    return Object.hasOwn(JSON.parse(readFileSync(path, "utf8")), "path");
  } catch {
    return true;
  }
}

function withMounts(revision: AccessRevision, kv2: readonly string[]): AccessRevision {
  const more = kv2.map((mount) => ({ path: withSlash(mount), type: "kv", kvVersion: 2 as const }));
  return { ...revision, mounts: [...revision.mounts, ...more] };
}

/** Only the policies that were named, in nobody's hands. */
function withPolicies(revision: AccessRevision, names: readonly string[]): AccessRevision {
  if (names.length === 0) return revision;
  const policies = names.map((name) => {
    const found = revision.policies.find((each) => each.name.toLowerCase() === name.trim().toLowerCase());
    if (found) return found;
    throw new UsageError(
      `${revision.label} has no policy "${name}".`,
      didYouMean(
        name,
        revision.policies.map((each) => each.name),
      ),
    );
  });
  return { ...revision, policies, principals: [] };
}
