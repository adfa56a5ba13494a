import pc from "picocolors";
import { whatCan } from "../../policies/queries/what-can";
import { writtenPattern } from "../../policies/semantics/rank";
import { absenceNotes, doubtsAbout } from "../../review/ask/doubts";
import { holderOfAll } from "../../review/ask/holders";
import { principalNamed } from "../../review/ask/principal-named";
import { placesOf } from "../../review/ask/rule-place";
import { uncertainties } from "../../review/ask/uncertainties";
import { askedAs, compileRevision } from "../../review/compiled-revision";
import { printable } from "../../review/render/printable";
import { readAsked, type SubjectOptions } from "./subject";
import { columns, notesText, placesText, printJson } from "./terminal";

export interface WhatCanOptions extends SubjectOptions {
  readonly json?: boolean;
}

/** `strongroom policy what-can`: all that a principal is granted, rule by rule; 3 where nobody can tell it all. */
export async function whatCanCommand(who: string | undefined, options: WhatCanOptions): Promise<void> {
  const { revision, notes: sourceNotes } = await readAsked(options);
  const principal =
    who === undefined && revision.principals.length === 0
      ? holderOfAll(revision)
      : principalNamed(revision, who ?? "");
  const list = compileRevision({ ...revision, principals: [principal] }, Date.now()).accessOf(
    askedAs(principal),
  );
  const { regions, complete } = whatCan(list);
  const places = new Map(
    list.rules().map((rule) => [writtenPattern(rule.pattern), placesOf(revision, rule)]),
  );
  const doubts = [
    ...doubtsAbout(revision, principal),
    ...uncertainties(list),
    ...(complete ? [] : ["there are more classes of paths than can be looked at"]),
  ];
  const notes = [...absenceNotes(revision, [principal]), ...sourceNotes];
  if (options.json) {
    printJson({
      principal: principal.title,
      source: revision.label,
      engine: revision.engine,
      root: list.isRoot,
      regions: regions.map(({ pattern, ...rest }) => ({
        path: pattern,
        ...rest,
        places: places.get(pattern) ?? [],
      })),
      doubts,
      notes,
    });
  } else {
    const rows = regions.map(({ pattern, capabilities, conditional }) => [
      printable(pattern),
      capabilities
        .map((each) => (conditional.includes(each) ? `${each} (under conditions)` : each))
        .join(", "),
      pc.dim(list.isRoot ? "root" : placesText(places.get(pattern) ?? [])),
    ]);
    const lines = [
      pc.bold(`What ${printable(principal.title)} can do`),
      "",
      ...(rows.length > 0 ? columns(rows) : ["  Nothing."]),
      "",
      pc.dim(`  ${printable(revision.label)} · ${printable(revision.engine)}`),
    ];
    process.stdout.write(`${lines.join("\n")}\n${notesText([...doubts, ...notes])}`);
  }
  if (doubts.length > 0) process.exitCode = 3;
}
