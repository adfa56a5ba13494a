import type { Finding, Review } from "../finding";
import { placeWords } from "../place-words";
import { isApproved } from "../verdict";
import { GROUPS } from "./groups";
import { KINDS } from "./kinds";
import type { RenderOptions } from "./options";
import { grouped } from "./order";
import { printable } from "./printable";
import { reasonsOf } from "./reasons";
import { closingWords, nothingWords } from "./summary";

/**
 * The review as JUnit XML, which CI systems show beside tests: a suite a group, a case a finding. Errors and warnings
 * fail, what cannot be decided is an error, notes and approved findings pass with what they say as output. A review
 * without findings is one case that passes.
 */
export function renderJunit(review: Review, _options: RenderOptions = {}): string {
  const groups = grouped(review.findings);
  const suites =
    groups.length === 0
      ? [suite(GROUPS.gained, [passing(review)])]
      : groups.map(([group, findings]) => suite(GROUPS[group], findings.map(caseOf)));
  const name = `strongroom ${review.command}`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...totals(suites.flatMap(({ cases }) => cases)) })}>`,
    ...suites.map(({ xml }) => xml),
    "</testsuites>",
    "",
  ].join("\n");
}

interface TestCase {
  readonly outcome: "failure" | "error" | "pass";
  readonly xml: string;
}

function suite(
  name: string,
  cases: readonly TestCase[],
): { readonly xml: string; readonly cases: readonly TestCase[] } {
  const open = `  <testsuite${attributes({ name, ...totals(cases), skipped: 0, time: 0 })}>`;
  return { cases, xml: [open, ...cases.map(({ xml }) => xml), "  </testsuite>"].join("\n") };
}

function totals(cases: readonly TestCase[]): { tests: number; failures: number; errors: number } {
  return {
    tests: cases.length,
    failures: cases.filter(({ outcome }) => outcome === "failure").length,
    errors: cases.filter(({ outcome }) => outcome === "error").length,
  };
}

function caseOf(finding: Finding): TestCase {
  const { kind, titles, sentence, place, owners } = finding;
  const name = `${titles.join(", ")} ${sentence}`.trim();
  const where = place ? { file: place.file, ...(place.line === undefined ? {} : { line: place.line }) } : {};
  const open = `    <testcase${attributes({ name, classname: `strongroom.${kind}`, time: 0, ...where })}>`;
  const lines = [
    ...(place ? [placeWords(place)] : []),
    ...reasonsOf(finding),
    ...(owners.length > 0 ? [`owners: ${owners.join(", ")}`] : []),
  ].map(printable);
  const outcome = outcomeOf(finding);
  const text = escaped(lines.join("\n"));
  const inside =
    outcome === "pass"
      ? `      <system-out>${text}</system-out>`
      : `      <${outcome}${attributes({ message: sentence, type: KINDS[kind].one })}>${text}</${outcome}>`;
  return { outcome, xml: [open, inside, "    </testcase>"].join("\n") };
}

function outcomeOf(finding: Finding): TestCase["outcome"] {
  if (finding.severity === "note" || isApproved(finding)) return "pass";
  return finding.kind === "unknown" ? "error" : "failure";
}

function passing(review: Review): TestCase {
  const open = `    <testcase${attributes({ name: nothingWords(review), classname: `strongroom.${review.command}`, time: 0 })}>`;
  const inside = `      <system-out>${escaped(closingWords(review).join(" "))}</system-out>`;
  return { outcome: "pass", xml: [open, inside, "    </testcase>"].join("\n") };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(printable(String(value)))}"`)
    .join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Character data: what XML 1.0 does not allow is gone, and what it reads as markup is escaped. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
