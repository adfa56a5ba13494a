import pc from "picocolors";
import { namedPath } from "../../base/called-from";
import { UsageError } from "../../base/errors";
import { parseDuration } from "../../policies/language/duration";
import { why } from "../../policies/queries/who-can";
import { type Explanation, whyOf } from "../../policies/semantics/explain";
import type { AccessRequest, Verdict } from "../../policies/semantics/request";
import { conditionWords } from "../../review/ask/conditions";
import { absenceNotes, doubtsAbout } from "../../review/ask/doubts";
import { operationNamed } from "../../review/ask/operation";
import { placesOf } from "../../review/ask/rule-place";
import { missingArea } from "../../review/ask/secret-named";
import { whoAsks } from "../../review/ask/who-asks";
import { askedAs, compileRevision } from "../../review/compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../../review/model";
import { bytesOf } from "../../review/policy-files/read-policy-file";
import { printable } from "../../review/render/printable";
import { readInput } from "./input";
import { readAsked, type SubjectOptions } from "./subject";
import { block, columns, MARKS, notesText, placesText, printJson } from "./terminal";

export interface ExplainOptions extends SubjectOptions {
  readonly as?: string;
  readonly data?: string;
  readonly wrapTtl?: string;
  readonly namespace?: string;
  readonly json?: boolean;
}

const EXIT: { readonly [verdict in Verdict]: number } = { allowed: 0, denied: 1, unknown: 3 };

/** `strongroom policy explain`: 0 allowed, 1 denied, 3 when nobody can tell. */
export async function explainCommand(
  operation: string,
  path: string,
  options: ExplainOptions,
): Promise<void> {
  const request = await requestOf(operation, path, options);
  const { revision, notes: sourceNotes } = await readAsked(options);
  const principal = whoAsks(revision, options.as);
  const model = compileRevision({ ...revision, principals: [principal] }, Date.now());
  const explanation = why(model, askedAs(principal), request, revision.mounts);
  const doubts = doubtsAbout(revision, principal);
  const verdict = verdictOf(explanation.decision.verdict, doubts);
  const notes = [...notesOf(revision, principal, request), ...sourceNotes];
  if (options.json) printJson(json(revision, principal, request, explanation, doubts, notes));
  else process.stdout.write(text(revision, principal, request, explanation, doubts, notes));
  process.exitCode = EXIT[verdict];
}

/** What a source could not read may be what decides. */
function verdictOf(verdict: Verdict, doubts: readonly string[]): Verdict {
  return doubts.length > 0 ? "unknown" : verdict;
}

