import { utf8Length } from "../utf8";

/** A heredoc as the engine's scanner cuts it out. */
export interface ScannedHeredoc {
  /** The offset behind it. */
  readonly end: number;
  readonly value: string;
  /** Where its lines stand; absent where it is none. */
  readonly body?: { readonly start: number; readonly end: number };
  /** What is wrong with it, and up to which offset. */
  readonly mistake?: { readonly end: number; readonly reason: string; readonly fix: string };
}

/** The heredoc whose second `<` stands at `at`. */
export function scanHeredoc(text: string, at: number): ScannedHeredoc {
  const head = /<(-?)([\p{L}_\p{Nd}]*)(\r?\n)?/uy;
  head.lastIndex = at;
  const match = head.exec(text);
  if (!match || match[2] === "" || match[3] === undefined) {
    const end = at + (match?.[0].length ?? 0);
    const reason = "<< needs a name and then the end of the line";
    return { end, value: "", mistake: { end, reason, fix: 'Write <<EOF, or use a "quoted string".' } };
  }
  const [whole, dash, anchor] = match as unknown as [string, string, string];
  const start = at + whole.length;
  const terminator = new RegExp(`^[\\t\\n\\v\\f\\r ]*${anchor}\\r*$`, "u");
  for (let line = start; ; ) {
    const stop = text.indexOf("\n", line);
    if (stop < 0) {
      const reason = `the heredoc never ends: no line holds only ${anchor}`;
      return {
        end: text.length,
        value: "",
        mistake: { end: start, reason, fix: `End it with a line ${anchor}.` },
      };
    }
    const raw = text.slice(line, stop).replace(/\r$/, "");
    // `<<-A` needs a terminator as long as `-A`.
    if (utf8Length(raw) >= utf8Length(dash + anchor) && terminator.test(raw)) {
      const indent = raw.slice(0, raw.lastIndexOf(anchor));
      const value = heredocValue(text.slice(start, line), indent, dash !== "");
      return { end: stop + 1, value, body: { start, end: stop } };
    }
    line = stop + 1;
  }
}

/** Without `-` the text stays as it is, with `-` the indentation of the last line is taken off if every line has it. */
function heredocValue(body: string, lastIndent: string, unindent: boolean): string {
  const text = body.replaceAll("\r\n", "\n");
  if (!unindent) return text + lastIndent;
  const lines = text.split("\n");
  lines[lines.length - 1] = lastIndent;
  if (!lines.every((line) => line.startsWith(lastIndent)))
    return `${text}${lastIndent}`.replace(/[ \t]+$/, "");
  return lines
    .map((line, index) => (index === lines.length - 1 ? "" : line.slice(lastIndent.length)))
    .join("\n");
}
