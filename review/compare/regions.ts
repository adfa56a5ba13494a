import type { AccessAtom } from "./access-atoms";
import { listed } from "./words";

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
  let folders = true;
  for (const { subject } of atoms) {
    if (!subject.named) others.add(subject.region);
    else {
      named.set(subject.region, systems.has(subject.named.secret.system));
      folders &&= subject.named.folder;
    }
  }
  const titles = [...named].sort(([a, mine], [b, yours]) => Number(mine) - Number(yours) || (a < b ? -1 : 1));
  const secrets = titles.map(([title]) => title);
  const rest = [...others].sort();
  const trees = rest.filter(isTree).map((region) => region.slice(0, -1));
  // A tree of names says all that its folders say.
  const told = folders ? secrets.filter((title) => !trees.some((tree) => title.startsWith(tree))) : secrets;
  const words =
    folders && told.length < secrets.length
      ? few([...told, ...rest.map((region) => (isTree(region) ? region.slice(0, -1) : region))], "folder")
      : inWords(secrets, rest, folders ? "folder" : "secret");
  return { all: [...secrets, ...rest], words };
}

function inWords(secrets: readonly string[], rest: readonly string[], noun: string): string {
  if (secrets.length === 0) return few(rest.map(everything), "place");
  const named = few(secrets, noun);
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
