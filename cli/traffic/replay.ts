import pc from "picocolors";
import { counted } from "../../base/words";
import { strongroomPolicies } from "../../bootstrap/own-policies";
import { sideWords } from "../../review/render/reasons";
import { defaultBase } from "../../review/sources/git/merge-base";
import { replayTraffic } from "../../review/traffic/replay";
import type { TrafficChange, TrafficReplay } from "../../review/traffic/traffic-replay";
import { whenWords } from "../../review/traffic/words";
import { interruptible } from "../interrupt";
import { revisionFrom } from "../read-revision";
import { notesText, printJson } from "../terminal";
import { logFiles, logJson, requestsJson, restsOn, sentenceLines, type Told, toldLines } from "./text";

export interface TrafficReplayChoices {
  readonly base?: string;
  readonly head?: string;
  readonly json?: boolean;
}

/** `strongroom traffic replay`: 1 when recorded requests would newly be denied, 3 when some of them cannot be decided. */
export async function trafficReplayCommand(
  files: readonly string[],
  choices: TrafficReplayChoices,
): Promise<void> {
  const baseSpec = choices.base ?? `git:${await defaultBase(process.cwd())}`;
  const [base, head] = await interruptible((signal) =>
    Promise.all([revisionFrom(baseSpec, { signal }), revisionFrom(choices.head, { signal })]),
  );
  const options = { now: Date.now(), keptPolicies: strongroomPolicies };
  const replay = await replayTraffic(base, head, logFiles(files), options);
  if (choices.json) printJson(json(replay));
  else process.stdout.write(text(replay));
  process.exitCode = replay.denied.length > 0 ? 1 : replay.unknown.length > 0 ? 3 : 0;
}

function text(replay: TrafficReplay): string {
  const { base, head, denied, allowed, unknown, log, requests, same, undecided, notes } = replay;
  const sum = (changes: readonly TrafficChange[]) => changes.reduce((total, { count }) => total + count, 0);
  const counts = [
    `${counted(sum(denied), "request")} would be denied`,
    ...(allowed.length > 0 ? [`${sum(allowed)} would be allowed`] : []),
    ...(unknown.length > 0 ? [`${sum(unknown)} unknown`] : []),
  ];
  const told: Told[] = [
    ...denied.map((each) => toldOf(pc.red("-"), "would no longer", each)),
    ...allowed.map((each) => toldOf(pc.yellow("+"), "would now", each)),
    ...unknown.map((each) => toldOf(pc.yellow("?"), "may or may not", each)),
  ];
  return [
    pc.bold(`Strongroom traffic replay · ${counts.join(" · ")}`),
    pc.dim(`base ${base.label} → head ${head.label}`),
    "",
    ...toldLines(told),
    ...(told.length > 0 ? [""] : []),
    ...sentenceLines(
      `${restsOn(log, requests)}; ${same} decided alike, ${undecided} that no policy decides.`,
    ),
    notesText(notes),
  ].join("\n");
}

function toldOf(sign: string, verb: string, change: TrafficChange): Told {
  const { title, subject, example, operation, before, after, why, count } = change;
  return {
    sign,
    title,
    sentence: `${verb} ${subject.does}: ${counted(count, "request")}, ${whenWords(change)}`,
    below: [
      `such as ${operation} ${example}: ${sideWords(before)} → ${sideWords(after)}`,
      ...(why === undefined ? [] : [why]),
    ],
  };
}

function json(replay: TrafficReplay): object {
  const { base, head, log, requests, same, undecided, denied, allowed, unknown, notes } = replay;
  return {
    command: "traffic replay",
    base,
    head,
    log: logJson(log),
    requests,
    same,
    undecided,
    denied: denied.map(changeJson),
    allowed: allowed.map(changeJson),
    unknown: unknown.map(changeJson),
    notes,
  };
}

function changeJson(change: TrafficChange): object {
  const { before, after, why } = change;
  return { ...requestsJson(change), before, after, why };
}
