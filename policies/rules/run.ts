import { PolicyUsageError } from "../errors";
import { parseTime } from "../language/duration";
import type { Span } from "../language/position";
import { policyName } from "../policy-name";
import { LINTS } from "./all";
import { lintContext } from "./context";
import type { LintedPolicy, LintFinding, LintHit, LintOptions, PolicyLint, Suppression } from "./lint";

/**
 * Runs all lints over a set of policies. Suppressed findings stay in the list, with the reason; a suppression that has
 * expired no longer counts.
 * @throws PolicyUsageError for a suppression without a reason, or of a lint that does not exist
 */
export function lint(
  policies: readonly LintedPolicy[],
  options: LintOptions = {},
  lints: readonly PolicyLint[] = LINTS,
): LintFinding[] {
  const suppressions = options.suppressions ?? [];
  for (const suppression of suppressions) checkSuppression(suppression);
  const context = lintContext(policies, options);
  return lints.flatMap((each) =>
    [...each.check(context)].map((hit) => {
      const finding = findingOf(each, hit);
      const quiet = suppressions.find((suppression) => suppresses(suppression, finding, options.now));
      return quiet ? { ...finding, suppressed: quiet.reason } : finding;
    }),
  );
}

function findingOf(each: PolicyLint, hit: LintHit): LintFinding {
  const { policy, index } = hit;
  return {
    id: each.id,
    severity: each.severity,
    policy: policy.name,
    index,
    path: index === undefined ? undefined : policy.document.rules[index]?.path,
    message: hit.message,
    fix: each.fix,
    file: policy.file,
    span: spanOf(hit),
  };
}

function spanOf({ policy, index, attribute }: LintHit): Span | undefined {
  const place = index === undefined ? undefined : policy.read?.places.rule(index);
  if (!place) return undefined;
  return place.attributes.find((each) => each.name === attribute)?.value ?? place.path;
}

function checkSuppression(suppression: Suppression): void {
  if (!LINTS.some((each) => each.id === suppression.id)) {
    throw new PolicyUsageError(
      `There is no lint ${suppression.id} to suppress.`,
      `Use one of ${LINTS.map((each) => each.id).join(", ")}.`,
    );
  }
  if (suppression.reason.trim() === "") {
    throw new PolicyUsageError(
      `The suppression of ${suppression.id} has no reason.`,
      "Say why the finding is fine.",
    );
  }
  if (suppression.until !== undefined && parseTime(suppression.until) === undefined) {
    throw new PolicyUsageError(
      `The suppression of ${suppression.id} ends at "${suppression.until}", which is no time.`,
      "Write 2030-01-31T00:00:00Z.",
    );
  }
}

function suppresses(suppression: Suppression, finding: LintFinding, now: number | undefined): boolean {
  if (suppression.id !== finding.id) return false;
  if (suppression.policy !== undefined && policyName(suppression.policy) !== policyName(finding.policy))
    return false;
  if (suppression.path !== undefined && suppression.path !== finding.path) return false;
  const end = suppression.until === undefined ? undefined : parseTime(suppression.until);
  return end === undefined || now === undefined || now <= end;
}