async function requestOf(word: string, path: string, options: ExplainOptions): Promise<AccessRequest> {
  const operation = operationNamed(word);
  const bare = path.replace(/^\/*(v1\/)?/, "");
  if (bare === "")
    throw new UsageError("The path is empty.", "Name an API path, such as secret/data/app/db.");
  const wrapTtl = options.wrapTtl === undefined ? undefined : parseDuration(options.wrapTtl);
  if (options.wrapTtl !== undefined && wrapTtl === undefined)
    throw new UsageError(`--wrap-ttl "${options.wrapTtl}" is no duration.`, 'Write seconds, or "5m".');
  const namespace = options.namespace?.replace(/^\/+|\/+$/g, "");
  return {
    operation,
    path: bare,
    ...(options.data === undefined ? {} : { data: await dataOf(options.data) }),
    ...(wrapTtl === undefined ? {} : { wrapTtl }),
    ...(namespace ? { namespace: `${namespace}/` } : {}),
  };
}

/** The parameters of the request. What they are is never shown: there may be a secret among them. */
async function dataOf(given: string): Promise<{ readonly [parameter: string]: unknown }> {
  const [what, source] = await sourceOf(given);
  let data: unknown;
  try {
    data = JSON.parse(source);
  } catch {
    throw new UsageError(`${what} is not JSON.`, `Write the parameters as an object: '{"name": "value"}'.`);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new UsageError(`${what} is no JSON object.`, `Write the parameters as one: '{"name": "value"}'.`);
  return data as { readonly [parameter: string]: unknown };
}

async function sourceOf(given: string): Promise<readonly [what: string, source: string]> {
  if (given === "-") return ["standard input", (await readInput()).toString()];
  if (!given.startsWith("@")) return ["--data", given];
  const file = given.slice(1);
  return [file, new TextDecoder().decode(bytesOf(namedPath(file)))];
}

function notesOf(revision: AccessRevision, principal: RevisionPrincipal, request: AccessRequest): string[] {
  const notes: string[] = [];
  const mount = missingArea(revision, request.path);
  if (mount !== undefined) {
    const rest = request.path.slice(mount.length);
    const area = request.operation === "list" || request.operation === "scan" ? "metadata" : "data";
    notes.push(`${mount} is KV version 2: the API has this secret at ${mount}${area}/${rest}`);
  }
  if (/(^|\/)\+(\/|$)|\*$/.test(request.path))
    notes.push(
      "in a request + and * stand for themselves: name one path, or ask about many with policy who-can",
    );
  return [...notes, ...absenceNotes(revision, [principal])];
}

function json(
  revision: AccessRevision,
  principal: RevisionPrincipal,
  request: AccessRequest,
  { decision, summary, rules, changes }: Explanation,
  doubts: readonly string[],
  notes: readonly string[],
): object {
  return {
    verdict: verdictOf(decision.verdict, doubts),
    reason: doubts.length > 0 ? "doubt" : decision.reason,
    summary,
    operation: request.operation,
    path: request.path,
    principal: principal.title,
    source: revision.label,
    engine: revision.engine,
    rules: rules.map(({ pattern, capabilities, sources, decides, because }) => ({
      path: pattern,
      capabilities,
      decides,
      because,
      places: placesOf(revision, { sources }),
    })),
    conditions: conditionWords(decision.rule?.conditions, decision.capability),
    changes,
    doubts,
    notes,
  };
}

function text(
  revision: AccessRevision,
  principal: RevisionPrincipal,
  request: AccessRequest,
  explanation: Explanation,
  doubts: readonly string[],
  notes: readonly string[],
): string {
  const { decision, rules, changes } = explanation;
  const verdict = verdictOf(decision.verdict, doubts);
  const asked = printable(`${request.operation} ${request.namespace ?? ""}${request.path}`);
  const lines = [
    `${MARKS[verdict]} ${pc.bold(verdict)}  ${asked}   as ${printable(principal.title)}`,
    ...(doubts.length > 0 ? doubts : [whyOf(decision)]).flatMap((reason) => block(printable(reason), "  ")),
  ];
  if (rules.length > 0) lines.push("", ...ruleLines(revision, explanation));
  const conditions = conditionWords(decision.rule?.conditions, decision.capability);
  if (conditions.length > 0)
    lines.push("", ...block(printable(`The rule asks for more: ${conditions.join("; ")}.`), "  "));
  if (changes.length > 0)
    lines.push(
      "",
      "  What would change the answer",
      ...changes.flatMap((change) => block(printable(change), "  · ")),
    );
  lines.push("", pc.dim(`  ${printable(revision.label)} · ${printable(revision.engine)}`));
  return `${lines.join("\n")}\n${notesText(notes)}`;
}

function ruleLines(revision: AccessRevision, { rules }: Explanation): string[] {
  const rows = columns(
    rules.map(({ pattern, capabilities, sources, decides }) => [
      decides ? pc.bold("decides") : pc.dim("lost"),
      `path "${printable(pattern)}"`,
      capabilities.length > 0 ? capabilities.join(", ") : "nothing",
      pc.dim(placesText(placesOf(revision, { sources }))),
    ]),
  );
  return rules.flatMap(({ decides, because }, index) => [
    rows[index] ?? "",
    ...(decides ? [] : block(printable(because), "           ").map((line) => pc.dim(line))),
  ]);
}
