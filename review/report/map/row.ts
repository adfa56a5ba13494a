import type { Need } from "../../../policies/kv-intents";
import type { Place } from "../../model";
import type { Slot } from "./parts";

/** One line of the map: a secret, what else is in a mount, or an API path. */
export interface Row {
  /** The same in every report about the same thing: the address in links. */
  readonly key: string;
  readonly kind: "secret" | "rest" | "mount" | "path";
  readonly title: string;
  /** The heading it stands under, and that heading's second line. */
  readonly group: string;
  readonly mount?: string;
  readonly system?: string;
  readonly owner?: string;
  readonly place?: Place;
  /** Whether its declaration came or went. */
  readonly state: "kept" | "added" | "removed";
  /** Where it stood before, when its mount moved. */
  readonly movedFrom?: string;
  readonly slots: readonly Slot[];
  /**
   * Where it is looked for, on both sides: mount and path without `data/`, one path for all that a pattern stands for. Of API
   * paths with a slash behind, which a list asks for.
   */
  readonly addresses: readonly string[];
  /** The same function where the two sides ask for the same. */
  readonly needsBefore: (part: string) => readonly Need[];
  readonly needsAfter: (part: string) => readonly Need[];
}
