import { UsageError } from "../../base/errors";
import { dialectOf } from "../../policies/dialect";
import { PolicyUsageError } from "../../policies/errors";
import { parseDuration, parseTime } from "../../policies/language/duration";
import { policyName } from "../../policies/policy-name";
import { principalNamed } from "../ask/principal-named";
import type { AccessRevision } from "../model";
import type { Mistake } from "../written/mistakes";
import { didYouMean } from "../written/nearest";
import type { Steps } from "../written/written";
import type { WrittenCases } from "./written-cases";

/** What is wrong with a file of cases though the schema allows it: names that nobody has, times that are none. */
export function mistakesBeyondSchema(cases: WrittenCases, revision: AccessRevision | undefined): Mistake[] {
  const found: Mistake[] = [];
  const say = (steps: Steps, what: string, fix: string, of: Mistake["of"] = "value"): void => {
    if (found.length < 20) found.push({ steps, of, what, fix });
  };
  const { policies = {}, environment, from, at } = cases;
  if (environment !== undefined && from !== undefined)
    say(["from"], "environment and from are two sources", "Leave one of them out.", "key");
  if (at !== undefined && parseTime(at) === undefined)
    say(["at"], `"${at}" is no time`, "Write 2030-01-31T00:00:00Z.");
  for (const name of Object.keys(policies))
    if (policyName(name) === "root")
      say(["policies", name], "root is the engine's own policy", "Give it another name.", "key");
  const seen = new Set<string>();
  for (const name of Object.keys(policies)) {
    if (seen.has(policyName(name)))
      say(
        ["policies", name],
        `${policyName(name)} is there twice, for engines write names in small letters`,
        "Give it another name.",
        "key",
      );
    seen.add(policyName(name));
  }
  const theirs = new Set(revision?.policies.map(({ name }) => policyName(name)));
  for (const name of Object.keys(policies))
    if (theirs.has(policyName(name)))
      say(
        ["policies", name],
        `${revision?.label} has a policy ${name} already`,
        "Give it another name.",
        "key",
      );
  const known = new Set([...Object.keys(policies), ...theirs, "root"]);
  const engines = new Map<string, PolicyUsageError | undefined>();
  const checkEngines = (names: readonly string[] | undefined, steps: Steps): void => {
    for (const [index, name] of (names ?? []).entries()) {
      if (!engines.has(name)) engines.set(name, engineError(name));
      const error = engines.get(name);
      if (error) say([...steps, "engines", index], error.what.replace(/\.$/, ""), error.nextStep);
    }
  };
  const asked = new Map<string, UsageError | undefined>();
  const checkPrincipal = (name: string | undefined, steps: Steps): void => {
    if (name === undefined) return;
    if (!asked.has(name)) asked.set(name, principalError(name, revision));
    const error = asked.get(name);
    if (error) say([...steps, "principal"], error.what.replace(/\.$/, ""), error.nextStep);
  };
  checkEngines(cases.engines, []);
  checkPrincipal(cases.principal, []);
  for (const [index, each] of cases.cases.entries()) {
    const steps: Steps = ["cases", index];
    checkEngines(each.engines, steps);
    checkPrincipal(each.principal, steps);
    if (each.principal !== undefined && each.policies)
      say(
        [...steps, "principal"],
        "a case is asked by a principal or with policies",
        "Leave one out.",
        "key",
      );
    if (revision && revision.principals.length > 0 && !each.policies && !(each.principal ?? cases.principal))
      say(steps, "this case does not say who asks", "Add principal, or policies.");
    for (const [at, name] of (each.policies ?? []).entries())
      if (!known.has(name))
        say([...steps, "policies", at], `there is no policy ${name}`, didYouMean(name, [...known]));
    const wrap = each.request.wrap_ttl;
    if (typeof wrap === "string" && !((parseDuration(wrap) ?? -1) >= 0))
      say([...steps, "request", "wrap_ttl"], `"${wrap}" is no duration`, 'Write seconds, or "5m".');
  }
  return found;
}

function engineError(name: string): PolicyUsageError | undefined {
  try {
    dialectOf(name);
    return undefined;
  } catch (error) {
    if (error instanceof PolicyUsageError) return error;
    throw error;
  }
}

function principalError(name: string, revision: AccessRevision | undefined): UsageError | undefined {
  if (!revision)
    return new UsageError(
      "A principal is somebody of an environment or a source.",
      "Name one with environment or from, or use policies.",
    );
  try {
    principalNamed(revision, name);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}
