import { compileRevision } from "../compiled-revision";
import type { Finding } from "../finding";
import type { AccessRevision, NamedSecret, Place, RevisionPolicy, RevisionPrincipal } from "../model";
import type { PackedPolicy, PackedSide, ReportData } from "./data";
import { judgeGuardrails, waysToEverything } from "./judged";
import { Pool } from "./pool";

/** What a page is about; without `base` it is a map of one revision. */
export interface PageContent {
  readonly kind: ReportData["kind"];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
  readonly closing?: string;
  readonly base?: AccessRevision;
  readonly head: AccessRevision;
  readonly now?: number;
}

/** Revisions and findings in the form in which the page carries them. */
export function pack(content: PageContent): ReportData {
  const policies = new Pool<PackedPolicy>();
  const principals = new Pool<RevisionPrincipal>();
  const secrets = new Pool<NamedSecret>();
  const side = (revision: AccessRevision): PackedSide => ({
    label: revision.label,
    engine: revision.engine,
    mounts: revision.mounts,
    policies: revision.policies.map((policy) => policies.add(packPolicy(policy))),
    principals: revision.principals.map((principal) => principals.add(principal)),
    secrets: revision.secrets.map((secret) => secrets.add(secret)),
    doubts: revision.doubts,
  });
  const { kind, findings, notes, closing, base, head, now } = content;
  const model = compileRevision(head, now);
  return {
    kind,
    findings,
    notes,
    ...(closing === undefined ? {} : { closing }),
    ...(now === undefined ? {} : { now }),
    ...(base ? { base: side(base) } : {}),
    head: side(head),
    policies: policies.values,
    principals: principals.values,
    secrets: secrets.values,
    guardrails: judgeGuardrails(head, model, now),
    escalations: kind === "map" ? waysToEverything(head, model) : [],
  };
}

function packPolicy(policy: RevisionPolicy): PackedPolicy {
  const { name, namespace, allowedInTemplates, expiration, place, unreadable } = policy;
  const { rules } = policy.document;
  const places = rules.map((_, index) => placeOfRule(policy, index) ?? null);
  return {
    name,
    rules,
    ...(namespace === undefined ? {} : { namespace }),
    ...(allowedInTemplates === undefined ? {} : { allowedInTemplates }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(place === undefined ? {} : { place }),
    ...(places.some((each) => each !== null) ? { rulePlaces: places } : {}),
    ...(unreadable === undefined ? {} : { unreadable: unreadable.map(({ reason }) => reason) }),
  };
}

/** The line of one rule: where it was granted, or where it stands in a file that holds the text itself. */
function placeOfRule(policy: RevisionPolicy, index: number): Place | undefined {
  const granted = policy.rulePlaces?.[index];
  if (granted || !policy.verbatim || !policy.place) return granted;
  const start = policy.read?.places.rule(index)?.span.start;
  return start && { file: policy.place.file, line: start.line };
}
