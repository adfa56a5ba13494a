import pc from "picocolors";
import { counted } from "../../base/words";
import { placeWords } from "../../review/place-words";
import { type DeniedRequests, deniedTraffic, type TrafficDenied } from "../../review/traffic/denied";
import { whenWords } from "../../review/traffic/words";
import { interruptible } from "../interrupt";
import { revisionFrom } from "../read-revision";
import { notesText, printJson } from "../terminal";
import { logFiles, logJson, requestsJson, restsOn, sentenceLines, type Told, toldLines } from "./text";
import type { TrafficChoices } from "./unused";

/** `strongroom traffic denied`: what policies denied, and what would allow it. An answer, and no verdict: 0 whatever it finds. */
export async function trafficDeniedCommand(files: readonly string[], choices: TrafficChoices): Promise<void> {
  const revision = await interruptible((signal) => revisionFrom(choices.from, { signal }));
  const denied = await deniedTraffic(revision, logFiles(files), { now: Date.now() });
  if (choices.json) printJson(json(denied));
  else process.stdout.write(text(denied));
}

function text({ source, log, requests, groups, others, invalidTokens, notes }: TrafficDenied): string {
  const count = groups.reduce((sum, group) => sum + group.count, others);
  return [
    pc.bold(`Strongroom traffic denied · ${counted(count, "request")} denied by policies`),
    pc.dim(source),
    "",
    ...toldLines(groups.map(told)),
    ...(groups.length > 0 ? [""] : []),
    ...(others > 0
      ? sentenceLines(`And ${counted(others, "request")} in further groups, which are not told.`)
      : []),
    ...sentenceLines(`${restsOn(log, requests)}.`),
    ...(invalidTokens > 0
      ? sentenceLines(
          `${counted(invalidTokens, "request")} came without a valid token, which no policy could help.`,
        )
      : []),
    notesText(notes),
  ].join("\n");
}

function told(group: DeniedRequests): Told {
  const { title, subject, operation, example } = group;
  return {
    sign: pc.red("✗"),
    title,
    sentence: `was not allowed to ${subject.does}: ${counted(group.count, "request")}, ${whenWords(group)}`,
    below: [`such as ${operation} ${example}: ${whyWords(group)}`, ...adviceOf(group)],
  };
}

function whyWords({ now, why, rule, place }: DeniedRequests): string {
  const by = rule === undefined ? "" : `, by path "${rule}"${place ? ` at ${placeWords(place)}` : ""}`;
  return now === "denied"
    ? `${why}${by}`
    : now === "allowed"
      ? `would be allowed now${by}`
      : `not known: ${why}`;
}

/** What would allow it, if it is to be allowed at all. */
function adviceOf({ grant, principal, title, now }: DeniedRequests): string[] {
  if (grant === undefined)
    return now === "denied" ? ["no further grant allows it: the rule that decides refuses it as it is"] : [];
  if (grant.kind === "rule") return [`would allow it: ${grant.hcl.replace(/\s*\n\s*/g, " ")}`];
  const { call, secret, place, otherSystem } = grant;
  const where = place ? ` (${placeWords(place)})` : "";
  const other = otherSystem ? ", which another system declares" : "";
  return [
    `would allow it: ${call}(…) for ${principal?.title ?? title} on secret "${secret}"${where}${other}`,
  ];
}

function json({ source, log, requests, groups, others, invalidTokens, notes }: TrafficDenied): object {
  return {
    command: "traffic denied",
    source,
    log: logJson(log),
    requests,
    denied: groups.map((group) => {
      const { now, why, rule, place, grant } = group;
      return { ...requestsJson(group), now, why, rule, place, grant };
    }),
    others,
    invalid_tokens: invalidTokens,
    notes,
  };
}
