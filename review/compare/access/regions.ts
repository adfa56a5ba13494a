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

type Except = ReadonlyMap<string, readonly string[]>;

/** @param systems of the principals, whose own secrets come last @param except for each region what in it is not meant */
export function regionsOf(
  atoms: readonly AccessAtom[],
  systems: ReadonlySet<string | undefined>,
  except: Except = new Map(),
): Regions {
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
  const words = isNames ? folderWords(secrets, rest, except) : inWords(secrets, rest, except);
  return { all: [...secrets, ...rest], words };
}

/** A tree of names says all that its folders say; without its own folder it is told as what is below. */
function folderWords(folders: readonly string[], rest: readonly string[], except: Except): string {
  const own = new Set([...folders, ...rest]);
  const all = rest.filter(isTree);
  const isWhole = (tree: string): boolean => tree === "*" || own.has(tree.slice(0, -1));
  const wider = all.filter(isWhole);
  const trees = all.filter((tree) => !wider.some((other) => other !== tree && has(other, tree, except)));
  const whole = trees.filter(isWhole);
  const others = [...own].filter(
    (region) =>
      !isTree(region) && !whole.some((tree) => tree.slice(0, -1) === region || has(tree, region, except)),
  );
  const below = trees
    .filter((tree) => !whole.includes(tree))
    .map((tree) => `the folders below ${tree.slice(0, -1)}${but(tree, except)}`);
  const wide = whole.map(
    (tree) => (tree === "*" ? "everything on the server" : tree.slice(0, -1)) + but(tree, except),
  );
  return few([...others.map((each) => each + but(each, except)), ...wide, ...below], "folder");
}

function inWords(secrets: readonly string[], rest: readonly string[], except: Except): string {
  const told = rest.filter((region) => !rest.some((tree) => tree !== region && has(tree, region, except)));
  if (secrets.length === 0)
    return few(
      told.map((region) => everything(region) + but(region, except)),
      "place",
    );
  const named = few(
    secrets.map((title) => title + but(title, except)),
    "secret",
  );
  if (told.length === 0) return named;
  return `${named}, and ${few(
    told.map((region) => `anything else ${under(region)}${but(region, except)}`),
    "place",
  )}`;
}

/** Whether what is said of a tree says it of this region too. */
function has(tree: string, region: string, except: Except): boolean {
  if (!region.startsWith(tree.slice(0, -1)) || !isTree(tree)) return false;
  return !(except.get(tree) ?? []).some((each) => meet(each, region));
}

/** Whether two regions can have something in common; rather once too often. */
function meet(a: string, b: string): boolean {
  const [one, other] = [a, b].map((region) => region.replace(/[*+{].*$/, "")) as [string, string];
  return !a.includes("/") || one.startsWith(other) || other.startsWith(one);
}

/** ` (unchanged: secret/app/ and secret/b)`, or nothing. */
function but(region: string, except: Except): string {
  const parts = except.get(region) ?? [];
  const told = parts.filter((each) => !parts.some((tree) => tree !== each && has(tree, each, new Map())));
  return told.length === 0 ? "" : ` (unchanged: ${few(told.map(treeWords), "place")})`;
}

function treeWords(region: string): string {
  if (region.endsWith("/")) return `${region} itself`;
  return isTree(region) && region !== "*" ? region.slice(0, -1) : region;
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
