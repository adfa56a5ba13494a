import { belowArea } from "../../../policies/kv-areas";
import type { RevisionMount } from "../../model";
import type { Row } from "./row";
import { firstFrom } from "./sorted";

interface RowAddress {
  readonly address: string;
  readonly row: number;
}

/** Finds rows by what the API paths begin with that they ask for. May name more than ask, and misses none. */
export class Candidates {
  readonly #addresses: readonly RowAddress[];
  readonly #version2: readonly string[];

  constructor(rows: readonly Row[], mounts: readonly RevisionMount[]) {
    this.#addresses = rows
      .flatMap(({ addresses }, row) => addresses.map((address) => ({ address, row })))
      .sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
    this.#version2 = mounts.flatMap(({ path, type, kvVersion }) =>
      type === "kv" && kvVersion !== 1 ? path : [],
    );
  }

  /** Indexes of the rows that ask for a path that begins with any of these, in order. */
  beginning(heads: readonly string[]): number[] {
    const found = new Set<number>();
    for (const head of withoutCovered(heads.map((each) => this.#addressHead(each)))) {
      for (
        let at = firstFrom(this.#addresses, head, addressOf);
        this.#addresses[at]?.address.startsWith(head);
        at++
      ) {
        found.add((this.#addresses[at] as RowAddress).row);
      }
    }
    return [...found].sort((a, b) => a - b);
  }

  /** What addresses begin with whose API paths begin so: in KV version 2 without `data/` and its like. */
  #addressHead(head: string): string {
    const mount = this.#version2.find((path) => head.startsWith(path));
    if (mount === undefined) return head;
    // Without an area it is the mount's configuration, or where an area begins: anything in the mount may be meant.
    return mount + (belowArea(head.slice(mount.length)) ?? "");
  }
}

function addressOf({ address }: RowAddress): string {
  return address;
}

/** A text that begins with another one of them finds nothing more. */
function withoutCovered(heads: readonly string[]): string[] {
  const kept: string[] = [];
  for (const head of [...new Set(heads)].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !head.startsWith(last)) kept.push(head);
  }
  return kept;
}
