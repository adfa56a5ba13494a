import type { Review } from "../finding";
import { renderJson } from "./json";
import { renderJunit } from "./junit";
import { renderMarkdown } from "./markdown";
import type { RenderOptions } from "./options";
import { renderSarif } from "./sarif";
import { renderTerminal } from "./terminal";

/** A review as text. Pure: the same review and options give the same text; nothing is read or printed. */
export type Renderer = (review: Review, options?: RenderOptions) => string;

export type RenderFormat = "terminal" | "markdown" | "json" | "sarif" | "junit";

/** The renderers by the names that `--format` takes. */
export const RENDERERS: { readonly [format in RenderFormat]: Renderer } = {
  terminal: renderTerminal,
  markdown: renderMarkdown,
  json: renderJson,
  sarif: renderSarif,
  junit: renderJunit,
};
