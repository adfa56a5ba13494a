import { isIP } from "node:net";

/** Addresses from first to last, as numbers. */
interface Range {
  readonly version: number;
  readonly first: bigint;
  last: bigint;
}

/** Whether every address of these networks is in the others; undefined where one of them is no network. */
export function isWithin(networks: readonly string[], others: readonly string[]): boolean | undefined {
  const [inner, outer] = [networks.map(rangeOf), others.map(rangeOf)];
  if (!inner.every(isRange) || !outer.every(isRange)) return undefined;
  const joined = join(outer);
  return inner.every((range) =>
    joined.some(
      (wide) => wide.version === range.version && wide.first <= range.first && range.last <= wide.last,
    ),
  );
}

function isRange(range: Range | undefined): range is Range {
  return range !== undefined;
}

/** `10.0.0.0/8`, `fd00::/8`, or one address. */
function rangeOf(text: string): Range | undefined {
  const [address = "", length] = text.trim().split("/");
  const version = isIP(address);
  if (version === 0) return undefined;
  const bits = version === 4 ? 32 : 128;
  const kept = length === undefined ? bits : /^\d+$/.test(length) ? Number(length) : -1;
  if (kept < 0 || kept > bits) return undefined;
  const size = 1n << BigInt(bits - kept);
  const number = version === 4 ? fourBytes(address) : eightWords(address);
  const first = (number / size) * size;
  return { version, first, last: first + size - 1n };
}

function fourBytes(address: string): bigint {
  return address.split(".").reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function eightWords(address: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address.split("%")[0] as string);
  const text = dotted
    ? dotted[1] + wordsOf(fourBytes(dotted[2] as string))
    : (address.split("%")[0] as string);
  const [head = "", tail] = text.split("::");
  const words = (part: string): string[] => part.split(":").filter((word) => word !== "");
  const [left, right] = [words(head), words(tail ?? "")];
  const middle = tail === undefined ? [] : new Array(8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right].reduce((sum, word) => sum * 65536n + BigInt(`0x${word}`), 0n);
}

function wordsOf(number: bigint): string {
  return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
}

/** Neighbours and overlaps become one: two halves are the whole. */
function join(ranges: readonly Range[]): Range[] {
  const sorted = ranges.toSorted(
    (a, b) => a.version - b.version || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0),
  );
  const joined: Range[] = [];
  for (const range of sorted) {
    const open = joined.at(-1);
    if (!open || open.version !== range.version || range.first > open.last + 1n) joined.push({ ...range });
    else if (range.last > open.last) open.last = range.last;
  }
  return joined;
}
