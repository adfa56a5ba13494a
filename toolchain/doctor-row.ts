/** One part of the table that `strongroom doctor` shows. */
export interface DoctorRow {
  readonly part: string;
  readonly wanted: string;
  /** A version, or why there is none. */
  readonly found: string;
  /** Where it is or what it came from; empty when there is none. */
  readonly from: string;
  /** What to do, or what will be done by itself; empty when nothing is needed. */
  readonly fix: string;
  /** `optional`: not here, and not needed for this request. */
  readonly state: "ok" | "missing" | "optional";
}
