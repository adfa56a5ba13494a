import { policyName } from "../../../policies/policy-name";
import { fillTemplate, isTemplated } from "../../../policies/semantics/templates";
import type { Side } from "./side";

/**
 * The paths of all rules, each once; a template stands for itself, and for what it becomes for those who are known.
 * @param known a side whose policies need not be looked at again, if its mounts are the same
 */
export function rulePaths(side: Side, known?: Side): Set<string> {
  const paths = new Set<string>();
  const sameMounts = known !== undefined && JSON.stringify(known.mounts) === JSON.stringify(side.mounts);
  for (const [name, policy] of side.policies) {
    if (sameMounts && known.policies.get(name) === policy) continue;
    for (const { path } of policy.rules) paths.add(path);
  }
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
