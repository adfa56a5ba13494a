import { clipped } from "../../render/printable";
import type { Matrix } from "../map/matrix";
import { append, h } from "./dom";
import { cellPanel } from "./panel-cell";
import { columnPanel } from "./panel-column";
import type { PanelContent } from "./panel-content";
import { rowPanel } from "./panel-row";
import type { Subject } from "./state";

/** A longer heading would leave no room for what it is the heading of, which has the name whole. */
const MOST_LETTERS = 240;

/** Tells of one cell, row or column beside the map. Escape closes it, and the focus goes back to where it came from. */
export class Panel {
  readonly element = h("aside", { class: "panel", "aria-labelledby": "panel-title", hidden: true });

  constructor(
    readonly matrix: Matrix,
    readonly choose: (subject: Subject) => void,
    readonly close: () => void,
  ) {
    this.element.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      close();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  show(subject: Subject | undefined): void {
    this.element.hidden = subject === undefined;
    if (!subject) {
      this.element.replaceChildren();
      return;
    }
    const { over, title, body } = this.#content(subject);
    const scroll = h("div", {
      class: "scroll",
      tabindex: 0,
      role: "group",
      "aria-labelledby": "panel-title",
    });
    append(scroll, ...body);
    this.element.replaceChildren(
      h(
        "header",
        {},
        h(
          "h2",
          { id: "panel-title", tabindex: -1 },
          h("span", { class: "over" }, over, " "),
          h("bdi", {}, clipped(title, MOST_LETTERS)),
        ),
        h(
          "button",
          { type: "button", class: "icon", "aria-label": "Close (Escape)", click: () => this.close() },
          "×",
        ),
      ),
      scroll,
    );
  }

  focus(): void {
    this.element.querySelector<HTMLElement>("#panel-title")?.focus();
  }

  #content(subject: Subject): PanelContent {
    switch (subject.kind) {
      case "cell":
        return cellPanel(this.matrix, subject.row, subject.column);
      case "row":
        return rowPanel(this.matrix, subject.row, (column) =>
          this.choose({ kind: "cell", row: subject.row, column }),
        );
      case "column":
        return columnPanel(this.matrix, subject.column, (row) =>
          this.choose({ kind: "cell", row, column: subject.column }),
        );
    }
  }
}
