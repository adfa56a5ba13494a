import type { Decision } from "../../policies/semantics/decide";
import { writtenPattern } from "../../policies/semantics/rank";
import { needsSudo } from "../../policies/semantics/sudo-paths";
import type { AccessRevision, Place, RevisionPrincipal } from "../model";
import { RulePlaces } from "../rule-places";
import { type AuditEntry, recordedVerdict } from "./audit-entry";
import { BoundedMap } from "./bounded-map";
import { decideRecorded, isDecided, type RecordedDecision } from "./decide-recorded";
import { type Holder, Holders, requestKey } from "./holders";
import { maskedPath } from "./masked-path";
import { grantThatAllows, type MissingGrant } from "./missing-grant";
import { type LogSummary, readLogs } from "./read-log";
import { type RecordedSubject, RecordedSubjects } from "./recorded-subject";
import { byCount, neverSeen, type Seen, see } from "./seen";

/** So many groups are kept; requests beyond them are counted together. */
const MOST_GROUPS = 2_000;

/** Requests that policies denied, with what would allow them. */
export interface TrafficDenied {
  readonly source: string;
  readonly log: LogSummary;
  readonly requests: number;
  /** The most frequent first. */
  readonly groups: readonly DeniedRequests[];
  /** Denied requests that came after the groups were full. */
  readonly others: number;
  /** Requests without a valid token, which no policy could help. */
  readonly invalidTokens: number;
  readonly notes: readonly string[];
}

/** Denied requests of one principal for one thing. */
export interface DeniedRequests extends Seen {
  readonly title: string;
  readonly principal?: RevisionPrincipal;
  readonly subject: RecordedSubject;
  readonly operation: string;
  readonly example: string;
  /** What the revision says to them. */
  readonly now: RecordedDecision["verdict"];
  /** Why it is denied, or not known. */
  readonly why: string;
  /** The rule that decides, as written, and where it stands. */
  readonly rule?: string;
  readonly place?: Place;
  /** What would allow them; absent where nothing that is added does. */
  readonly grant?: MissingGrant;
}

/** @param options.now milliseconds since 1970, for rules that expire. @default none of them expires */
export async function deniedTraffic(
  revision: AccessRevision,
  files: readonly string[],
  options: { readonly now?: number } = {},
): Promise<TrafficDenied> {
  const denied = new Denied(revision, options.now);
  const log = await readLogs(files, (entry) => denied.add(entry));
  return denied.result(log);
}

class Denied {
  readonly #holders: Holders;
  readonly #subjects: RecordedSubjects;
  readonly #places: RulePlaces;
  readonly #groups = new Map<string, DeniedRequests>();
  readonly #known = new BoundedMap<string, DeniedRequests>(50_000);
  #requests = 0;
  #others = 0;
  #invalidTokens = 0;

  constructor(
    private readonly revision: AccessRevision,
    now: number | undefined,
  ) {
    this.#holders = new Holders([revision], now);
    this.#subjects = new RecordedSubjects([revision]);
    this.#places = new RulePlaces(revision);
  }

  add(entry: AuditEntry): void {
    this.#holders.learn(entry);
    if (entry.token === undefined) {
      if (entry.error === "permission denied") this.#invalidTokens++;
      return;
    }
    if (!isDecided(entry)) return;
    this.#requests++;
    if (recordedVerdict(entry) !== "denied") return;
    const holder = this.#holders.of(entry.token);
    const key = requestKey(holder, entry);
    const group = this.#known.get(key) ?? this.#groupOf(holder, entry);
    if (!group) {
      this.#others++;
      return;
    }
    this.#known.set(key, group);
    see(group, entry);
  }

  result(log: LogSummary): TrafficDenied {
    return {
      source: this.revision.label,
      log,
      requests: this.#requests,
      groups: [...this.#groups.values()].sort(byCount),
      others: this.#others,
      invalidTokens: this.#invalidTokens,
      notes: log.notes,
    };
  }

  #groupOf(holder: Holder, entry: AuditEntry): DeniedRequests | undefined {
    const [side] = holder.sides;
    const decided =
      side?.kind === "known" ? decideRecorded(side.list, entry, this.revision.mounts) : undefined;
    const decision = decided?.decision;
    const asked = this.#subjects.of(entry, decision ? [withoutRule(decision)] : []);
    const key = `${holder.id}\n${entry.operation}\n${asked.region}\n${decision?.reason ?? ""}`;
    const known = this.#groups.get(key);
    if (known || this.#groups.size >= MOST_GROUPS) return known;
    const rule = decision?.rule;
    const place = this.#places.ofRule(rule);
    const sudo = side?.kind === "known" && needsSudo(entry.path, side.list.dialect, this.revision.mounts);
    const grant = decision && grantThatAllows(this.revision, holder.principal, entry, decision, asked, sudo);
    const group: DeniedRequests = {
      ...neverSeen(),
      title: holder.title,
      ...(holder.principal ? { principal: holder.principal } : {}),
      subject: asked,
      operation: entry.operation,
      example: maskedPath(entry.namespace + entry.path),
      now: decided?.verdict ?? "unknown",
      why: decided?.why ?? (side?.kind === "unknown" ? side.why : "nobody knows who asks"),
      ...(rule ? { rule: writtenPattern(rule.pattern) } : {}),
      ...(place ? { place } : {}),
      ...(grant ? { grant } : {}),
    };
    this.#groups.set(key, group);
    return group;
  }
}

/** What was asked for is told by its path: the rule that denies may be far wider. */
function withoutRule(decision: Decision): Decision {
  return { ...decision, rule: undefined };
}
