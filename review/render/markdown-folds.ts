import { counted } from "../../base/words";
import type { Finding, Review } from "../finding";
import { placeWords } from "../place-words";
import { bytes, fitted } from "./fitted";
import { GROUPS } from "./groups";
import { KINDS } from "./kinds";
import { code, inMarkdown, link, titleInMarkdown } from "./markdown-text";
import type { RenderOptions, RenderUrls } from "./options";
import { grouped } from "./order";
import { reasonsOf } from "./reasons";

/** Every finding with its reasons, a fold a group, as far as there is room; and how many found none. */
export function folds(review: Review, budget: number, options: RenderOptions): string {
  let text = "";
  let left = 0;
  for (const [group, findings] of grouped(review.findings)) {
    const open = `\n<details><summary>${GROUPS[group]} (${findings.length})</summary>\n\n`;
    const close = "\n</details>\n";
    const room = budget - bytes(text) - bytes(open) - bytes(close);
    const items = fitted(
      findings.map((finding) => item(finding, options)),
      room,
    );
    if (items.count > 0) text += open + items.text + close;
    left += findings.length - items.count;
  }
  if (left === 0) return text;
  const elsewhere = options.urls?.full ? "" : " The JSON of the review has them all.";
  return `${text}\n**${counted(left, "finding")} left out here for want of room.**${elsewhere}\n`;
}

function item(finding: Finding, options: RenderOptions): string {
  const { access, owners } = finding;
  const regions =
    access && access.regions.length > 1
      ? [
          `on ${access.regions.slice(0, 20).map(shortCode).join(", ")}${access.regions.length > 20 ? ` and ${access.regions.length - 20} more` : ""}`,
        ]
      : [];
  const asked = owners.length > 0 ? [`owners: ${owners.slice(0, 10).map(shortCode).join(", ")}`] : [];
  const below = [
    ...regions,
    ...reasonsOf(finding, options.capabilities).map((reason) => inMarkdown(reason, 600)),
    ...asked,
  ];
  const named = [
    finding.titles
      .slice(0, 20)
      .map((title) => titleInMarkdown(title, 100))
      .join(", "),
    inMarkdown(finding.sentence),
    where(finding, options.urls),
  ];
  return `- \`${KINDS[finding.kind].sign}\` ${named.filter(Boolean).join(" ")}\n${below.map((line) => `  - ${line}\n`).join("")}`;
}

function shortCode(text: string): string {
  return code(text, 120);
}

/** The place of a finding, with a link to its page where it has one. */
export function where({ place }: Finding, { place: urlOf }: RenderUrls = {}): string {
  return place ? link(code(placeWords(place), 150), urlOf?.(place)) : "";
}
