import type { ComparedCapability } from "../../../policies/compare/grant";
import { awkwardness } from "../../../policies/compare/witness";
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
  for (const request of candidates(rules)) {
    const ask = (list: AccessList, at: string): string =>
      decide(list, { operation: capability as Operation, path: at, ...request }).verdict;
    if (ask(before, earlierPath) !== ask(after, path)) return { ...plain, ...request };
  }
  return plain;
}

type Extra = Pick<AccessRequest, "data" | "wrapTtl">;

/** Requests among which one shows the difference, the simplest first. */
function candidates(rules: readonly (Conditions | undefined)[]): Extra[] {
  const bodies: Extra["data"][] = [undefined];
  const times = new Set<number | undefined>([undefined]);
  for (const conditions of rules) {
    if (!conditions) continue;
    const { minWrappingTtl, maxWrappingTtl, allowed, denied, required, paginationLimit } = conditions;
    for (const time of [minWrappingTtl, maxWrappingTtl]) {
      if (time > 0) for (const each of [time, time - 1, time + 1]) if (each > 0) times.add(each);
    }
    const musts = Object.fromEntries(required.map((name) => [name.toLowerCase(), "x"]));
    if (required.length > 0) bodies.push(musts);
    bodies.push({ ...musts, other: "x" });
    for (const [name, values] of [...(allowed ?? []), ...(denied ?? [])]) {
      if (name === "*") continue;
      bodies.push({ ...musts, [name]: "x" });
      for (const value of values) bodies.push({ ...musts, [name]: plainValue(value) });
    }
    if (paginationLimit > 0)
      bodies.push({ limit: String(paginationLimit + 1) }, { limit: String(paginationLimit) });
  }
  return [...times].flatMap((wrapTtl) =>
    bodies.map((data) => ({ ...(data ? { data } : {}), ...(wrapTtl === undefined ? {} : { wrapTtl }) })),
  );
}

/** A value that a pattern such as `ab*` matches. */
function plainValue(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/^\*|\*$/g, "x") : value;
}
