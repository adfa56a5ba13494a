import { type Capability, toBits } from "../../policies/capability";
import type { AccessList } from "../../policies/semantics/access-list";

/**
 * What cannot be told of an access list by itself, a sentence each: engines whose ways are not known, and templates of rules that
 * grant one of these capabilities.
 */
export function uncertainties(list: AccessList, capabilities: readonly Capability[]): string[] {
  const wanted = toBits(capabilities);
  const templates = list.uncertain.filter(({ merged }) => (merged.bits & wanted) !== 0);
  return [
    ...templates.map(
      ({ source, directives }) =>
        `path "${source.rule.path}" of policy ${source.policy} depends on ${directives.join(", ")}`,
    ),
    ...[list.failure, list.dialect.inexact].filter((reason) => reason !== undefined),
  ];
}
