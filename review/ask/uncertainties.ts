import { type Capability, toBits } from "../../policies/capability";
import type { AccessList } from "../../policies/semantics/access-list";
import { dependsOn } from "../../policies/semantics/uncertain-rule";

/**
 * What cannot be told of an access list by itself, a sentence each: engines whose ways are not known, and templates of rules that
 * grant one of these capabilities.
 */
export function uncertainties(list: AccessList, capabilities: readonly Capability[]): string[] {
  const wanted = toBits(capabilities);
  const templates = list.uncertain.filter(({ merged }) => (merged.bits & wanted) !== 0);
  return [...templates.map(dependsOn), ...listDoubts(list)];
}

/** Why nothing that an access list says is certain, if something is the reason. */
export function listDoubts({ failure, dialect }: AccessList): string[] {
  return [failure, dialect.inexact].filter((reason) => reason !== undefined);
}
