import * as v from "valibot";
import { OperationalError } from "../../base/errors";
import { COMPARED_CAPABILITIES } from "../../policies/compare/grant";
import { KV_INTENTS, type KvIntent } from "../../policies/kv-intents";
import type { FindingKind, Review } from "../finding";
import { REVIEW_SCHEMA_VERSION } from "../render/json";
import { KINDS } from "../render/kinds";

/** A review larger than this is not read: it may come from a run of somebody else's code. */
export const MOST_REVIEW_BYTES = 50_000_000;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const position = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const texts = v.array(v.string());

const place = v.pipe(
  v.strictObject({
    file: v.string(),
    line: position,
    column: position,
    end_line: position,
    end_column: position,
  }),
  v.transform(({ end_line, end_column, ...rest }) => ({ ...rest, endLine: end_line, endColumn: end_column })),
);
const decision = v.strictObject({
  level: v.picklist(["none", "conditional", "full", "unknown"]),
  rule: v.optional(v.string()),
  policies: texts,
  place: v.optional(place),
});
const capability = v.picklist(COMPARED_CAPABILITIES);
const witness = v.pipe(
  v.strictObject({
    capability,
    path: v.string(),
    acl_only: v.boolean(),
    data: v.optional(v.record(v.string(), v.unknown())),
    wrap_ttl: v.optional(v.number()),
  }),
  v.transform(({ acl_only, wrap_ttl, ...rest }) => ({ ...rest, aclOnly: acl_only, wrapTtl: wrap_ttl })),
);
const access = v.strictObject({
  intent: v.optional(v.picklist(Object.keys(KV_INTENTS) as KvIntent[])),
  capabilities: v.array(capability),
  regions: texts,
  except: v.optional(v.record(v.string(), texts)),
  witness,
  before: decision,
  after: decision,
});
const approval = v.pipe(
  v.strictObject({
    by: v.string(),
    reason: v.string(),
    until: v.optional(v.string()),
    added_here: v.boolean(),
    counts: v.boolean(),
  }),
  v.transform(({ added_here, ...rest }) => ({ ...rest, addedHere: added_here })),
);
const finding = v.pipe(
  v.strictObject({
    id: v.string(),
    kind: v.picklist(Object.keys(KINDS) as FindingKind[]),
    severity: v.picklist(["error", "warning", "note"]),
    principals: texts,
    titles: texts,
    sentence: v.string(),
    access: v.optional(access),
    cause: v.optional(v.string()),
    chain: v.optional(texts),
    fix: v.optional(v.string()),
    rule: v.optional(v.string()),
    place: v.optional(place),
    declared_at: v.optional(place),
    also_at: v.optional(v.array(place)),
    owners: texts,
    approval: v.optional(approval),
  }),
  v.transform(({ declared_at, also_at, ...rest }) => ({ ...rest, declaredAt: declared_at, alsoAt: also_at })),
);
const side = v.strictObject({ label: v.string(), engine: v.string() });
const review = v.pipe(
  v.strictObject({
    schema_version: v.literal(REVIEW_SCHEMA_VERSION),
    command: v.picklist(["review", "drift"]),
    tool: v.unknown(),
    base: side,
    head: side,
    summary: v.unknown(),
    findings: v.array(finding),
    unchanged_principals: count,
    guardrails_checked: count,
    notes: texts,
  }),
  v.transform(
    ({ schema_version: _, tool: __, summary: ___, unchanged_principals, guardrails_checked, ...rest }) => ({
      ...rest,
      unchangedPrincipals: unchanged_principals,
      guardrailsChecked: guardrails_checked,
    }),
  ),
);

/**
 * What `renderJson` wrote, read back. The text may come from anybody: it is checked strictly, its counts are not
 * believed but made anew, and what is read is text, which renderers make harmless.
 */
export function readReview(text: string, name: string): Review {
  const parsed = v.safeParse(review, parsedJson(text, name));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const where = issue.path?.map(({ key }) => String(key)).join(".") ?? "the top";
    throw new OperationalError(
      `${name} is no review of schema version ${REVIEW_SCHEMA_VERSION}: ${issue.message} at ${where}.`,
      "Write it by `strongroom review --format json` of the same version.",
    );
  }
  return withoutUndefined(parsed.output) as Review;
}

function parsedJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new OperationalError(
      `${name} is not JSON.`,
      "Look at the output of `strongroom review --format json` that should have written it.",
      { cause },
    );
  }
}

/** What is not there is left out, as renderers and tests expect it. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[key, withoutUndefined(inner)]],
    ),
  );
}
