import { belowMount } from "./below-mount";
import type { Column } from "./columns";
import type { Matrix } from "./matrix";
import type { Row } from "./row";

/**
 * The rows that a query names: every word of it stands in the path, system or owner. A path may be written as the API has it
 * (`secret/data/app`). Where no row has such a name, those that stand for it: families and patterns, or else the rest of a mount.
 */
export function rowsNamed(matrix: Matrix, query: string): number[] {
  const words = wordsOf(query).map((word) => new Set([word, logicalPath(matrix, word)]));
  if (words.length === 0) return indexes(matrix.rows, () => true);
  const named = indexes(matrix.rows, (row) => {
    const text = textOfRow(row);
    return words.every((spellings) => [...spellings].some((word) => text.includes(word)));
  });
  if (named.length > 0) return named;
  const standing = indexes(matrix.rows, (row) =>
    words.every((spellings) => [...spellings].some((word) => standsFor(matrix, row, word))),
  );
  const known = standing.filter((row) => matrix.rows[row]?.kind !== "rest");
  return known.length > 0 ? known : standing;
}

/** The columns that a query names: by title, address, policy that is held, owner or system. */
export function columnsNamed(matrix: Matrix, query: string): number[] {
  const words = wordsOf(query);
  if (words.length === 0) return indexes(matrix.columns, () => true);
  return indexes(matrix.columns, (column) => {
    const text = textOfColumn(column);
    return words.every((word) => text.includes(word));
  });
}

function wordsOf(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean);
}

/** `secret/data/app` is the secret `secret/app`; what is no such path stays. */
function logicalPath(matrix: Matrix, word: string): string {
  for (const side of [matrix.after, matrix.before]) {
    const mounts = side?.mounts.map((mount) => ({ ...mount, path: mount.path.toLowerCase() }));
    const below = mounts && belowMount(mounts, word);
    if (below && below !== "whole") return below.mount.path + below.path;
  }
  return word;
}

/** Whether a path is one of those that a pattern holds; where it begins with no mount, in any of them. */
function standsFor({ after, before }: Matrix, { key, mount = "" }: Row, word: string): boolean {
  if (!word.includes("/") || !/[+*{]/.test(key)) return false;
  const pattern = key.toLowerCase();
  if (holds(pattern, word)) return true;
  const mounts = [...after.mounts, ...(before?.mounts ?? [])];
  const isWhole = mounts.some(({ path }) => word.startsWith(path.toLowerCase()));
  return !isWhole && holds(pattern, mount.toLowerCase() + word);
}

/** Segment by segment; one with a template in it may be anything. */
function holds(pattern: string, path: string): boolean {
  const isOpen = pattern.endsWith("*");
  const wanted = (isOpen ? pattern.slice(0, -1) : pattern).split("/");
  const given = path.split("/");
  if (isOpen ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((segment, index) => {
    const other = given[index] as string;
    if (segment === "+" || segment.includes("{{")) return other !== "";
    return isOpen && index === wanted.length - 1 ? other.startsWith(segment) : other === segment;
  });
}

function textOfRow({ title, key, system, owner, group }: Row): string {
  return [title, key, system, owner, group].join("\n").toLowerCase();
}

function textOfColumn({ principals }: Column): string {
  return principals
    .flatMap(({ name, title, before, after }) => [
      title,
      name,
      ...[before, after].flatMap((side) => [
        side?.owner,
        side?.system,
        ...(side?.holds ?? []).map(({ policy }) => policy),
      ]),
    ])
    .join("\n")
    .toLowerCase();
}

function indexes<T>(items: readonly T[], keep: (item: T) => boolean): number[] {
  return items.flatMap((item, index) => (keep(item) ? [index] : []));
}
