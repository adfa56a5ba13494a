import { counted } from "../../base/words";
import type { Finding, Review } from "../finding";
import { isApproved } from "../verdict";
import { type BrokenTogether, breachWords, brokenTogether, placeOfBreach } from "./broken-together";
import { bytes, fitted } from "./fitted";
import { KINDS } from "./kinds";
import { folds, where } from "./markdown-folds";
import { code, inMarkdown, link, titleInMarkdown } from "./markdown-text";
import { markerOf } from "./marker";
import type { RenderOptions, RenderUrls } from "./options";
import { weight } from "./order";
import { closingWords, countsOf, nothingWords } from "./summary";

/**
 * GitHub takes comments of 65,536 characters. Bytes are counted, of which there are never fewer, and some are kept back
 * for what is said of the rest.
 */
const MOST_BYTES = 60_000;
/** More rows than that nobody reads in a comment: the rest is folded. */
const ROWS = 25;
const TITLES = 3;
const NOTES = 20;

/**
 * The review as a comment on a pull request: the marker, counts, a table of the worst findings, and behind folds the
 * reasons of each, all within the platforms' limit; what had to be left out is told with the place where it is. One line
 * where nothing was found. No text of a review can break the table, add markup or call anybody.
 */
export function renderMarkdown(review: Review, options: RenderOptions = {}): string {
  const { urls = {} } = options;
  const marker = markerOf(options.key);
  if (review.findings.length === 0) return `${marker}\n${quietLine(review)}\n${notes(review)}`;
  const head = `${marker}\n### Strongroom ${review.command}: ${countsOf(review.findings).join(" · ")}\n\n${sides(review)}\n`;
  const foot = `\n${[closingWords(review).join(" "), inFull(urls)].filter(Boolean).join(" ")}\n${notes(review)}`;
  const budget = MOST_BYTES - bytes(head) - bytes(foot);
  const worst = review.findings.toSorted((a, b) => weight(a) - weight(b));
  const rows = brokenTogether(worst);
  const table = fitted(
    rows.slice(0, ROWS).map((pack) => row(pack, urls)),
    budget / 2,
  );
  const details = folds(review, budget - bytes(table.text), options);
  const shown = counted(rows.slice(0, table.count).flat().length, "finding");
  const rest =
    table.count < rows.length ? `\nThe worst ${shown} of ${worst.length}; the rest is folded below.\n` : "";
  return `${head}\n| | Who | What | Where |\n|---|---|---|---|\n${table.text}${rest}${details}${foot}`;
}

function quietLine(review: Review): string {
  return `**Strongroom ${review.command}**: ${nothingWords(review)}. ${sides(review)}. ${closingWords(review).join(" ")}`;
}

function sides({ base, head }: Review): string {
  const engines = base.engine !== head.engine;
  const [from, to] = [base, head].map(
    ({ label, engine }) => code(label, 80) + (engines ? ` (${code(engine, 40)})` : ""),
  );
  return `${from} → ${to}`;
}

function row(pack: BrokenTogether, urls: RenderUrls): string {
  const [finding] = pack;
  const { sign, one, many } = KINDS[finding.kind];
  const kind = pack.length > 1 ? counted(pack.length, one, many) : one;
  const approved = isApproved(finding) ? " (approved)" : "";
  const place = pack.length > 1 && !placeOfBreach(finding) ? "" : where(finding, urls);
  return `| \`${sign}\` ${kind}${approved} | ${who(finding)} | ${inMarkdown(breachWords(pack))} | ${place} |\n`;
}

function who({ titles }: Finding): string {
  const named = titles.slice(0, TITLES).map((title) => titleInMarkdown(title, 100));
  return titles.length > TITLES ? `${named.join(", ")} and ${titles.length - TITLES} more` : named.join(", ");
}

function inFull({ full }: RenderUrls): string {
  return full === undefined ? "" : `In full: ${link(URL.canParse(full) ? "the report" : code(full), full)}.`;
}

/** Two spaces end a line: without them GitLab would run the notes together. */
function notes({ notes }: Review): string {
  if (notes.length === 0) return "";
  const shown = notes.slice(0, NOTES).map((note) => `note: ${inMarkdown(note)}`);
  const left = notes.length - shown.length;
  const lines = left > 0 ? [...shown, `and ${counted(left, "more note", "more notes")}`] : shown;
  return `\n${lines.map((line) => `> ${line}`).join("  \n")}\n`;
}
