import { capabilityBit } from "../capability";
import { coverPaths } from "../compare/cover";
import { policyName } from "../policy-name";
import { writtenPattern } from "../semantics/rank";
import type { LintHit, PolicyLint } from "./lint";

/** The four ways in which engines have resolved LIST do not agree on these rules. */
export const listVersionDependent: PolicyLint = {
  id: "LIST_VERSION_DEPENDENT",
  severity: "warning",
  reason: "Engines have resolved LIST in four ways (by version), and they disagree on these rules.",
  fix: 'Give "list" in the rule of the folder, with its slash.',
  bad: 'path "kv/*" {\n  capabilities = ["read"]\n}\npath "kv/app/*" {\n  capabilities = ["list"]\n}\n',
  good: 'path "kv/*" {\n  capabilities = ["read", "list"]\n}\npath "kv/app/*" {\n  capabilities = ["list"]\n}\n',
  *check(context): Iterable<LintHit> {
    const list = capabilityBit("list");
    const told = new Set<string>();
    const hits: LintHit[] = [];
    coverPaths(
      context.list.rules().map((rule) => rule.pattern),
      (path) => {
        if (!path.endsWith("/") || path.includes("//") || path === "/") return;
        const found = (["L0", "L1", "L2", "L3"] as const).map((mode) => context.list.lookup(path, mode));
        const answers = found.map((rule) => ((rule?.bits ?? 0) & list) !== 0);
        if (new Set(answers).size < 2) return;
        const granting = found[answers.indexOf(true)];
        const source = granting?.sources[0];
        const policy = source && context.policies.find((each) => policyName(each.name) === source.policy);
        if (!source || !policy || told.has(`${source.policy} ${source.index}`)) return;
        told.add(`${source.policy} ${source.index}`);
        const modes = (answer: boolean): string =>
          ["L0", "L1", "L2", "L3"].filter((_, index) => answers[index] === answer).join(", ");
        hits.push({
          policy,
          index: source.index,
          message: `LIST ${path} is allowed in ${modes(true)} (by path "${writtenPattern(granting.pattern)}") and denied in ${modes(false)}`,
        });
      },
      { budget: 20_000 },
    );
    yield* hits;
  },
};
