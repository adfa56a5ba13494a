import pc from "picocolors";
import { counted } from "../../base/words";
import { dialectOf } from "../../policies/dialect";
import { writtenPattern } from "../../policies/semantics/rank";
import { absenceNotes } from "../../review/ask/doubts";
import { holdersOf } from "../../review/ask/holders";
import { type Question, questionOf } from "../../review/ask/question";
import { placesOf } from "../../review/ask/rule-place";
import { type WhoCanAnswer, whoCanAnswers } from "../../review/ask/who-can";
import type { AccessRevision } from "../../review/model";
import { printable } from "../../review/render/printable";
import { block, columns, notesText, placesText, printJson, shownColumns, terminalWidth } from "../terminal";
import { readAsked, type SubjectOptions } from "./subject";

export interface WhoCanOptions extends SubjectOptions {
  readonly json?: boolean;
}

/** `strongroom policy who-can`: 0, or 3 where of somebody nobody can tell. */
export async function whoCanCommand(word: string, target: string, options: WhoCanOptions): Promise<void> {
  const { revision, notes: sourceNotes } = await readAsked(options);
  const question = questionOf(revision, word, target);
  const answers = whoCanAnswers(revision, question, Date.now());
  const { inexact } = dialectOf(revision.engine);
  const notes = [
    ...(inexact === undefined ? [] : [inexact]),
    ...absenceNotes(revision, holdersOf(revision)),
    ...sourceNotes,
  ];
  if (options.json) printJson(json(revision, question, answers, notes));
  else process.stdout.write(text(revision, question, answers, notes));
  if (answers.some(({ level }) => level === "unknown")) process.exitCode = 3;
}

function json(
  revision: AccessRevision,
  question: Question,
  answers: readonly WhoCanAnswer[],
  notes: readonly string[],
): object {
  return {
    question: question.words,
    needs: question.parts.map(({ path, capabilities, sudoOn }) => ({
      path,
      capabilities,
      ...(sudoOn ? { sudo_on: sudoOn } : {}),
    })),
    ...(question.others ? { or: question.others } : {}),
    source: revision.label,
    engine: revision.engine,
    principals: answers.map(({ principal, level, rules, missing, unknown }) => ({
      title: principal.title,
      name: principal.name,
      level,
      rules: rules.map((rule) => ({
        path: writtenPattern(rule.pattern),
        places: placesOf(revision, rule),
      })),
      missing,
      ...(unknown === undefined ? {} : { unknown }),
    })),
    others: holdersOf(revision).length - answers.length,
    notes,
  };
}

const LEVELS: { readonly [level in WhoCanAnswer["level"]]: string } = {
  full: pc.green("✔ fully"),
  conditional: pc.green("✔ under conditions"),
  partial: pc.yellow("◐ partly"),
  unknown: pc.yellow("? unknown"),
};

function text(
  revision: AccessRevision,
  question: Question,
  answers: readonly WhoCanAnswer[],
  notes: readonly string[],
): string {
  const lines = [pc.bold(`Who can ${printable(question.words)}`), ""];
  const beside = columns(answers.map((answer) => [...cells(answer), pc.dim(placeOf(revision, answer))]));
  // Where a place would not fit on its line, all of them have lines of their own.
  const fits = beside.every((line) => shownColumns(line) <= terminalWidth());
  const rows = fits ? beside : columns(answers.map(cells));
  for (const [index, answer] of answers.entries()) {
    const place = placeOf(revision, answer);
    lines.push(
      rows[index] ?? "",
      ...(fits || place === "" ? [] : [pc.dim(`      ${place}`)]),
      ...below(answer, revision.engine),
    );
  }
  const all = counted(holdersOf(revision).length, "principal");
  const nobody = answers.length === 0 ? "  Nobody" : "\n  Nobody else";
  lines.push(
    `${nobody} of ${all}.   ${pc.dim(`${printable(revision.label)} · ${printable(revision.engine)}`)}`,
  );
  return `${lines.join("\n")}\n${notesText(notes)}`;
}

function cells({ principal, level, rules, unknown }: WhoCanAnswer): string[] {
  const [first] = rules;
  const more = rules.length > 1 ? pc.dim(` and ${counted(rules.length - 1, "more rule")}`) : "";
  const rule = first ? `path "${printable(writtenPattern(first.pattern))}"${more}` : "";
  return [printable(principal.title), LEVELS[level], first || unknown ? rule : "root may do everything"];
}

function placeOf(revision: AccessRevision, { rules }: WhoCanAnswer): string {
  return placesText(placesOf(revision, rules[0]));
}

function below({ missing, unknown }: WhoCanAnswer, engine: string): string[] {
  // What the engine does to everybody stands once below all.
  if (unknown !== undefined)
    return unknown === dialectOf(engine).inexact ? [] : block(printable(unknown), "      ");
  const shown = missing.slice(0, 3).map(({ path, capabilities }) => `${capabilities.join(" + ")} on ${path}`);
  if (shown.length === 0) return [];
  const more = missing.length > shown.length ? ` and ${missing.length - shown.length} more` : "";
  return block(printable(`not ${shown.join(", ")}${more}`), "      ").map((line) => pc.dim(line));
}
