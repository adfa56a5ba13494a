import type { Capability } from "../../policies/capability";
import type { ComparedCapability } from "../../policies/compare/grant";
import type { KvIntent } from "../../policies/kv-intents";
import type { Decision } from "../../policies/semantics/decide";
import { SecretNames } from "../compare/access/secret-names";
import { subjectOf } from "../compare/access/subject";
import { doesTo } from "../compare/access/words";
import type { AccessRevision, NamedSecret } from "../model";
import { mountOf } from "../mount-of";
import { type AuditEntry, askedPath } from "./audit-entry";
import { maskedPath } from "./masked-path";

/** What a recorded request was for. */
export interface RecordedSubject {
  /** Absent where no capability is asked for. */
  readonly capability?: ComparedCapability;
  readonly intent?: KvIntent;
  /** A secret's title, else the pattern of the rule that decides, else the path. */
  readonly region: string;
  readonly secret?: NamedSecret;
  /** To stand behind "may": `read values of secret/database/connection`. */
  readonly does: string;
}

/** Names what recorded requests were for, as a review names it. */
export class RecordedSubjects {
  readonly #names: SecretNames;

  /** @param revisions the last one first: its names go before others */
  constructor(private readonly revisions: readonly AccessRevision[]) {
    this.#names = new SecretNames(
      revisions.flatMap(({ secrets }) => secrets),
      revisions.flatMap(({ mounts }) => mounts),
    );
  }

  of(entry: AuditEntry, decisions: readonly Decision[]): RecordedSubject {
    const capability = decisions[0]?.capability as Capability | undefined;
    if (capability === undefined || capability === "deny")
      return { region: maskedPath(entry.path), does: `${entry.operation} ${maskedPath(entry.path)}` };
    const full = askedPath(entry);
    const mounts = this.revisions.flatMap((revision) => revision.mounts);
    const rules = decisions.flatMap(({ rule }) => (rule ? [rule.pattern] : []));
    const subject = subjectOf(full, capability, rules, mountOf(full, mounts), this.#names);
    // Without a rule and without a name only the path is left, and never its token.
    const region = subject.named || rules.length > 0 ? subject.region : maskedPath(full);
    return {
      capability,
      region,
      does: doesTo(subject.intent, [capability], region),
      ...(subject.intent ? { intent: subject.intent } : {}),
      ...(subject.named ? { secret: subject.named.secret } : {}),
    };
  }
}
