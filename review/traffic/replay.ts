import type { Decision } from "../../policies/semantics/decide";
import { writtenPattern } from "../../policies/semantics/rank";
import type { ReviewSide, SideOfChange } from "../finding";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { RulePlaces } from "../rule-places";
import { type AuditEntry, recordedVerdict } from "./audit-entry";
import { BoundedMap } from "./bounded-map";
import { decideRecorded, isDecided, type RecordedDecision } from "./decide-recorded";
import type { HolderSide } from "./holder-side";
import { type Holder, Holders, requestKey } from "./holders";
import { withKeptPolicies } from "./kept-policies";
import { maskedPath } from "./masked-path";
import { type LogSummary, readLogs } from "./read-log";
import { type RecordedSubject, RecordedSubjects } from "./recorded-subject";
import { byCount, neverSeen, type Seen, see } from "./seen";

/** What a change does to requests that were really sent. */
export interface TrafficReplay {
  readonly base: ReviewSide;
  readonly head: ReviewSide;
  readonly log: LogSummary;
  /** Requests that policies decide: those with a valid token. */
  readonly requests: number;
  /** Of these, how many both revisions decide alike. */
  readonly same: number;
  /** Allowed by the base and denied by the head; the most frequent first. */
  readonly denied: readonly TrafficChange[];
  /** Denied by the base and allowed by the head. */
  readonly allowed: readonly TrafficChange[];
  /** What nobody can tell of one side or both, where the two may differ. */
  readonly unknown: readonly TrafficChange[];
  /** Requests that no policy decides: logins, health, tokens that are not valid. */
  readonly undecided: number;
  readonly notes: readonly string[];
}

/** Requests of one principal for one thing, which the change decides in one way. */
export interface TrafficChange extends Seen {
  /** As people say it: `AppRole dotmac`. */
  readonly title: string;
  readonly principal?: RevisionPrincipal;
  readonly subject: RecordedSubject;
  readonly operation: string;
  /** One of the paths. */
  readonly example: string;
  readonly before: SideOfChange;
  readonly after: SideOfChange;
  /** For what is unknown: what would have to be known. */
  readonly why?: string;
}

export interface ReplayOptions {
  /** Milliseconds since 1970, for rules that expire. @default none of them expires */
  readonly now?: number;
  /** Policies that the server keeps whatever is declared: a side without them has the other's. @default none */
  readonly keptPolicies?: readonly string[];
}

/**
 * Decides every recorded request by both revisions. Exact as decisions are; what turns on the value of a parameter, on a
 * principal that a revision does not know, or on what a source could not read, is counted as unknown.
 */
export async function replayTraffic(
  base: AccessRevision,
  head: AccessRevision,
  files: readonly string[],
  options: ReplayOptions = {},
): Promise<TrafficReplay> {
  const replay = new Replay(...withKeptPolicies(base, head, options.keptPolicies ?? []), options.now);
  const log = await readLogs(files, (entry) => replay.add(entry));
  return replay.result(log);
}

interface Outcome {
  readonly base: RecordedDecision["verdict"];
  readonly change: TrafficChange | undefined;
}

type Kind = "denied" | "allowed" | "unknown";

