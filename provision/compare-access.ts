import type { CatalogPrincipal } from "../catalog/catalog";
import type { ExpectedAccess } from "./expected-access";

/** One place where the server and the declaration disagree. */
export interface Difference {
  readonly principal: CatalogPrincipal;
  readonly path: string;
  readonly missing: readonly string[];
  readonly beyond: readonly string[];
}

/**
 * Where an evaluator's answers differ from what is declared.
 * @param actual capabilities by API path, as an engine or the policies' own semantics answer; `deny` stands for none
 */
export function compareAccess(
  principal: CatalogPrincipal,
  expected: ExpectedAccess,
  actual: ReadonlyMap<string, readonly string[]>,
): Difference[] {
  const differences: Difference[] = [];
  const judgesBeyond = principal.imported_policies.length === 0;
  for (const [path, { capabilities, tolerated }] of expected) {
    const held = (actual.get(path) ?? []).filter((capability) => capability !== "deny");
    const missing = [...capabilities].filter((capability) => !held.includes(capability));
    const isBeyond = (capability: string) =>
      !(capabilities as ReadonlySet<string>).has(capability) && !tolerated.has(capability);
    const beyond = judgesBeyond ? held.filter(isBeyond) : [];
    if (missing.length > 0 || beyond.length > 0) differences.push({ principal, path, missing, beyond });
  }
  return differences;
}
