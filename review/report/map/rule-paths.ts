import { policyName } from "../../../policies/semantics/access-list";
import { fillTemplate, isTemplated } from "../../../policies/semantics/templates";
import type { Side } from "./side";

/** The paths of all rules, each once; a template stands for itself, and for what it becomes for those who are known. */
export function rulePaths(side: Side): Set<string> {
  const paths = new Set<string>();
  for (const { rules } of side.policies.values()) for (const { path } of rules) paths.add(path);
  for (const path of filledTemplates(side)) paths.add(path);
  return paths;
}

function filledTemplates(side: Side): string[] {
  return [...side.principals.values()].flatMap(({ holds, entity }) => {
    if (!entity) return [];
    const rules = holds.flatMap(({ policy }) => side.policies.get(policyName(policy))?.rules ?? []);
    return rules.flatMap(({ path }) => (isTemplated(path) ? (fillTemplate(path, entity)?.text ?? []) : []));
  });
}
