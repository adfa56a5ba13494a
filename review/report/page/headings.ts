import type { Column } from "../map/columns";
import type { Line } from "../map/lines";
import type { Matrix } from "../map/matrix";
import type { Row } from "../map/row";
import { shown } from "../shown";
import { append, count, h, spoken } from "./dom";

/** `AppRole dotmac` over two lines, with how many others may do the same. */
export function columnHeading({ principals, doubts }: Column): HTMLElement {
  const first = principals[0];
  const [kind, name] = halves(first?.title ?? "");
  const heading = h("div", { class: "cell heading", role: "columnheader" });
  heading.title = principals.map((principal) => shown(principal.title)).join("\n");
  append(
    heading,
    h("span", { class: "kind" }, kind),
    h("bdi", { class: "name" }, name),
    h(
      "span",
      { class: "tags" },
      principals.length > 1 && h("span", { class: "tag" }, `and ${principals.length - 1} more`),
      first?.state === "added" && tag("new"),
      first?.state === "removed" && tag("removed"),
      doubts.length > 0 && h("span", { class: "tag doubt" }, "?", spoken(" not certain")),
    ),
  );
  return heading;
}

export function rowHeading(row: Row): HTMLElement {
  const slash =
    row.kind === "secret" || row.kind === "path" ? row.title.lastIndexOf("/", row.title.length - 2) + 1 : 0;
  const heading = h("div", { class: `cell first ${row.kind}`, role: "rowheader", title: row.key });
  append(
    heading,
    h(
      "bdi",
      { class: "path" },
      h("span", { class: "folder" }, row.title.slice(0, slash)),
      h("span", { class: "leaf" }, row.title.slice(slash)),
    ),
    row.state === "added" && tag("new"),
    row.state === "removed" && tag("removed"),
    row.movedFrom !== undefined && tag(`was ${row.movedFrom}`),
  );
  return heading;
}

/** One cell over the headings of rows and all columns. */
export function groupHeading(
  matrix: Matrix,
  line: Extract<Line, { kind: "group" }>,
  columns: number,
): HTMLElement {
  const first = matrix.rows[line.rows[0] ?? 0];
  const what = first?.kind === "path" ? "path" : first?.kind === "secret" ? "secret" : "entry";
  return h(
    "div",
    {
      class: "cell first",
      role: "rowheader",
      "aria-expanded": String(line.open),
      "aria-colspan": columns + 1,
    },
    h("span", { class: "arrow", "aria-hidden": "true" }, line.open ? "▾" : "▸"),
    h("bdi", { class: "name" }, line.group),
    h(
      "span",
      { class: "about" },
      [first?.owner, count(line.rows.length, what, what === "entry" ? "entries" : `${what}s`)]
        .filter(Boolean)
        .join(" · "),
    ),
  );
}

/** The first word says what kind of principal it is. */
export function halves(title: string): [string, string] {
  const space = title.indexOf(" ");
  return space < 0 ? ["", title] : [title.slice(0, space), title.slice(space + 1)];
}

function tag(text: string): HTMLElement {
  return h("span", { class: "tag" }, text);
}
