/** A place in the grid: row 0 has the headings of columns, column 0 those of rows. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** The last row and the last column, and how many rows a page has. */
export interface Extent {
  readonly lastRow: number;
  readonly lastColumn: number;
  readonly page: number;
}

/** Where a key leads, by the grid pattern of the ARIA Authoring Practices; `undefined` for keys that lead nowhere. */
export function moved(at: Position, key: string, control: boolean, extent: Extent): Position | undefined {
  const row = (to: number): Position => ({ ...at, row: Math.max(0, Math.min(extent.lastRow, to)) });
  const column = (to: number): Position => ({ ...at, column: Math.max(0, Math.min(extent.lastColumn, to)) });
  switch (key) {
    case "ArrowUp":
      return row(at.row - 1);
    case "ArrowDown":
      return row(at.row + 1);
    case "ArrowLeft":
      return column(at.column - 1);
    case "ArrowRight":
      return column(at.column + 1);
    case "PageUp":
      return row(at.row - extent.page);
    case "PageDown":
      return row(at.row + extent.page);
    case "Home":
      return control ? { row: 0, column: 0 } : column(0);
    case "End":
      return control ? { row: extent.lastRow, column: extent.lastColumn } : column(extent.lastColumn);
    default:
      return undefined;
  }
}
