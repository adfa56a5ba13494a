import type { Item, Node } from "./ast";
import type { SourceText, Span } from "./position";

/** One attribute of a rule in its source. */
export interface AttributePlace {
  readonly name: string;
  readonly key: Span;
  readonly value: Span;
  /** The values of a list, one by one; empty for other values. */
  readonly elements: readonly Span[];
}

/** One rule in its source. */
export interface RulePlace {
  readonly span: Span;
  /** The label of the path block. */
  readonly path: Span;
  /** In the order in which they are written; an attribute may be there more than once. */
  readonly attributes: readonly AttributePlace[];
}

/** Where the rules of one document stand in its source; worked out when asked. */
export class Places {
  readonly #items: readonly Item[];

  constructor(
    readonly source: SourceText,
    items: readonly Item[],
  ) {
    this.#items = items;
  }

  /** The place of the rule with this index; `undefined` when there is none. */
  rule(index: number): RulePlace | undefined {
    const item = this.#items[index];
    if (!item) return undefined;
    const label = item.keys[1] ?? item.keys[0];
    return {
      span: this.source.span(item.start, item.end),
      path: this.source.span(label?.start ?? item.start, label?.end ?? item.start),
      attributes: item.value.kind === "object" ? item.value.items.map((inner) => this.#attribute(inner)) : [],
    };
  }

  #attribute(item: Item): AttributePlace {
    const key = item.keys[0];
    return {
      name: key?.text ?? "",
      key: this.source.span(key?.start ?? item.start, key?.end ?? item.start),
      value: this.#span(item.value),
      elements: item.value.kind === "list" ? item.value.items.map((node) => this.#span(node)) : [],
    };
  }

  #span(node: Node): Span {
    return this.source.span(node.start, node.end);
  }
}
