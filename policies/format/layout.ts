import type { Item, ListNode, Node } from "../language/ast";
import { Findings } from "../language/findings";
import { parseHclWithComments } from "../language/hcl-parser";
import { SourceText } from "../language/position";

/**
 * The document with its lines laid out anew: two spaces a level, one attribute a line, a blank line between blocks. Order,
 * values and comments stay as they are. The text must be HCL without errors.
 */
export function layOut(text: string): string {
  const { items, comments } = parseHclWithComments(new Findings(new SourceText(text)));
  return new Layout(text, comments).document(items);
}

interface Comment {
  readonly start: number;
  readonly end: number;
}

class Layout {
  readonly #lines: string[] = [];
  /** The first comment that is not written yet. */
  #next = 0;

  constructor(
    readonly text: string,
    readonly comments: readonly Comment[],
  ) {}

  document(items: readonly Item[]): string {
    this.#items(items, 0, this.text.length, "");
    return `${this.#lines.join("\n")}\n`;
  }

  /** The items of a block that goes from `begin` to `end`, with the comments between them. */
  #items(items: readonly Item[], begin: number, end: number, indent: string): void {
    let at = begin;
    const first = this.#lines.length;
    for (const item of items) {
      this.#commentsUntil(item.start, at, indent, first);
      if (this.#lines.length > first && (indent === "" || this.#blankBefore(item.start)))
        if (!this.#aboveIsComment(item.start)) this.#blank();
      this.#item(item, indent);
      at = this.#endOf(item.value);
    }
    this.#commentsUntil(end, at, indent, first);
  }

  #item(item: Item, indent: string): void {
    const keys = item.keys.map((key) => key.raw).join(" ");
    const { value } = item;
    const head = indent + keys + (item.assigned ? " = " : " ");
    if (value.kind === "object") this.#block(head, value.items, value.start + 1, value.end - 1, indent);
    else if (value.kind === "list") this.#list(head, value, indent);
    else this.#lines.push(head + this.#source(value));
  }

  #block(head: string, items: readonly Item[], begin: number, end: number, indent: string): void {
    const empty = items.length === 0 && !this.#hasComment(end);
    this.#lines.push(`${head}{${empty ? "}" : ""}`);
    if (empty) return;
    this.#items(items, begin, end, `${indent}  `);
    this.#lines.push(`${indent}}`);
  }

  /** A list stays on one line, or has a line for each value, as it was written. */
  #list(head: string, list: ListNode, indent: string): void {
    const source = this.text.slice(list.start, list.end);
    const simple = list.items.every((item) => item.kind === "literal" && item.type !== "heredoc");
    if (!simple) {
      this.#skipComments(list.end);
      this.#lines.push(head + source);
    } else if (!source.includes("\n") && !this.#hasComment(list.end)) {
      this.#lines.push(`${head}[${list.items.map((item) => this.#source(item)).join(", ")}]`);
    } else {
      this.#lines.push(`${head}[`);
      const first = this.#lines.length;
      let at = list.start + 1;
      for (const item of list.items) {
        this.#commentsUntil(item.start, at, `${indent}  `, first);
        this.#lines.push(`${indent}  ${this.#source(item)},`);
        at = item.end;
      }
      this.#commentsUntil(list.end, at, `${indent}  `, first);
      this.#lines.push(`${indent}]`);
    }
  }

  /** Writes the comments up to an offset: behind the line above when they stood there, else on lines of their own. */
  #commentsUntil(offset: number, from: number, indent: string, first: number): void {
    let at = from;
    for (let comment = this.comments[this.#next]; comment && comment.start < offset; ) {
      const written = this.text.slice(comment.start, comment.end).trimEnd();
      const behind = !this.text.slice(at, comment.start).includes("\n") && comment.start > 0;
      if (behind && this.#lines.length > 0 && !written.includes("\n"))
        this.#lines[this.#lines.length - 1] += ` ${written}`;
      else {
        if (this.#lines.length > first && this.#blankBefore(comment.start)) this.#blank();
        this.#lines.push(indent + written);
      }
      at = comment.end;
      comment = this.comments[++this.#next];
    }
  }

  #blank(): void {
    if (this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** Whether the source has an empty line directly above. */
  #blankBefore(offset: number): boolean {
    return /\n[ \t\r]*\n[ \t\r]*$/.test(this.text.slice(Math.max(0, offset - 400), offset));
  }

  /** Whether a comment stands directly above, which belongs to what follows. */
  #aboveIsComment(offset: number): boolean {
    const comment = this.comments[this.#next - 1];
    if (!comment || this.#blankBefore(offset)) return false;
    const line = this.text.slice(this.text.lastIndexOf("\n", comment.start - 1) + 1, comment.start);
    return line.trim() === "" && this.text.slice(comment.end, offset).trim() === "";
  }

  #hasComment(before: number): boolean {
    const comment = this.comments[this.#next];
    return comment !== undefined && comment.start < before;
  }

  #skipComments(before: number): void {
    while (this.#hasComment(before)) this.#next++;
  }

  /** As written; a heredoc without the end of its last line. */
  #source(node: Node): string {
    return this.text.slice(node.start, node.end).replace(/\n$/, "");
  }

  /** Where the value ends on its own line. */
  #endOf(node: Node): number {
    return this.text[node.end - 1] === "\n" ? node.end - 1 : node.end;
  }
}
