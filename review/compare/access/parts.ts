import type { ComparedCapability } from "../../../policies/compare/grant";
import { awkwardness } from "../../../policies/compare/witness";
import type { AccessAtom } from "./access-atom";

/** Regions in all of which the same capabilities changed. */
export interface Part {
  readonly atoms: readonly AccessAtom[];
  /** For each region the regions within it that it was not so in. */
  readonly except: ReadonlyMap<string, readonly string[]>;
}

/**
 * Deals atoms out so that each part is true as a whole: in every one of its regions every one of its capabilities changed, but
 * in what is excepted.
 */
export function partsOf(
  atoms: readonly AccessAtom[],
  exceptionsOf: (atom: AccessAtom) => readonly string[],
): Part[] {
  const places = new Map<string, { readonly except: readonly string[]; readonly atoms: AccessAtom[] }>();
  const known = new Map<string, readonly string[]>();
  const byExample = atoms.toSorted(
    (a, b) => awkwardness(a.path, a.capability) - awkwardness(b.path, b.capability),
  );
  for (const atom of byExample) {
    const what = whatOf(atom);
    if (!known.has(what)) known.set(what, exceptionsOf(atom));
  }
  for (const atom of atoms) {
    const { region } = atom.subject;
    const except = known.get(whatOf(atom)) ?? [];
    const key = JSON.stringify([region, except]);
    const place = places.get(key);
    if (place) place.atoms.push(atom);
    else places.set(key, { except, atoms: [atom] });
  }
  const parts = new Map<
    string,
    { readonly atoms: AccessAtom[]; readonly except: Map<string, readonly string[]> }
  >();
  for (const { except, atoms: own } of places.values()) {
    const key = capabilitiesOf(own).toSorted().join();
    const part = parts.get(key) ?? { atoms: [], except: new Map<string, readonly string[]>() };
    parts.set(key, { ...part, atoms: [...part.atoms, ...own] });
    const [first] = own as [AccessAtom];
    if (except.length > 0) part.except.set(first.subject.region, except);
  }
  return [...parts.values()];
}

function whatOf({ subject, capability }: AccessAtom): string {
  return JSON.stringify([subject.region, capability]);
}

function capabilitiesOf(atoms: readonly AccessAtom[]): ComparedCapability[] {
  return [...new Set(atoms.map(({ capability }) => capability))];
}
