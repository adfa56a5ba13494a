import type { ReviewSide, SideOfChange } from "../finding";
import type { RevisionPrincipal } from "../model";
import type { LogSummary } from "./read-log";
import type { RecordedSubject } from "./recorded-subject";
import type { Seen } from "./seen";

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
