import { listed } from "../../base/words";
import { policyName } from "../../policies/policy-name";
import type { FindingParts } from "../finding-id";
import {
  type AccessRevision,
  type Doubt,
  KNOWN_AFTER_APPLY,
  type Place,
  type RevisionPolicy,
  type RevisionPrincipal,
} from "../model";
import type { PrincipalPair } from "./principal-pair";
import { unknown } from "./unknown-finding";

/** What nobody can tell, and what a reader should know of it. */
export interface Doubts {
  readonly findings: readonly FindingParts[];
  readonly notes: readonly string[];
}

/**
 * Everything that the two sources left open. A doubt that stands on both sides, about the same content, says nothing of the
 * change, and is noted; any other makes the review fail closed, and so does what nobody knows before it is applied.
 */
export function doubtsOf(
  base: AccessRevision,
  head: AccessRevision,
  pairs: readonly PrincipalPair[],
): Doubts {
  const [sources, notes] = sourceDoubts(base, head);
  return {
    findings: [...sources, ...unreadable(base, head), ...missing(base, head, pairs)],
    notes: [...notes, ...refusedAsBefore(base, head), ...defaultNote(base, head)],
  };
}

function sourceDoubts(base: AccessRevision, head: AccessRevision): [FindingParts[], string[]] {
  const key = ({ reason, principals, content }: Doubt): string =>
    JSON.stringify([reason, principals?.toSorted(), content]);
  const [old, now] = [new Set(base.doubts.map(key)), new Set(head.doubts.map(key))];
  const findings: FindingParts[] = [];
  const notes = new Set<string>();
  for (const doubt of head.doubts) {
    // What is open is the same in a revision and itself alone.
    if (old.has(key(doubt)) && (base === head || !isOpen(doubt)))
      notes.add(`Before and after: ${doubt.reason}`);
    else findings.push(unknown(inDoubt(doubt), doubt.principals, head, doubt.place));
  }
  for (const doubt of base.doubts)
    if (!now.has(key(doubt)))
      findings.push(unknown(`${inDoubt(doubt)} (in the base)`, doubt.principals, base, doubt.place));
  return [findings, [...notes]];
}

function isOpen({ reason, content = "" }: Doubt): boolean {
  return reason.includes(KNOWN_AFTER_APPLY) || content.includes(KNOWN_AFTER_APPLY);
}

function inDoubt({ reason, principals = [] }: Doubt): string {
  return principals.length === 0 ? reason : `cannot be told: ${reason}`;
}

/** A policy that the engine refuses: what its holders may do then is not known. */
function unreadable(base: AccessRevision, head: AccessRevision): FindingParts[] {
  const before = new Map(base.policies.map((policy) => [policyName(policy.name), policy]));
  const after = new Map(head.policies.map((policy) => [policyName(policy.name), policy]));
  const told: FindingParts[] = [];
  for (const [revision, policies, others, side] of [
    [head, after, before, "holds"],
    [base, before, after, "held"],
  ] as const) {
    for (const [name, policy] of policies) {
      // Where the source does not know the text, one of its doubts tells that.
      if (!policy.unreadable?.length) continue;
      const other = others.get(name);
      if (other?.unreadable && (isAsBefore(base, head, policy, other) || side === "held")) continue;
      const holders = revision.principals.filter(({ holds }) =>
        holds.some((held) => policyName(held.policy) === name),
      );
      const sentence = `${side} the policy ${name}, which cannot be read: ${policy.unreadable[0]?.reason ?? "it is no policy"}`;
      told.push(
        unknown(
          sentence,
          holders.map((holder) => holder.name),
          revision,
          firstFault(policy),
        ),
      );
    }
  }
  return told;
}

/** An engine keeps what it took once: of the same text two versions may hold different things. */
function isAsBefore(
  base: AccessRevision,
  head: AccessRevision,
  { text }: RevisionPolicy,
  other: RevisionPolicy | undefined,
): boolean {
  return base.engine === head.engine && other?.text === text;
}

/** Policies that were refused before as they are now: what their holders may do is as little known. */
function refusedAsBefore(base: AccessRevision, head: AccessRevision): string[] {
  const before = new Map(base.policies.map((policy) => [policyName(policy.name), policy]));
  return head.policies.flatMap((policy) => {
    const [fault] = policy.unreadable ?? [];
    const was = before.get(policyName(policy.name));
    return fault && was?.unreadable && isAsBefore(base, head, policy, was)
      ? [`Before and after: the policy ${policy.name} cannot be read: ${fault.reason}`]
      : [];
  });
}

function firstFault(policy: RevisionPolicy): Place | undefined {
  const fault = policy.unreadable?.[0];
  if (!policy.verbatim || !policy.place || !fault) return policy.place;
  return { file: policy.place.file, line: fault.span.start.line, column: fault.span.start.column };
}

/** Policies that are held and that the revision has no text of: a server may have one. */
function missing(
  base: AccessRevision,
  head: AccessRevision,
  pairs: readonly PrincipalPair[],
): FindingParts[] {
  const known = ({ policies }: AccessRevision): Set<string> =>
    new Set(["default", "root", ...policies.map(({ name }) => policyName(name))]);
  const [old, now] = [known(base), known(head)];
  const found = new Map<string, RevisionPrincipal[]>();
  for (const { base: was, head: is } of pairs) {
    for (const { policy } of is?.holds ?? []) {
      const name = policyName(policy);
      if (now.has(name)) continue;
      if (was?.holds.some((held) => policyName(held.policy) === name) && !old.has(name)) continue;
      found.set(name, [...(found.get(name) ?? []), is as RevisionPrincipal]);
    }
  }
  return [...found].map(([name, holders]) => {
    const place = holders[0]?.place;
    const sentence = `holds the policy ${name}, whose text is not here: what it grants is not known`;
    return unknown(
      sentence,
      holders.map((holder) => holder.name),
      head,
      place,
    );
  });
}

function defaultNote(base: AccessRevision, head: AccessRevision): string[] {
  const has = ({ policies }: AccessRevision): boolean =>
    policies.some(({ name }) => policyName(name) === "default");
  const held = head.principals.some(({ holds }) =>
    holds.some(({ policy }) => policyName(policy) === "default"),
  );
  if (!held || (has(base) && has(head))) return [];
  if (!has(base) && !has(head))
    return ["Both sides have the engine's own policy default, or say nothing of it."];
  const side = has(head) ? "base" : "head";
  return [`The ${side} does not have the text of the policy default: all of it is told as a change.`];
}

/** The engines' own remarks on their versions. */
export function engineNotes(notes: readonly (string | undefined)[]): string[] {
  const said = [...new Set(notes.filter((note) => note !== undefined))];
  return said.length === 0 ? [] : [`${listed(said)}.`];
}
