import { extname } from "node:path";
import pc from "picocolors";
import { UsageError } from "../base/errors";
import type { RenderOptions } from "../review/render/options";
import { RENDERERS, type RenderFormat } from "../review/render/renderers";
import { type ReportInput, renderReport } from "../review/report/report";
import { saveFile } from "./save-file";

/** Every form that a review can be written in. */
export const REVIEW_FORMATS = ["terminal", "markdown", "json", "sarif", "junit", "html"] as const;

export type ReviewFormat = (typeof REVIEW_FORMATS)[number];

/** What a file is written as, by how its name ends. */
const ENDINGS: { readonly [ending: string]: ReviewFormat } = {
  ".html": "html",
  ".htm": "html",
  ".sarif": "sarif",
  ".md": "markdown",
  ".json": "json",
  ".xml": "junit",
  ".txt": "terminal",
};

/** Where a review goes, beside what is printed. */
export interface ReviewOutput {
  readonly path: string;
  readonly format: ReviewFormat;
}

/** The files that were asked for. @throws UsageError for a name that ends in nothing known */
export function outputsOf(paths: readonly string[]): ReviewOutput[] {
  return paths.map((path) => {
    const lower = path.toLowerCase();
    const name = lower.endsWith(".sarif.json") ? ".sarif" : extname(lower);
    const format = ENDINGS[name];
    if (!format)
      throw new UsageError(
        `"${path}" does not tell its format.`,
        `End it in ${Object.keys(ENDINGS).join(", ")}.`,
      );
    return { path, format };
  });
}

/** @throws UsageError for a word that is no format */
export function formatOf(word: string): ReviewFormat {
  const format = REVIEW_FORMATS.find((each) => each === word);
  if (format) return format;
  throw new UsageError(`"${word}" is no format.`, `Write one of ${REVIEW_FORMATS.join(", ")}.`);
}

/** Prints the review in one format, then writes the files: one that cannot be written takes nobody the review. */
export function writeReview(
  input: ReportInput,
  format: ReviewFormat,
  outputs: readonly ReviewOutput[] = [],
  options: Pick<RenderOptions, "capabilities"> = {},
): void {
  const page = outputs.find((output) => output.format === "html");
  const urls = page ? { urls: { full: page.path } } : {};
  const text = (as: ReviewFormat, own: object): string =>
    as === "html"
      ? renderReport(input)
      : RENDERERS[as satisfies RenderFormat](input.review, { ...options, ...urls, ...own });
  process.stdout.write(text(format, format === "terminal" ? terminalLook() : {}));
  for (const output of outputs) saveFile(output.path, text(output.format, {}));
}

/** How the terminal takes a review: its width, and colour where it is one that shows it. */
export function terminalLook(): Pick<RenderOptions, "colour" | "width"> {
  const { columns, isTTY } = process.stdout;
  return { colour: pc.isColorSupported && isTTY === true, ...(columns ? { width: columns } : {}) };
}
