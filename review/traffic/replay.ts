import { counted } from "../../base/words";
import type { AccessRevision } from "../model";
import { RulePlaces } from "../rule-places";
import { type AuditEntry, recordedVerdict } from "./audit-entry";
import { BoundedMap } from "./bounded-map";
import { isDecided, type RecordedDecision } from "./decide-recorded";
import { decidedBy, sameRule, sideOf } from "./decided";
import { type Holder, Holders, requestKey } from "./holders";
import { withKeptPolicies } from "./kept-policies";
import { maskedPath } from "./masked-path";
import { type LogSummary, readLogs } from "./read-log";
import { RecordedSubjects } from "./recorded-subject";
import { byCount, neverSeen, see } from "./seen";
import type { TrafficChange, TrafficReplay } from "./traffic-replay";

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
            `${counted(this.#otherPolicies, "request")} came with other policies than ${label} has for them; ${label} counts`,
          ]
        : []),
    ];
  }

  #outcomeOf(holder: Holder, entry: AuditEntry): Outcome {
    const [was, is] = [
      decidedBy(holder.sides[0], entry, this.base),
      decidedBy(holder.sides[1], entry, this.head),
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
        before: sideOf(was, this.#places[0]),
        after: sideOf(is, this.#places[1]),
        ...(why === undefined ? {} : { why }),
      };
      this.#changes[kind].set(key, change);
    }
    return { base: verdict, change };
  }
}
