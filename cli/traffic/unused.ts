import pc from "picocolors";
import { counted, listed } from "../../base/words";
import { placeWords } from "../../review/place-words";
import { grantMethod } from "../../review/traffic/missing-grant";
import type { SmallerPolicy } from "../../review/traffic/smaller-policy";
import { type TrafficUnused, unusedAccess } from "../../review/traffic/unused";
import type { UnusedGrant } from "../../review/traffic/unused-grants";
import { interruptible } from "../interrupt";
import { revisionFrom } from "../read-revision";
import { notesText, printJson } from "../terminal";
import { logFiles, logJson, restsOn, sentenceLines, type Told, toldLines } from "./text";

export interface TrafficChoices {
  readonly from?: string;
  readonly json?: boolean;
}

/** So many things of one line are named before the rest is counted. */
const NAMED = 4;

/** `strongroom traffic unused`: what no recorded request used. An answer, and no verdict: 0 whatever it finds. */
export async function trafficUnusedCommand(files: readonly string[], choices: TrafficChoices): Promise<void> {
  const revision = await interruptible((signal) => revisionFrom(choices.from, { signal }));
  const unused = await unusedAccess(revision, logFiles(files), { now: Date.now() });
  if (choices.json) printJson(json(unused));
  else process.stdout.write(text(unused));
}

function text({ source, log, requests, principals, silent, policies, notes }: TrafficUnused): string {
  const grants = principals.flatMap(({ principal, requests: own, grants: lines }) =>
    lines.map((line) => grantTold(principal.title, own, line)),
  );
  const rules = policies.map(policyTold);
  const nothing = grants.length + rules.length === 0;
  return [
    pc.bold(`Strongroom traffic unused · ${counted(grants.length, "grant")} · ${rules.length} hand-written`),
    pc.dim(source),
    "",
    ...toldLines([...grants, ...rules]),
    ...(nothing ? [] : [""]),
    ...policies.flatMap(({ policy, smaller }) => [
      ` ${pc.bold(`What would be left of policy ${policy}`)}`,
      ...smaller
        .trimEnd()
        .split("\n")
        .map((line) => `   ${line}`.trimEnd()),
      "",
    ]),
    ...(silent.length > 0
      ? [...sentenceLines(`No request at all: ${listed(silent.map(({ title }) => title))}.`), ""]
      : []),
    ...sentenceLines(`${restsOn(log, requests)}.`),
    ...sentenceLines(
      "What was not used in a period may be needed in the next: yearly work, recovery, a system that was down.",
    ),
    notesText(notes),
  ].join("\n");
}

function grantTold(title: string, requests: number, line: UnusedGrant): Told {
  const { place, whole, unused, instead } = line;
  const some = unused.slice(0, NAMED).join(", ");
  const rest = unused.length - NAMED;
  const where = place ? `${placeWords(place)}: ` : "";
  return {
    sign: pc.yellow("○"),
    title,
    sentence:
      unused.length > 0
        ? `could do without: ${some}${rest > 0 ? ` and ${rest} more` : ""}`
        : `could do with less of ${listed(instead.map(({ secret }) => secret))}`,
    below: [
      whole
        ? `${where}this grant could go for ${title}, all of whose ${counted(requests, "request")} would still be allowed`
        : `${where}the other part of this grant was used`,
      ...instead.map(
        ({ secret, intents }) => `${secret}: ${intents.map(grantMethod).join(" and ")} would do`,
      ),
    ],
  };
}

function policyTold({ policy, place, unused }: SmallerPolicy): Told {
  return {
    sign: pc.yellow("○"),
    title: `Policy ${policy}`,
    sentence: `${counted(unused.length, "rule")} not used, or in part`,
    below: unused.map(({ path, capabilities, whole, place: line }) => {
      const where = line ?? place;
      return `path "${path}": ${whole ? "nothing of it" : `not ${listed(capabilities)}`}${where ? `, ${placeWords(where)}` : ""}`;
    }),
  };
}

function json({ source, log, requests, principals, silent, policies, notes }: TrafficUnused): object {
  return {
    command: "traffic unused",
    source,
    log: logJson(log),
    requests,
    principals: principals.map(({ principal, requests: own, grants }) => ({
      principal: principal.name,
      title: principal.title,
      owner: principal.owner,
      requests: own,
      grants,
    })),
    silent: silent.map(({ name, title }) => ({ principal: name, title })),
    policies,
    notes,
  };
}
