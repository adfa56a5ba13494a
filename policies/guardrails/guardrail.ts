import type { ComparedCapability } from "../compare/grant";
import { PolicyUsageError } from "../errors";
import { KV_INTENTS, type KvIntent, needsOf, type SecretPath } from "../intents";
import { parseTime } from "../language/duration";

/** Who a guardrail binds: principals by name, all of them, or all but some. */
export interface Subject {
  /** In words, for findings: "nobody but ci". */
  readonly words: string;
  readonly includes: (principal: string) => boolean;
}

/** What a guardrail keeps its subjects from: capabilities on a region of API paths. */
export interface Forbidden {
  readonly region: string;
  readonly capabilities: readonly ComparedCapability[];
}

/** A part of a guardrail that does not hold yet, with a reason and an end. */
export interface Waiver {
  readonly principal: string;
  readonly reason: string;
  /** RFC 3339; past it the guardrail binds again. */
  readonly until: string;
}

/** An invariant over an access model: its subjects may do none of what is forbidden. */
export interface Guardrail {
  readonly words: string;
  readonly subject: Subject;
  readonly forbidden: readonly Forbidden[];
  readonly waivers: readonly Waiver[];
  /** The same guardrail with a waiver. @throws PolicyUsageError without a reason or a time */
  waive(principal: string, reason: string, until: string): Guardrail;
}

/** What may be forbidden to a subject; every verb gives a guardrail. */
export interface Verbs {
  mayReadValues(...secrets: SecretPath[]): Guardrail;
  maySeeNames(...secrets: SecretPath[]): Guardrail;
  mayWrite(...secrets: SecretPath[]): Guardrail;
  mayDestroy(...secrets: SecretPath[]): Guardrail;
  /** Any intent at all. */
  mayTouch(...secrets: SecretPath[]): Guardrail;
  /** Capabilities on a region of API paths, as a rule would write it. */
  mayUse(capabilities: readonly ComparedCapability[], region: string): Guardrail;
  /** Sudo anywhere. */
  mayReachSudo(): Guardrail;
}

/** No principal at all. Root is not bound by any guardrail: it has no rules. */
export const nobody: Verbs = verbs({ words: "nobody", includes: () => true });

/** Only these principals: nobody else. */
export function only(...allowed: readonly string[]): Verbs {
  return verbs({
    words: `only ${allowed.join(" and ")}`,
    includes: (principal) => !allowed.includes(principal),
  });
}

/** These principals may not. */
export function none(...bound: readonly string[]): Verbs {
  return verbs({ words: `none of ${bound.join(", ")}`, includes: (principal) => bound.includes(principal) });
}

/** No principal of another system than the one that owns these principals. */
export function noOtherSystem(system: string, own: readonly string[]): Verbs {
  return verbs({ words: `no system but ${system}`, includes: (principal) => !own.includes(principal) });
}

const WRITES: readonly KvIntent[] = ["write", "patch"];
const DESTROYS: readonly KvIntent[] = ["destroy", "delete-everything"];

function verbs(subject: Subject): Verbs {
  const forbid = (what: string, intents: readonly KvIntent[], secrets: readonly SecretPath[]): Guardrail => {
    if (secrets.length === 0)
      throw new PolicyUsageError(
        `The guardrail "${subject.words} may ${what}" names no secret.`,
        "Name at least one.",
      );
    const names = secrets.map((secret) => secret.mount + secret.path).join(", ");
    const forbidden = secrets.flatMap((secret) => intents.flatMap((intent) => forbiddenBy(intent, secret)));
    return guardrail(`${subject.words} may ${what} of ${names}`, subject, forbidden);
  };
  return {
    mayReadValues: (...secrets) => forbid("read values", ["read-values"], secrets),
    maySeeNames: (...secrets) => forbid("see names", ["see-names"], secrets),
    mayWrite: (...secrets) => forbid("write values", WRITES, secrets),
    mayDestroy: (...secrets) => forbid("destroy versions", DESTROYS, secrets),
    mayTouch: (...secrets) => forbid("touch anything", Object.keys(KV_INTENTS) as KvIntent[], secrets),
    mayUse: (capabilities, region) =>
      guardrail(`${subject.words} may ${capabilities.join(", ")} ${region}`, subject, [
        { region, capabilities },
      ]),
    mayReachSudo: () =>
      guardrail(`${subject.words} may reach sudo`, subject, [{ region: "*", capabilities: ["sudo"] }]),
  };
}

/** The regions on which any of what an intent needs must be missing: one capability is enough to break it. */
function forbiddenBy(intent: KvIntent, secret: SecretPath): Forbidden[] {
  return needsOf(intent, secret).map(({ path, capabilities }) => ({
    region: path,
    capabilities: capabilities.filter(
      (capability): capability is ComparedCapability => capability !== "deny",
    ),
  }));
}

function guardrail(
  words: string,
  subject: Subject,
  forbidden: readonly Forbidden[],
  waivers: readonly Waiver[] = [],
): Guardrail {
  return {
    words,
    subject,
    forbidden,
    waivers,
    waive(principal, reason, until) {
      if (reason.trim() === "")
        throw new PolicyUsageError(`The waiver of "${words}" for ${principal} has no reason.`, "Say why.");
      if (parseTime(until) === undefined) {
        throw new PolicyUsageError(
          `The waiver of "${words}" for ${principal} ends at "${until}", which is no time.`,
          "Write 2030-01-31T00:00:00Z.",
        );
      }
      return guardrail(words, subject, forbidden, [...waivers, { principal, reason, until }]);
    },
  };
}
