import { dialectOf } from "../../policies/dialect";
import { applyApprovals } from "../approvals/apply-approvals";
import { approvalFindings } from "../approvals/approval-findings";
import { NO_APPROVALS } from "../approvals/approvals";
import type { Review } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision } from "../model";
import { RulePlaces } from "../rule-places";
import { atomsBetween } from "./access/access-atoms";
import { accessFindings } from "./access/access-findings";
import type { AtomView } from "./access/atom-view";
import { SecretNames } from "./access/secret-names";
import { Unchanged } from "./access/unchanged";
import { type ComparedPair, comparedPairs } from "./compared-pairs";
import { doubtsOf, engineNotes } from "./doubt-findings";
import { escalationFindings, hasPower } from "./escalation-findings";
import { gather } from "./gather";
import { guardrailFindings } from "./guardrail-findings";
import { withLater } from "./later-findings";
import { lintFindings } from "./lint-findings";
import { MountMoves } from "./mount-moves";
import type { ReviewOptions } from "./options";
import { principalFindings } from "./principal-findings";
import { pairsOf } from "./principal-pair";
import { serverFindings } from "./server-findings";
import { unknown } from "./unknown-finding";

/**
 * Everything that changed between two revisions and that somebody should know: access gained and lost with a witness, who may
 * log in, mounts, guardrails, ways to everything, new lints, and whatever nobody can tell. Pure, and exact: what is not told
 * did not change, or stands among the findings of kind `unknown`.
 */
export function reviewRevisions(
  base: AccessRevision,
  head: AccessRevision,
  options: ReviewOptions = {},
): Review {
  const { now, acceptNewApprovals } = options;
  const approvals = applyApprovals(
    options.approvals?.base ?? NO_APPROVALS,
    options.approvals?.head ?? NO_APPROVALS,
    {
      mounts: head.mounts,
      ...(now === undefined ? {} : { now }),
      ...(acceptNewApprovals === undefined ? {} : { acceptNew: acceptNewApprovals }),
    },
  );
  const pairs = pairsOf(base, head);
  const moves = new MountMoves(base.mounts, head.mounts);
  const everybody = base.engine !== head.engine || moves.moves.length > 0;
  const compared = comparedPairs(base, head, pairs, {
    approvals,
    everybody,
    ...(now === undefined ? {} : { now }),
  });
  const used = new Set<number>();
  const { access, escalates } = accessParts(base, head, compared, moves, options.budget, used);
  const touched = new Set(compared.flatMap(({ principals }) => principals.map(({ name }) => name)));
  const doubts = doubtsOf(base, head, pairs);
  const whoLogsIn = pairs.flatMap((pair) => principalFindings(pair, approvals, used));
  const ways = escalates ? escalationFindings(base, head, approvals, used, now) : [];
  const findings = gather([
    ...access,
    ...whoLogsIn,
    ...serverFindings(base, head),
    ...guardrailFindings({ base, head, touched, ...(now === undefined ? {} : { now }) }),
    ...ways,
    ...lintFindings(base, head, compared, options),
    ...doubts.findings,
    ...approvalFindings(approvals, used),
  ]);
  const told = new Set(findings.flatMap(({ principals }) => principals));
  return {
    command: options.command ?? "review",
    base: { label: base.label, engine: base.engine },
    head: { label: head.label, engine: head.engine },
    findings,
    unchangedPrincipals: pairs.filter(({ name }) => !told.has(name)).length,
    guardrailsChecked: head.guardrails.length,
    notes: [...engineNotes([dialectOf(base.engine).note, dialectOf(head.engine).note]), ...doubts.notes],
  };
}

function accessParts(
  base: AccessRevision,
  head: AccessRevision,
  compared: readonly ComparedPair[],
  moves: MountMoves,
  budget: number | undefined,
  used: Set<number>,
): { readonly access: FindingParts[]; readonly escalates: boolean } {
  let escalates = false;
  const names = new SecretNames([...head.secrets, ...base.secrets], [...base.mounts, ...head.mounts]);
  const gone = base.mounts.filter((mount) => !moves.moves.some(({ from }) => from === mount));
  const view = { base: new RulePlaces(base), head: new RulePlaces(head), moves };
  const partsOf = (pair: ComparedPair): FindingParts[] => {
    escalates ||= hasPower(pair.before) || hasPower(pair.after);
    const [before, after] = [pair.before, pair.after];
    const looked: AtomView = {
      mounts: head.mounts,
      earlierMounts: base.mounts,
      gone,
      names,
      approvals: pair.approvals,
      moves,
      budget: budget ?? 200_000,
    };
    const { atoms, paths, unknown: doubts } = atomsBetween(before, after, looked);
    const unchanged = new Unchanged(paths, before, after, looked);
    for (const { approval } of atoms) if (approval) used.add(approval.index);
    const people = pair.principals.map(({ name, head: is, base: was }) => ({
      name,
      title: (is ?? was)?.title ?? name,
    }));
    const about = { principals: people.map(({ name }) => name), titles: people.map(({ title }) => title) };
    const side = pair.principals[0]?.head ? head : base;
    return [
      ...accessFindings(atoms, unchanged, pair, view).map((finding) => ({ ...finding, ...about })),
      ...doubts.map(({ reason, source }) => {
        const place = source && (view.head.of(source) ?? view.base.of(source));
        return unknown(`cannot be told for certain: ${reason}`, about.principals, side, place);
      }),
    ];
  };
  return { access: compared.flatMap((pair) => withLater(pair, partsOf)), escalates };
}
