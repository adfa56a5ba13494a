import pc from "picocolors";
import { counted, someOf } from "../../base/words";
import type { Finding, Review } from "../finding";
import { placeWords } from "../place-words";
import { isApproved } from "../verdict";
import { type BrokenTogether, brokenTogether, placeOfBreach, togetherWords } from "./broken-together";
import { columnsOf, padded, unbroken, wrapped } from "./columns";
import { GROUPS } from "./groups";
import { KINDS, type KindOfFinding } from "./kinds";
import type { RenderOptions } from "./options";
import { grouped } from "./order";
import { clipped, printable } from "./printable";
import { reasonsOf, requestWords } from "./reasons";
import { closingWords, countsOf, nothingWords, sideLabel } from "./summary";

const WIDTH = 110;
/** So many findings are read at a glance; more get headings. */
const WITHOUT_HEADINGS = 8;
/** More of a group than that nobody reads at a terminal. */
const MOST = 25;
const TITLES = 34;
const MOST_TITLES = 3;
/** No sentence that is worth reading is longer, and one that is must not fill the screen; JSON has it whole. */
const MOST_LETTERS = 1200;
const MARGIN = 4;

/**
 * The review for people at a terminal: a headline with counts, what changed for whom and where, the reason and the
 * request that shows it below; of many of a group the worst. As wide as `width`; without `colour` there is no escape
 * sequence in it. Whatever names and paths hold is made visible.
 */
export function renderTerminal(review: Review, options: RenderOptions = {}): string {
  const width = Math.max(40, options.width ?? WIDTH);
  const paint = pc.createColors(options.colour ?? false);
  const lines = [headline(review, width, paint), ""];
  const headings = review.findings.length > WITHOUT_HEADINGS;
  const all = layoutOf(review.findings, width);
  for (const [group, findings] of grouped(review.findings)) {
    if (headings) lines.push(` ${paint.bold(`${GROUPS[group]} (${findings.length})`)}`);
    const layout = headings ? layoutOf(findings, width) : all;
    const packs = brokenTogether(findings);
    for (const pack of packs.slice(0, MOST))
      lines.push(
        ...findingLines(
          pack[0],
          layout,
          paint,
          pack.length > 1 ? packedWords(pack) : wordsOf(pack[0], options.capabilities),
        ),
      );
    if (packs.length > MOST)
      lines.push(...block(`   and ${packs.length - MOST} more${moreWords(options)}`, width));
    lines.push("");
  }
  for (const note of review.notes) lines.push(...block(`note: ${printable(note)}`, width));
  const full = options.urls?.full ? [`In full: ${printable(options.urls.full)}`] : [];
  lines.push(...block([...closingWords(review), ...full].join(" "), width));
  return `${lines.join("\n")}\n`;
}

/** Where the rest is: in the page that is being written, or in one that can be asked for. */
function moreWords({ urls }: RenderOptions): string {
  return urls?.full === undefined ? ": --output review.html shows all of them" : "";
}

type Paint = ReturnType<typeof pc.createColors>;

function headline(review: Review, width: number, paint: Paint): string {
  const counts = review.findings.length === 0 ? [nothingWords(review)] : countsOf(review.findings);
  const left = [`Strongroom ${review.command}`, ...counts].join(" · ");
  const right = printable(`${sideLabel(review, "base")} → ${sideLabel(review, "head")}`);
  const gap = width - columnsOf(left) - columnsOf(right);
  if (gap >= 3) return paint.bold(left) + " ".repeat(gap) + paint.dim(right);
  return [
    ...unbroken([`Strongroom ${review.command}`, ...counts], " ·", width).map((line) => paint.bold(line)),
    ...wrapped(right, width).map((line) => paint.dim(line)),
  ].join("\n");
}

interface Layout {
  readonly titles: number;
  readonly sentence: number;
  /** Columns of places; 0 where they stand on lines of their own. */
  readonly places: number;
}

