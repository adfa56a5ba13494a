import type { AccessChange, Finding, Review, SideOfChange } from "../finding";
import type { Place } from "../model";
import { isApproved } from "../verdict";
import { jsonText } from "./json-text";
import { KINDS } from "./kinds";
import type { RenderOptions } from "./options";
import { VERSION } from "./version";

/** What `schema_version` is: it rises when a reader of the one before would be misled. */
export const REVIEW_SCHEMA_VERSION = 1;

/** The review as JSON, in the shape of docs/schema/review.schema.json; nothing is left out or cut. */
export function renderJson(review: Review, options: RenderOptions = {}): string {
  const { findings } = review;
  return jsonText({
    schema_version: REVIEW_SCHEMA_VERSION,
    command: review.command,
    tool: { name: "strongroom", version: options.version ?? VERSION },
    base: { label: review.base.label, engine: review.base.engine },
    head: { label: review.head.label, engine: review.head.engine },
    summary: {
      findings: findings.length,
      errors: findings.filter(({ severity }) => severity === "error").length,
      warnings: findings.filter(({ severity }) => severity === "warning").length,
      notes: findings.filter(({ severity }) => severity === "note").length,
      approved: findings.filter(isApproved).length,
      kinds: Object.fromEntries(
        Object.keys(KINDS)
          .map((kind) => [kind, findings.filter((finding) => finding.kind === kind).length] as const)
          .filter(([, count]) => count > 0),
      ),
    },
    findings: findings.map(findingJson),
    unchanged_principals: review.unchangedPrincipals,
    guardrails_checked: review.guardrailsChecked,
    notes: review.notes,
  });
}

function findingJson(finding: Finding): object {
  const { id, kind, severity, principals, titles, sentence, access, cause, chain, fix, rule } = finding;
  const { place, declaredAt, alsoAt, owners, approval } = finding;
  return {
    id,
    kind,
    severity,
    principals,
    titles,
    sentence,
    access: access && accessJson(access),
    cause,
    chain,
    fix,
    rule,
    place: place && placeJson(place),
    declared_at: declaredAt && placeJson(declaredAt),
    also_at: alsoAt?.map(placeJson),
    owners,
    approval: approval && {
      by: approval.by,
      reason: approval.reason,
      until: approval.until,
      added_here: approval.addedHere,
      counts: approval.counts,
    },
  };
}

function accessJson({ intent, capabilities, regions, except, witness, before, after }: AccessChange): object {
  const { capability, path, aclOnly, data, wrapTtl } = witness;
  return {
    intent,
    capabilities,
    regions,
    except,
    witness: { capability, path, acl_only: aclOnly, data, wrap_ttl: wrapTtl },
    before: sideJson(before),
    after: sideJson(after),
  };
}

function sideJson({ level, rule, policies, place }: SideOfChange): object {
  return { level, rule, policies, place: place && placeJson(place) };
}

function placeJson({ file, line, column, endLine, endColumn }: Place): object {
  return { file, line, column, end_line: endLine, end_column: endColumn };
}
