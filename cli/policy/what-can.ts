import pc from "picocolors";
import { absenceNotes } from "../../review/ask/doubts";
import { type GrantedRegion, type WhatCanAnswer, whatCanAnswer } from "../../review/ask/what-can";
import { whoAsks } from "../../review/ask/who-asks";
import type { AccessRevision, RevisionPrincipal } from "../../review/model";
import { printable } from "../../review/render/printable";
import { columns, notesText, placesText, printJson } from "../terminal";
import { readAsked, type SubjectOptions } from "./subject";

export interface WhatCanOptions extends SubjectOptions {
  readonly json?: boolean;
}

/** `strongroom policy what-can`: 0, or 3 where nobody can tell it all. */
export async function whatCanCommand(who: string | undefined, options: WhatCanOptions): Promise<void> {
  const { revision, notes: sourceNotes } = await readAsked(options);
  const principal = whoAsks(revision, who);
  const answer = whatCanAnswer(revision, principal, Date.now());
  const notes = [...absenceNotes(revision, [principal]), ...sourceNotes];
  if (options.json) {
    const { label: source, engine } = revision;
    const regions = answer.regions.map(({ lacksSudo, ...region }) => ({ ...region, lacks_sudo: lacksSudo }));
    printJson({ principal: principal.title, source, engine, ...answer, regions, notes });
  } else process.stdout.write(text(revision, principal, answer) + notesText([...answer.doubts, ...notes]));
  if (answer.doubts.length > 0) process.exitCode = 3;
}

function text(
  revision: AccessRevision,
  principal: RevisionPrincipal,
  { root, regions }: WhatCanAnswer,
): string {
  const rows = regions.map((region) => [
    printable(region.path),
    capabilitiesText(region),
    pc.dim(root ? "root" : placesText(region.places)),
  ]);
  const lines = [
    pc.bold(`What ${printable(principal.title)} can do`),
    "",
    ...(rows.length > 0 ? columns(rows) : ["  Nothing."]),
    "",
    pc.dim(`  ${printable(revision.label)} · ${printable(revision.engine)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function capabilitiesText({ capabilities, conditional, lacksSudo }: GrantedRegion): string {
  if (capabilities.length === 0) return "nothing";
  const words = capabilities.map((each) =>
    conditional.includes(each) ? `${each} (under conditions)` : each,
  );
  return lacksSudo ? `nothing: ${words.join(", ")} here needs sudo as well` : words.join(", ");
}
