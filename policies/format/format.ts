import { PolicyDocument } from "../document";
import { PolicySyntaxError, PolicyUsageError } from "../errors";
import { commentText } from "../language/comment";
import { Findings } from "../language/findings";
import { parseHclWithComments } from "../language/hcl-parser";
import { SourceText } from "../language/position";
import { isJsonPolicy, type ReadPolicy, readPolicy } from "../language/read";
import { printPolicy } from "../print";
import { layOut } from "./layout";

/** A formatted document. */
export interface FormattedPolicy {
  readonly text: string;
  /**
   * `canonical`: one block for each path, sorted, as `printPolicy` prints it. `layout`: lines and spaces alone are changed,
   * because the canonical form has no place for something in the text. `json`: indented.
   */
  readonly form: "canonical" | "layout" | "json";
  /** For `layout`: what the canonical form would have dropped, with its line. */
  readonly because?: { readonly line: number; readonly what: string };
}

/**
 * Formats a policy and loses nothing: neither a rule nor a comment. Formatting what was formatted changes nothing.
 * @throws PolicySyntaxError for a text that no engine accepts, PolicyUsageError for one that cannot be formatted safely
 */
export function formatPolicy(source: string | Uint8Array, file?: string): FormattedPolicy {
  const named = file === undefined ? {} : { file };
  const read = readPolicy(source, named);
  if (!read.accepted)
    throw new PolicySyntaxError(
      read.findings.filter(({ severity }) => severity === "error"),
      file,
    );
  const text = read.places.source.text;
  if (isJsonPolicy(text)) return { text: formatJson(text, read, file), form: "json" };
  const document = new PolicyDocument(read.rules);
  const canonical = printPolicy(document);
  const because = droppedBy(canonical, text);
  if (!because) return { text: canonical, form: "canonical" };
  const laidOut = layOut(text);
  const same =
    sameRules(readPolicy(laidOut), read) && commentsOf(laidOut).join("\n") === commentsOf(text).join("\n");
  if (same) return { text: laidOut, form: "layout", because };
  throw new PolicyUsageError(
    `${file ?? "policy"}:${missingComment(laidOut, text)?.line ?? because.line}  the comment stands where no formatted text has a place for it.`,
    "Move it to a line of its own above the rule or the attribute, and format again.",
  );
}

/** The first thing of a text that its canonical form has not: an attribute that decides nothing, or a comment. */
function droppedBy(canonical: string, text: string): FormattedPolicy["because"] {
  const source = new SourceText(text);
  const { items } = parseHclWithComments(new Findings(source));
  const inert = items
    .flatMap((item) => [item, ...(item.value.kind === "object" ? item.value.items : [])])
    .find((item) => item.keys[0]?.text === "comment" || item.keys[0]?.text === "name");
  if (inert) return { line: source.position(inert.start).line, what: `${inert.keys[0]?.text} = …` };
  return missingComment(canonical, text);
}

/** The first comment of a text that another text has not. */
function missingComment(formatted: string, text: string): FormattedPolicy["because"] {
  const source = new SourceText(text);
  const kept = new Map<string, number>();
  for (const line of commentsOf(formatted)) kept.set(line, (kept.get(line) ?? 0) + 1);
  for (const { start, end } of parseHclWithComments(new Findings(source)).comments) {
    for (const line of linesOf(text.slice(start, end))) {
      const left = kept.get(line) ?? 0;
      if (left === 0) return { line: source.position(start).line, what: "the comment" };
      kept.set(line, left - 1);
    }
  }
  return undefined;
}

/** The lines of all comments of a text, in its order. */
function commentsOf(text: string): string[] {
  const { comments } = parseHclWithComments(new Findings(new SourceText(text)));
  return comments.flatMap(({ start, end }) => linesOf(text.slice(start, end)));
}

function linesOf(raw: string): string[] {
  return commentText(raw)
    .split("\n")
    .map((line) => line.trimEnd());
}

function formatJson(text: string, read: ReadPolicy, file: string | undefined): string {
  try {
    const formatted = `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
    if (sameRules(readPolicy(formatted), read)) return formatted;
  } catch {
    // The engines read more than is JSON; what they forgive is not repeated.
  }
  throw new PolicyUsageError(
    `${file ?? "policy"} is not proper JSON, or has a key twice: formatting would change what it says.`,
    "Mend it, or write it in HCL.",
  );
}

function sameRules(one: ReadPolicy, other: ReadPolicy): boolean {
  const content = ({ rules }: ReadPolicy): string =>
    JSON.stringify(rules.map(({ comment, ...rule }) => rule));
  return one.accepted && content(one) === content(other);
}