class Replay {
  readonly #holders: Holders;
  readonly #subjects: RecordedSubjects;
  readonly #places: readonly [RulePlaces, RulePlaces];
  readonly #outcomes = new BoundedMap<string, Outcome>(200_000);
  readonly #changes: { readonly [kind in Kind]: Map<string, TrafficChange> } = {
    denied: new Map(),
    allowed: new Map(),
    unknown: new Map(),
  };
  #requests = 0;
  #undecided = 0;
  #unlikeRecorded = 0;
  #otherPolicies = 0;

  constructor(
    private readonly base: AccessRevision,
    private readonly head: AccessRevision,
    now: number | undefined,
  ) {
    this.#holders = new Holders([base, head], now);
    this.#subjects = new RecordedSubjects([head, base]);
    this.#places = [new RulePlaces(base), new RulePlaces(head)];
  }

  add(entry: AuditEntry): void {
    this.#holders.learn(entry);
    const { token } = entry;
    if (token === undefined || !isDecided(entry)) {
      this.#undecided++;
      return;
    }
    this.#requests++;
    const holder = this.#holders.of(token);
    if (holder.otherPolicies) this.#otherPolicies++;
    const key = requestKey(holder, entry);
    let outcome = this.#outcomes.get(key);
    if (!outcome) {
      outcome = this.#outcomeOf(holder, entry);
      this.#outcomes.set(key, outcome);
    }
    const recorded = recordedVerdict(entry);
    if (outcome.base !== "unknown" && recorded !== undefined && outcome.base !== recorded)
      this.#unlikeRecorded++;
    if (outcome.change) see(outcome.change, entry);
  }

  result(log: LogSummary): TrafficReplay {
    const sorted = (kind: Kind) => [...this.#changes[kind].values()].sort(byCount);
    const [denied, allowed, unknown] = [sorted("denied"), sorted("allowed"), sorted("unknown")];
    const changed = [...denied, ...allowed, ...unknown].reduce((sum, { count }) => sum + count, 0);
    return {
      base: { label: this.base.label, engine: this.base.engine },
      head: { label: this.head.label, engine: this.head.engine },
      log,
      requests: this.#requests,
      same: this.#requests - changed,
      denied,
      allowed,
      unknown,
      undecided: this.#undecided,
      notes: [...log.notes, ...this.#notes()],
    };
  }

  #notes(): string[] {
    const { label } = this.base;
    return [
      ...(this.#unlikeRecorded > 0
        ? [
            `the server decided ${this.#unlikeRecorded} of these requests otherwise than ${label} does: the log may be of another time`,
          ]
        : []),
      ...(this.#otherPolicies > 0
        ? [
            `${this.#otherPolicies} requests came with other policies than ${label} has for them; ${label} counts`,
          ]
        : []),
    ];
  }

  #outcomeOf(holder: Holder, entry: AuditEntry): Outcome {
    const [was, is] = [
      this.#decided(holder.sides[0], entry, this.base),
      this.#decided(holder.sides[1], entry, this.head),
    ];
    const verdict = was.verdict;
    const alike = this.base.engine === this.head.engine && sameRule(was, is);
    if (holder.same || alike || (verdict === is.verdict && verdict !== "unknown"))
      return { base: verdict, change: undefined };
    const kind = verdict === "unknown" || is.verdict === "unknown" ? "unknown" : is.verdict;
    const decisions = [was.decision, is.decision].filter((each) => each !== undefined);
    const subject = this.#subjects.of(entry, decisions);
    const why = kind === "unknown" ? (is.verdict === "unknown" ? is.why : was.why) : undefined;
    const key = `${holder.id}\n${entry.operation}\n${subject.region}\n${why ?? ""}`;
    let change = this.#changes[kind].get(key);
    if (!change) {
      change = {
        ...neverSeen(),
        title: holder.title,
        ...(holder.principal ? { principal: holder.principal } : {}),
        subject,
        operation: entry.operation,
        example: maskedPath(entry.namespace + entry.path),
        before: sideOfChange(was, this.#places[0]),
        after: sideOfChange(is, this.#places[1]),
        ...(why === undefined ? {} : { why }),
      };
      this.#changes[kind].set(key, change);
    }
    return { base: verdict, change };
  }

  #decided(side: HolderSide | undefined, entry: AuditEntry, revision: AccessRevision): Decided {
    if (side?.kind === "known") return decideRecorded(side.list, entry, revision.mounts);
    if (side?.kind === "gone")
      return {
        verdict: "denied",
        why: `${revision.label} has no such principal`,
        decision: undefined,
        byValue: false,
      };
    return { verdict: "unknown", why: side?.why ?? "", decision: undefined, byValue: false };
  }
}

type Decided = Omit<RecordedDecision, "decision"> & { readonly decision: Decision | undefined };

/** Two rules that turn on the same values decide alike, whatever the values are. */
function sameRule(was: Decided, is: Decided): boolean {
  if (!was.byValue || !is.byValue) return false;
  const essence = ({ decision }: Decided): string => {
    const { pattern, bits, conditions } = decision?.rule ?? {};
    const { allowed, denied, required, ...rest } = conditions ?? {};
    return JSON.stringify([pattern, bits, [...(allowed ?? [])], [...(denied ?? [])], required, rest]);
  };
  return essence(was) === essence(is);
}

function sideOfChange({ verdict, decision }: Decided, places: RulePlaces): SideOfChange {
  const rule = decision?.rule;
  const place = places.ofRule(rule);
  const level = verdict === "allowed" ? "full" : verdict === "denied" ? "none" : "unknown";
  return {
    level,
    ...(rule ? { rule: writtenPattern(rule.pattern) } : {}),
    policies: [...new Set(rule?.sources.map(({ policy }) => policy) ?? [])],
    ...(place ? { place } : {}),
  };
}
