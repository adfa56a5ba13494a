import pc from "picocolors";
import { counted } from "../../base/words";
import { EVERYTHING, escalations, sawEverything } from "../../policies/queries/escalation";
import { doubtsAbout } from "../../review/ask/doubts";
import { holdersOf, refusedLogin } from "../../review/ask/holders";
import { uncertainties } from "../../review/ask/uncertainties";
import { askedAs, compileRevision } from "../../review/compiled-revision";
import { printable } from "../../review/render/printable";
import { block, MARKS, notesText, printJson } from "../terminal";
import { readAsked, type SubjectOptions } from "./subject";

export interface EscalationsOptions extends SubjectOptions {
  readonly json?: boolean;
}

/** What a way to everything begins with. */
const WRITES = ["create", "update", "patch", "sudo"] as const;

/** `strongroom policy escalations`: who can come to everything, step by step; 1 when somebody can, 3 when that is not known. */
export async function escalationsCommand(options: EscalationsOptions): Promise<void> {
  const { revision, notes: sourceNotes } = await readAsked(options);
  const all = holdersOf(revision);
  const holders = all.filter((holder) => refusedLogin(holder) === undefined);
  const titles = new Map(holders.map(({ name, title }) => [name, title]));
  const titleOf = (name: string): string => titles.get(name) ?? name;
  const model = compileRevision({ ...revision, principals: holders }, Date.now());
  const chains = escalations(model);
  const doubts = [
    ...revision.doubts.map(({ reason }) => reason),
    ...all.flatMap((holder) => doubtsAbout(revision, holder)),
    ...holders
      .filter((holder) => !sawEverything(model, askedAs(holder)))
      .map(({ title }) => `${title}: there are more classes of paths than can be looked at`),
    ...holders.flatMap((holder) => uncertainties(model.accessOf(askedAs(holder)), WRITES)),
  ];
  const notes = [...new Set(doubts), ...sourceNotes];
  if (options.json) {
    printJson({
      source: revision.label,
      engine: revision.engine,
      chains: chains.map(({ principal, steps }) => ({
        principal: titleOf(principal),
        steps: steps.map(({ by, to, ...step }) => ({ by: titleOf(by), to: titleOf(to), ...step })),
      })),
      notes,
    });
  } else {
    const lines = chains.flatMap(({ principal, steps }) => [
      `${MARKS.denied} ${pc.bold(printable(titleOf(principal)))} can come to ${EVERYTHING}`,
      ...steps.flatMap(({ by, how, capability, witness, rule }, index) => [
        ...block(printable(`${titleOf(by)} ${how}`), `   ${index + 1}. `),
        ...block(
          printable(`${capability} ${witness}${rule === undefined ? "" : `, by path "${rule}"`}`),
          "      ",
        ).map((line) => pc.dim(line)),
      ]),
      "",
    ]);
    if (chains.length === 0) lines.push(nobody(all.length, doubts.length > 0), "");
    lines.push(pc.dim(`  ${printable(revision.label)} · ${printable(revision.engine)}`));
    process.stdout.write(`${lines.join("\n")}\n${notesText(notes)}`);
  }
  process.exitCode = chains.length > 0 ? 1 : doubts.length > 0 ? 3 : 0;
}

function nobody(looked: number, doubtful: boolean): string {
  return doubtful
    ? `${MARKS.unknown} Nobody of whom it can be told comes to more than they were given; what cannot be told stands below.`
    : `${MARKS.allowed} Nobody can come to more than they were given: ${counted(looked, "principal")} looked at.`;
}
