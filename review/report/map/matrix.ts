import type { AccessList } from "../../../policies/semantics/access-list";
import type { ReportData } from "../data";
import { Candidates } from "./candidates";
import { type Cell, cellOf, type Doubtful } from "./cell";
import { type Column, columnsOf } from "./columns";
import { changedHeads, headsOf } from "./heads";
import type { Row } from "./row";
import { rowsOf } from "./rows";
import { type Access, Side } from "./side";

interface BothAccess {
  readonly before: Access | undefined;
  readonly after: Access | undefined;
  readonly doubtful: Doubtful;
}

/** The map itself: secrets by principals, each cell worked out when it is asked for. */
export class Matrix {
  /** Absent on a map of one revision. */
  readonly before: Side | undefined;
  readonly after: Side;
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly #access = new Map<number, BothAccess>();
  readonly #cells = new Map<number, Cell>();
  readonly #changed = new Map<number, readonly number[]>();
  readonly #reached = new Map<number, readonly number[]>();
  #moved: boolean | undefined;
  #candidates: Candidates | undefined;

  constructor(data: ReportData) {
    this.after = new Side(data, data.head);
    this.before = data.base && new Side(data, data.base);
    this.rows = rowsOf(this.before, this.after);
    this.columns = columnsOf(this.before, this.after);
  }

  cell(row: number, column: number): Cell {
    const key = row * this.columns.length + column;
    let cell = this.#cells.get(key);
    if (!cell) {
      const { before, after, doubtful } = this.access(column);
      cell = cellOf(this.rows[row] as Row, before, after, doubtful);
      this.#cells.set(key, cell);
    }
    return cell;
  }

  /** On a map of one revision before is as after. */
  access(column: number): BothAccess {
    let found = this.#access.get(column);
    if (!found) {
      const { key } = this.columns[column] as Column;
      const after = this.after.accessOf(key);
      const isDoubtful = (side: Side | undefined): boolean => (side?.doubtsAbout(key).length ?? 0) > 0;
      found = {
        before: this.before ? this.before.accessOf(key) : after,
        after,
        doubtful: { before: isDoubtful(this.before), after: isDoubtful(this.after) },
      };
      this.#access.set(column, found);
    }
    return found;
  }

  /** The rows of which the column is granted anything, on either side. */
  reached(column: number): readonly number[] {
    let found = this.#reached.get(column);
    if (!found) {
      const lists = this.#listsOf(column);
      const possible = lists?.every(hasRules)
        ? this.#index().beginning(lists.flatMap((list) => headsOf(list)))
        : this.#everyRow();
      found = possible.filter((row) => !this.cell(row, column).empty);
      this.#reached.set(column, found);
    }
    return found;
  }

  /** The rows of which the column's access is another than before. */
  changed(column: number): readonly number[] {
    if (!this.before || !this.columns[column]?.touched) return [];
    let found = this.#changed.get(column);
    if (!found) {
      found = this.#mayHaveChanged(column).filter((row) => this.cell(row, column).change !== "same");
      this.#changed.set(column, found);
    }
    return found;
  }

  /** A policy that many hold is changed in a rule or two: only what these rules are about can be another. */
  #mayHaveChanged(column: number): readonly number[] {
    const [before, after, ...none] = this.#listsOf(column) ?? [];
    const comparable =
      before &&
      after &&
      none.length === 0 &&
      [before, after].every(hasRules) &&
      before.dialect === after.dialect;
    if (!comparable || this.#hasMoved()) return this.reached(column);
    return this.#index().beginning(changedHeads(before, after));
  }

  /** Whether any secret is asked for at another place than before. */
  #hasMoved(): boolean {
    this.#moved ??= this.rows.some((row) => row.needsBefore !== row.needsAfter);
    return this.#moved;
  }

  /** The lists of both sides, or of the one that there is; `undefined` when one cannot be put together. */
  #listsOf(column: number): AccessList[] | undefined {
    const { before, after } = this.access(column);
    const sides = [before, after].filter((side) => side !== undefined);
    const lists = sides.flatMap((side) => ("list" in side ? [side.list] : []));
    return lists.length === sides.length ? lists : undefined;
  }

  #everyRow(): number[] {
    return this.rows.map((_, index) => index);
  }

  #index(): Candidates {
    this.#candidates ??= new Candidates(this.rows, [...this.after.mounts, ...(this.before?.mounts ?? [])]);
    return this.#candidates;
  }
}

/** Root, and a list that the engine refuses, decide without a rule. */
function hasRules(list: AccessList): boolean {
  return !list.isRoot && list.failure === undefined;
}