/** The columns of a group: its widest title and place, and the rest for the sentences. */
function layoutOf(findings: readonly Finding[], width: number): Layout {
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(columnsOf));
  const titles = Math.min(TITLES, Math.floor(width / 3), widest(findings.map(titleOf)));
  const room = width - MARGIN - (titles === 0 ? 0 : titles + 2);
  const places = widest(findings.map(placeOf));
  const beside = room - places - 2;
  return beside >= 40 && places > 0
    ? { titles, sentence: beside, places }
    : { titles, sentence: room, places: 0 };
}

interface Words {
  readonly sentence: string;
  readonly place: string;
  /** Lines below it, as they stand. */
  readonly reasons: readonly string[];
}

function wordsOf(finding: Finding, capabilities: boolean | undefined): Words {
  return {
    sentence: isApproved(finding) ? `${finding.sentence} (approved)` : finding.sentence,
    place: placeOf(finding),
    reasons: reasonsOf(finding, capabilities),
  };
}

/** The rule once, and for each guardrail what breaks it. */
function packedWords(pack: BrokenTogether): Words {
  const [first] = pack;
  const { cause } = first;
  return {
    sentence: togetherWords(pack),
    place: placeOfBreach(first) ? placeOf(first) : "",
    reasons: [
      ...(cause ? [cause] : []),
      ...pack.map((finding) => {
        const { rule: words = "", access: own, declaredAt } = finding;
        const where = declaredAt ? ` (${placeWords(declaredAt)})` : "";
        return `✗ "${words}"${where}${own ? `: ${requestWords(own.witness)}` : ""}`;
      }),
    ],
  };
}

function findingLines(
  finding: Finding,
  group: Layout,
  paint: Paint,
  { sentence, place, reasons }: Words,
): string[] {
  const layout = finding.titles.length === 0 ? withoutTitles(group) : group;
  const titles = layout.titles === 0 ? [] : titleLines(finding, layout.titles);
  const sentences = wrapped(clipped(printable(sentence), MOST_LETTERS), layout.sentence);
  const isBeside = layout.places > 0 && place !== "";
  const room = layout.sentence + (layout.places > 0 ? layout.places + 2 : 0);
  const told = reasons.map((reason) => clipped(printable(reason), MOST_LETTERS));
  const below = [...(isBeside || place === "" ? [] : [place]), ...told].flatMap((text) =>
    wrapped(text, room),
  );
  const texts = [
    ...sentences.map((words, row) =>
      isBeside && row === 0 ? `${padded(words, layout.sentence)}  ${paint.dim(place)}` : words,
    ),
    ...below.map((line) => paint.dim(line)),
  ];
  return Array.from({ length: Math.max(titles.length, texts.length) }, (_, row) => {
    const sign = row === 0 ? ` ${signIn(paint, KINDS[finding.kind])}  ` : " ".repeat(MARGIN);
    const title = layout.titles === 0 ? "" : `${padded(titles[row] ?? "", layout.titles)}  `;
    return `${sign}${title}${texts[row] ?? ""}`.trimEnd();
  });
}

/** For what is about no principal: its sentence begins where titles do. */
function withoutTitles({ titles, sentence, places }: Layout): Layout {
  return { titles: 0, sentence: titles === 0 ? sentence : sentence + titles + 2, places };
}

function titleOf(finding: Finding): string {
  return printable(someOf(finding.titles, MOST_TITLES));
}

/** The titles with each on one line, as far as they have room there. */
function titleLines({ titles }: Finding, columns: number): string[] {
  const shown = titles.slice(0, MOST_TITLES).map(printable);
  const others = titles.length - shown.length;
  const parts =
    others > 0 ? [...shown.slice(0, -1), `${shown.at(-1)} and ${counted(others, "other")}`] : shown;
  return unbroken(parts, ",", columns);
}

function placeOf(finding: Finding): string {
  return finding.place ? printable(placeWords(finding.place)) : "";
}

function signIn(paint: Paint, { sign }: KindOfFinding): string {
  if (sign === "+" || sign === "?" || sign === "!") return paint.yellow(sign);
  return sign === "✗" ? paint.red(sign) : sign === "-" ? paint.cyan(sign) : sign;
}

function block(text: string, width: number): string[] {
  return wrapped(text, width - 1).map((line) => ` ${line}`);
}
