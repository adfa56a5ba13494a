import type { Product } from "./dialect";
import { atLeast, type Version, versionOf } from "./version";

/** The lines of versions whose semantics were read or asked; outside of them the nearest one stands in. */
const KNOWN: { readonly [product in Product]: readonly VersionLine[] } = {
  openbao: [{ first: "2.0.0", last: "2.7.2", end: "2.7.3" }],
  vault: [
    // 2.0 came after 1.21.
    { first: "1.12.0", last: "1.21.1", end: "1.22.0" },
    { first: "2.0.0", last: "2.2.2", end: "2.2.3" },
  ],
};

interface VersionLine {
  readonly first: string;
  /** Stands in for what comes from `end` on. */
  readonly last: string;
  readonly end: string;
}

/** The version itself where it is known, else the last one known before it, or the first of all. */
export function nearest(product: Product, asked: Version): Version {
  const line = KNOWN[product].findLast(({ first }) => atLeast(asked, first));
  if (!line) return versionOf(KNOWN[product][0]?.first ?? "");
  return atLeast(asked, line.end) ? versionOf(line.last) : asked;
}
