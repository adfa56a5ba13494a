import { EVERYTHING, type Filter } from "./filter";

/** What can be linked to: a view, its filters and one cell. It stands behind the # of the address. */
export interface Link {
  readonly view: string;
  readonly filter: Filter;
  /** Words that findings are searched for. */
  readonly find?: string;
  /** Which side the cells show. */
  readonly side: "both" | "before" | "after";
  /** What is told of: the key of a row, of a column, or of both for a cell. */
  readonly subject?: { readonly row?: string; readonly column?: string };
}

/** `#view=map&secret=db&row=secret%2Fdb&column=auth%2Fapprole%2Frole%2Fapp`; defaults are left out. */
export function writeLink({ view, filter, find, side, subject }: Link): string {
  const entries = Object.entries({
    view,
    ...filter,
    find: find ?? "",
    side: side === "both" ? "" : side,
    row: subject?.row ?? "",
    column: subject?.column ?? "",
  }).filter(([, value]) => value !== "");
  return `#${new URLSearchParams(entries)}`;
}

/** Reads what `writeLink` wrote; what it does not know is as if it were not there. */
export function readLink(hash: string, views: readonly string[]): Partial<Link> & Pick<Link, "filter"> {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const filter: Filter = {
    secret: given.get("secret") ?? "",
    principal: given.get("principal") ?? "",
    system: given.get("system") ?? "",
    may: given.get("may") ?? "",
    show: isShow(given.get("show")) ? (given.get("show") as Filter["show"]) : EVERYTHING.show,
  };
  const [view, side] = [given.get("view"), given.get("side")];
  const [row, column] = [given.get("row"), given.get("column")];
  return {
    filter,
    ...(given.get("find") ? { find: given.get("find") ?? "" } : {}),
    ...(view !== null && views.includes(view) ? { view } : {}),
    ...(side === "before" || side === "after" ? { side } : {}),
    ...(row === null && column === null
      ? {}
      : {
          subject: {
            ...(row === null ? {} : { row }),
            ...(column === null ? {} : { column }),
          },
        }),
  };
}

function isShow(word: string | null): boolean {
  return ["changed", "gained", "lost", "altered", "uncertain"].includes(word ?? "");
}
