/** A place in a source text. `offset` counts UTF-16 units from 0; `line` and `column` count from 1, columns in characters. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** From `start` up to, not including, `end`. */
export interface Span {
  readonly start: Position;
  readonly end: Position;
}

/** Turns offsets of one source text into lines and columns; the table of lines is made when first asked. */
export class SourceText {
  #starts: number[] | undefined;

  constructor(
    readonly text: string,
    readonly file?: string,
  ) {}

  position(offset: number): Position {
    const starts = this.#lineStarts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    const start = starts[low] as number;
    return { offset, line: low + 1, column: characters(this.text, start, offset) + 1 };
  }

  span(start: number, end: number): Span {
    return { start: this.position(start), end: this.position(end) };
  }

  #lineStarts(): number[] {
    if (this.#starts) return this.#starts;
    const starts = [0];
    for (let at = this.text.indexOf("\n"); at >= 0; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#starts = starts;
    return starts;
  }
}

/** Characters, not UTF-16 units: an emoji is one column, as it is for the engines. */
function characters(text: string, start: number, end: number): number {
  let count = end - start;
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xdc00 && unit <= 0xdfff) count--;
  }
  return count;
}
