import { clipped, printable, visible } from "./printable";

/** A text is cut here: no name that is worth reading is longer, and one that is must not fill the comment. */
const MOST = 300;
/**
 * Letters with marks inside, a number or our arrow: nothing that a platform reads as a link, a mention, a reference or
 * markup.
 */
const PLAIN = /^(?:\p{L}+(?:['’-]\p{L}+)*|\d{1,6}|→)$/u;
const AROUND = /^(["'“‘(]*)(.*?)(["'”’),.;:?…]*)$/su;

/**
 * Any text as one line of markdown that shows it and does nothing: words stand as they are, and everything else (paths,
 * addresses, markup, mentions, `#1`) in code spans, in which no platform looks for anything. Works in cells of tables.
 */
export function inMarkdown(text: string, most = MOST): string {
  return clipped(printable(text), most).split(/ +/).filter(Boolean).map(word).join(" ");
}

/** `AppRole` and its name in a code span: names look alike, whatever letters they have. */
export function titleInMarkdown(title: string, most = MOST): string {
  const space = title.indexOf(" ");
  if (space < 0) return inMarkdown(title, most);
  return `${inMarkdown(title.slice(0, space), most)} ${code(title.slice(space + 1), most)}`.trim();
}

/** The text as one code span. */
export function code(text: string, most = MOST): string {
  const shown = clipped(printable(text), most).replace(/[`|]/gu, visible).trim();
  return shown === "" ? "" : `\`${shown}\``;
}

function word(text: string): string {
  const [, before = "", core = "", after = ""] = AROUND.exec(text) ?? [];
  // `www.` alone is a link to some parsers, and `1.` at the head of an item another list.
  const trap = /(?:www|https?|^\d+)$/i.test(core) && /^[.):]/.test(after);
  if (!trap && (core === "" || PLAIN.test(core))) return text;
  return `${before}${code(core)}${after}`;
}

/** A link, or only its text where the address is none that a reader may be sent to. */
export function link(text: string, address: string | undefined): string {
  if (address === undefined || !URL.canParse(address)) return text;
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:") return text;
  return `[${text}](${url.href.replace(/[()|<>`*_~\\]/g, percent)})`;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
