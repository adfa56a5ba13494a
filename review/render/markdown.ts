import type { Finding, Review } from "../finding";
import { GROUPS, KINDS } from "./kinds";
import { code, inMarkdown, link } from "./markdown-text";
import { markerOf } from "./marker";
import type { RenderOptions, RenderUrls } from "./options";
import {
  closingWords,
  counted,
  countsOf,
  grouped,
  isApproved,
  nothingWords,
  placeWords,
  reasonsOf,
  weight,
} from "./told";

/**
 * GitHub takes comments of 65,536 characters. Bytes are counted, of which there are never fewer, and some are kept back
 * for what is said of the rest.
 */
const MOST_BYTES = 60_000;
/** More rows than that nobody reads in a comment: the rest is folded. */
const ROWS = 25;
const TITLES = 3;

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
  const table = fitted(
    worst.slice(0, ROWS).map((finding) => row(finding, urls)),
    budget / 2,
  );
  const details = folds(review, budget - bytes(table.text), urls);
  const shown = counted(table.count, "finding");
  const rest =
    table.count < worst.length ? `\nThe worst ${shown} of ${worst.length}; the rest is folded below.\n` : "";
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

function row(finding: Finding, urls: RenderUrls): string {
  const { sign, one } = KINDS[finding.kind];
  const approved = isApproved(finding) ? " (approved)" : "";
  return `| \`${sign}\` ${one}${approved} | ${who(finding)} | ${inMarkdown(finding.sentence)} | ${where(finding, urls)} |\n`;
}

function who({ titles }: Finding): string {
  const named = titles.slice(0, TITLES).map((title) => inMarkdown(title, 100));
  return titles.length > TITLES ? `${named.join(", ")} and ${titles.length - TITLES} more` : named.join(", ");
}

function where({ place }: Finding, { place: urlOf }: RenderUrls): string {
  return place ? link(code(placeWords(place), 150), urlOf?.(place)) : "";
}

/** Every finding with its reasons, a fold a group, as far as there is room; and how many found none. */
function folds(review: Review, budget: number, urls: RenderUrls): string {
  let text = "";
  let left = 0;
  for (const [group, findings] of grouped(review.findings)) {
    const open = `\n<details><summary>${GROUPS[group]} (${findings.length})</summary>\n\n`;
    const close = "\n</details>\n";
    const room = budget - bytes(text) - bytes(open) - bytes(close);
    const items = fitted(
      findings.map((finding) => item(finding, urls)),
      room,
    );
    if (items.count > 0) text += open + items.text + close;
    left += findings.length - items.count;
  }
  if (left === 0) return text;
  const elsewhere = urls.full ? "" : " The JSON of the review has them all.";
  return `${text}\n**${counted(left, "finding")} left out here for want of room.**${elsewhere}\n`;
}

function item(finding: Finding, urls: RenderUrls): string {
  const { access, owners } = finding;
  const regions =
    access && access.regions.length > 1
      ? [
          `on ${access.regions.slice(0, 20).map(shortCode).join(", ")}${access.regions.length > 20 ? ` and ${access.regions.length - 20} more` : ""}`,
        ]
      : [];
  const asked = owners.length > 0 ? [`owners: ${owners.slice(0, 10).map(shortCode).join(", ")}`] : [];
  const below = [...regions, ...reasonsOf(finding).map((reason) => inMarkdown(reason, 600)), ...asked];
  const named = [
    finding.titles
      .slice(0, 20)
      .map((title) => inMarkdown(title, 100))
      .join(", "),
    inMarkdown(finding.sentence),
    where(finding, urls),
  ];
  return `- \`${KINDS[finding.kind].sign}\` ${named.filter(Boolean).join(" ")}\n${below.map((line) => `  - ${line}\n`).join("")}`;
}

function shortCode(text: string): string {
  return code(text, 120);
}

function inFull({ full }: RenderUrls): string {
  return full === undefined ? "" : `In full: ${link(URL.canParse(full) ? "the report" : code(full), full)}.`;
}

function notes({ notes }: Review): string {
  return notes.length === 0
    ? ""
    : `\n${notes
        .slice(0, 20)
        .map((note) => `> note: ${inMarkdown(note)}\n`)
        .join("")}`;
}

/** The first texts that have room together. */
function fitted(texts: readonly string[], room: number): { readonly text: string; readonly count: number } {
  let size = 0;
  let count = 0;
  for (const text of texts) {
    size += bytes(text);
    if (size > room) break;
    count++;
  }
  return { text: texts.slice(0, count).join(""), count };
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
