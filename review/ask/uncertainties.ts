import type { AccessList } from "../../policies/semantics/access-list";

/** What cannot be told of an access list by itself, a sentence each: templates, and engines whose ways are not known. */
export function uncertainties(list: AccessList): string[] {
  return [
    ...list.uncertain.map(
      ({ source, directives }) =>
        `path "${source.rule.path}" of policy ${source.policy} depends on ${directives.join(", ")}`,
    ),
    ...[list.failure, list.dialect.inexact].filter((reason) => reason !== undefined),
  ];
}
