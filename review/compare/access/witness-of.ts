import { isListing } from "../../../policies/capability";
import type { ComparedCapability } from "../../../policies/compare/grant";
import { awkwardness } from "../../../policies/compare/witness";
import { goLower } from "../../../policies/language/go-values";
import type { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import type { Conditions } from "../../../policies/semantics/merged-rule";
import type { AccessRequest, Operation } from "../../../policies/semantics/request";
import type { Witness } from "../../finding";
import type { AccessAtom } from "./access-atom";

/** The atom that shows a finding best: a request that a person would send, to a secret that has a name. */
export function mostTelling(
  atoms: readonly AccessAtom[],
  systems: ReadonlySet<string | undefined>,
): AccessAtom {
  const cost = (atom: AccessAtom): number =>
    (atom.aclOnly ? 64 : 0) +
    awkwardness(atom.path, atom.capability) * 16 +
    (atom.subject.named ? 0 : 8) +
    (atom.subject.named && systems.has(atom.subject.named.secret.system) ? 4 : 0) +
    (PLAIN.has(atom.capability) ? 0 : 2);
  return atoms.reduce((best, atom) => {
    const difference =
      cost(atom) - cost(best) || (atom.path < best.path ? -1 : atom.path > best.path ? 1 : 0);
    return difference < 0 ? atom : best;
  });
}

/** Others ask for a state of the secret, or for an engine, before they can be shown. */
const PLAIN: ReadonlySet<ComparedCapability> = new Set(["read", "list", "update", "delete"]);

/** The request itself; where conditions decide, one that meets them on one side alone. */
export function witnessOf(
  atom: AccessAtom,
  before: AccessList,
  after: AccessList,
  earlierPath: string,
): Witness {
  const { capability, path, aclOnly } = atom;
  const plain: Witness = { capability, path, aclOnly };
  const rules = [atom.was.rule?.conditions, atom.is.rule?.conditions];
  if (!rules.some(Boolean) || capability === "sudo" || capability === "subscribe") return plain;
  for (const request of candidates(rules, isQuery(capability))) {
    const ask = (list: AccessList, at: string, sudo: boolean): string =>
      decide(list, { operation: capability as Operation, path: at, sudo, ...request }).verdict;
    if (ask(before, earlierPath, atom.sudo[0]) !== ask(after, path, atom.sudo[1]))
      return { ...plain, ...request };
  }
  return plain;
}

type Extra = Pick<AccessRequest, "data" | "wrapTtl">;

/** A query has texts alone. */
function isQuery(capability: ComparedCapability): boolean {
  return capability === "read" || isListing(capability);
}

/** Requests among which one shows the difference, the simplest first. */
function candidates(rules: readonly (Conditions | undefined)[], query: boolean): Extra[] {
  const bodies: Extra["data"][] = [undefined];
  const times = new Set<number | undefined>([undefined]);
  const telling = tellingValues(rules, query);
  for (const conditions of rules) {
    if (!conditions) continue;
    const { minWrappingTtl, maxWrappingTtl, allowed, denied, required, paginationLimit } = conditions;
    for (const time of [minWrappingTtl, maxWrappingTtl]) {
      if (time > 0) for (const each of [time, time - 1, time + 1]) if (each > 0) times.add(each);
    }
    const names = [...new Set([...(allowed?.keys() ?? []), ...(denied?.keys() ?? [])])].filter(
      (name) => name !== "*",
    );
    for (const musts of filled(required.map(goLower), telling)) {
      if (required.length > 0) bodies.push(musts);
      bodies.push({ ...musts, other: "x" });
      for (const name of names)
        for (const value of telling.get(name) ?? FILLERS) bodies.push({ ...musts, [name]: value });
    }
    if (paginationLimit > 0)
      bodies.push({ limit: String(paginationLimit + 1) }, { limit: String(paginationLimit) });
  }
  return [...times].flatMap((wrapTtl) =>
    bodies.map((data) => ({ ...(data ? { data } : {}), ...(wrapTtl === undefined ? {} : { wrapTtl }) })),
  );
}

/** One that is a number and a time too, for parameters that have to be; another text; and the one that Vault takes for a list of none. */
const FILLERS: readonly unknown[] = ["1", "other", ""];

/** For each parameter that has values the ones that make a difference: others than those named, and those. */
function tellingValues(
  rules: readonly (Conditions | undefined)[],
  query: boolean,
): ReadonlyMap<string, readonly unknown[]> {
  const telling = new Map<string, readonly unknown[]>();
  for (const conditions of rules)
    for (const [name, values] of [...(conditions?.allowed ?? []), ...(conditions?.denied ?? [])]) {
      const plain = values.map(plainValue).filter((value) => !query || typeof value === "string");
      telling.set(name, [...new Set([...(telling.get(name) ?? FILLERS), ...plain])]);
    }
  return telling;
}

/** More ways to fill in what is required are not tried. */
const MOST = 64;

/** What is required, with every telling value of each. */
function filled(
  required: readonly string[],
  telling: ReadonlyMap<string, readonly unknown[]>,
): { readonly [name: string]: unknown }[] {
  let ways: { readonly [name: string]: unknown }[] = [{}];
  for (const name of required)
    ways = ways
      .flatMap((way) => (telling.get(name) ?? ["1"]).map((value) => ({ ...way, [name]: value })))
      .slice(0, MOST);
  return ways;
}

/** A value that a pattern such as `ab*` matches; one of a single character is itself. */
function plainValue(value: unknown): unknown {
  return typeof value === "string" && value.length > 1 ? value.replace(/^\*|\*$/g, "x") : value;
}
