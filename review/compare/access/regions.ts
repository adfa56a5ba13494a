import { listed } from "../../../base/words";
import type { AccessAtom } from "./access-atom";

/** The regions of one finding. */
export interface Regions {
  /** The most telling first: named ones, those of other systems before one's own; then what has no name. */
  readonly all: readonly string[];
  /** `secret/a, secret/b and 30 other secrets, and anything else under secret/`. */
  readonly words: string;
}

/** So many are named before the rest is counted. */
const NAMED = 3;

/** @param systems of the principals, whose own secrets come last */
export function regionsOf(atoms: readonly AccessAtom[], systems: ReadonlySet<string | undefined>): Regions {
  const named = new Map<string, boolean>();
  const others = new Set<string>();
  for (const { subject } of atoms) {
    if (subject.named) named.set(subject.region, systems.has(subject.named.secret.system));
    else others.add(subject.region);
  }
  const titles = [...named].sort(([a, mine], [b, yours]) => Number(mine) - Number(yours) || (a < b ? -1 : 1));
  const secrets = titles.map(([title]) => title);
  const rest = [...others].sort();
  const isNames = atoms.every(({ subject }) => subject.intent === "see-names" && !subject.fields);
  return { all: [...secrets, ...rest], words: isNames ? folderWords(secrets, rest) : inWords(secrets, rest) };
}

/** A tree of names says all that its folders say; without its own folder it is told as what is below. */
function folderWords(folders: readonly string[], rest: readonly string[]): string {
  const own = new Set([...folders, ...rest]);
  const trees = rest
    .filter(isTree)
    .map((region) => (region === "*" ? "everything on the server" : region.slice(0, -1)));
  const whole = trees.filter((tree) => tree === "everything on the server" || own.has(tree));
  const others = [...own].filter(
    (region) =>
      !isTree(region) &&
      !whole.some((tree) => tree === "everything on the server" || region.startsWith(tree)),
  );
  const below = trees.filter((tree) => !whole.includes(tree)).map((tree) => `the folders below ${tree}`);
  return few([...others, ...whole, ...below], "folder");
}

function inWords(secrets: readonly string[], rest: readonly string[]): string {
  if (secrets.length === 0) return few(rest.map(everything), "place");
  const named = few(secrets, "secret");
  if (rest.length === 0) return named;
  return `${named}, and ${few(
    rest.map((region) => `anything else ${under(region)}`),
    "place",
  )}`;
}

function few(items: readonly string[], noun: string): string {
  if (items.length <= NAMED) return listed(items);
  const left = items.length - NAMED + 1;
  return `${items.slice(0, NAMED - 1).join(", ")} and ${left} other ${noun}s`;
}

function everything(region: string): string {
  return isTree(region) ? `everything ${under(region)}` : region;
}

function under(region: string): string {
  if (region === "*") return "on the server";
  return isTree(region) ? `under ${region.slice(0, -1)}` : `at ${region}`;
}

function isTree(region: string): boolean {
  return region === "*" || (region.endsWith("/*") && !/(^|\/)\+(\/|$)/.test(region));
}
