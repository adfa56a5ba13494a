import { capabilityBit, toBits } from "../../policies/capability";
import type { ComparedCapability } from "../../policies/compare/grant";
import { needsOf } from "../../policies/kv-intents";
import { parseTime } from "../../policies/language/duration";
import { PatternTrie } from "../../policies/semantics/pattern-trie";
import { type Pattern, patternFor } from "../../policies/semantics/rank";
import type { FindingApproval } from "../finding";
import type { RevisionMount } from "../model";
import { mountOf } from "../mount-of";
import type { Approval, Approvals, ApprovedGain } from "./approvals";

/** An approval of the head, ready to be held against changes. */
export interface AppliedApproval {
  /** Its place in the file, from 0. */
  readonly index: number;
  readonly approval: Approval;
  /** Whether the base does not have it. */
  readonly addedHere: boolean;
  readonly counts: boolean;
  readonly expired: boolean;
  /** The API paths that it is about. */
  readonly scopes: readonly ApprovedScope[];
  /** Whether the gain of this capability on this path is approved; exact. */
  readonly covers: (path: string, capability: ComparedCapability) => boolean;
}

/** API paths, and the capabilities that are approved on them. */
export interface ApprovedScope {
  readonly pattern: Pattern;
  readonly bits: number;
}

/**
 * Readies the approvals of the head. One that the base does not have, word for word, was added by the change itself: its
 * author may be the one who gains, so it is shown, and counts only where that is asked for.
 */
export function applyApprovals(
  base: Approvals,
  head: Approvals,
  options: { readonly mounts: readonly RevisionMount[]; readonly now?: number; readonly acceptNew?: boolean },
): AppliedApproval[] {
  const known = new Set(base.approvals.map(wordsOf));
  return head.approvals.map((approval, index) => {
    const addedHere = !known.has(wordsOf(approval));
    const expired = hasExpired(approval, options.now);
    const scopes = scopesOf(approval.gain, options.mounts);
    return {
      index,
      approval,
      addedHere,
      expired,
      counts: !expired && (!addedHere || options.acceptNew === true),
      scopes,
      covers: (path, capability) =>
        !expired &&
        scopes.some(
          ({ pattern, bits }) => (bits & capabilityBit(capability)) !== 0 && matches(pattern, path),
        ),
    };
  });
}

/** Of approvals of the same thing the one that counts before those that are only shown; `undefined` of none. */
export function weightiest(approvals: readonly AppliedApproval[]): AppliedApproval | undefined {
  return approvals.find(({ counts }) => counts) ?? approvals[0];
}

/** The approval as a finding shows it. */
export function shownApproval({ approval, addedHere, counts }: AppliedApproval): FindingApproval {
  const { by, reason, until } = approval;
  return { by, reason, addedHere, counts, ...(until === undefined ? {} : { until }) };
}

function wordsOf({ principal, gain, by, reason, until }: Approval): string {
  return JSON.stringify([principal, gain, by, reason, until]);
}

function hasExpired({ until }: Approval, now: number | undefined): boolean {
  const end = until === undefined ? undefined : parseTime(until);
  return end !== undefined && now !== undefined && now > end;
}

function scopesOf(gain: ApprovedGain, mounts: readonly RevisionMount[]): ApprovedScope[] {
  if (gain.kind === "path") return [{ pattern: patternFor(gain.path), bits: toBits(gain.capabilities) }];
  if (gain.kind !== "secret") return [];
  const mount = mountOf(gain.secret, mounts);
  if (mount?.type !== "kv") return [];
  const secret = { mount: mount.path, path: gain.secret.slice(mount.path.length) };
  const needs = gain.intents.flatMap((intent) => needsOf(intent, secret, mount.kvVersion));
  return needs.map(({ path, capabilities }) => ({ pattern: patternFor(path), bits: toBits(capabilities) }));
}

const tries = new WeakMap<Pattern, PatternTrie>();

function matches(pattern: Pattern, asked: string): boolean {
  // As engines do before they look.
  const path = asked.replace(/^\/+/, "");
  if (pattern.kind === "exact") return path === pattern.text;
  let trie = tries.get(pattern);
  if (!trie) {
    trie = new PatternTrie([pattern]);
    tries.set(pattern, trie);
  }
  return trie.best(path) >= 0;
}
