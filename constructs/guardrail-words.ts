import { DeclarationPlace } from "../base/declaration-place";
import type { ComparedCapability } from "../policies/compare/grant";
import { PolicyUsageError } from "../policies/errors";
import type { GuardedSecret } from "../policies/guardrails/forbidden";
import type * as policies from "../policies/guardrails/guardrail";
import * as vocabulary from "../policies/guardrails/vocabulary";
import { DeclarationError } from "./declaration-error";
import type { IGuarded } from "./grantable";
import { Guardrail, type GuardrailContext } from "./guardrail";
import type { Principal } from "./principal";

/** What nobody of the subject may do. Each takes secrets, families, or sets of them such as `this.everySecret()`. */
export interface GuardrailWords {
  mayReadValues(...secrets: AtLeastOne<IGuarded>): Guardrail;
  /** The names of secrets, and of the folders that a family's parameters stand for. */
  maySeeNames(...secrets: AtLeastOne<IGuarded>): Guardrail;
  mayWrite(...secrets: AtLeastOne<IGuarded>): Guardrail;
  /** Delete versions: for good, or so that they can be brought back. */
  mayDelete(...secrets: AtLeastOne<IGuarded>): Guardrail;
  /** Delete for good: versions, or the whole secret. */
  mayDestroy(...secrets: AtLeastOne<IGuarded>): Guardrail;
  /** Do anything with them at all. */
  mayTouch(...secrets: AtLeastOne<IGuarded>): Guardrail;
  /** Have these capabilities on API paths, written as a rule of a policy would: `sys/policies/acl/*`. */
  mayUse(capabilities: AtLeastOne<ComparedCapability>, region: string): Guardrail;
  /** Have sudo on any path. */
  mayReachSudo(): Guardrail;
}

type AtLeastOne<T> = readonly [T, ...T[]];

/** No principal at all: `nobody.mayDestroy(this.backups)`. */
export const nobody: GuardrailWords = words(() => vocabulary.nobody);

/** These principals and nobody else: `only(this.ci).mayWrite(this.providers)`. */
export function only(...principals: AtLeastOne<Principal>): GuardrailWords {
  return words((context, place) => vocabulary.only(...principals.map((each) => context.named(each, place))));
}

/** These principals may not: `none(this.ci).mayReadValues(this.providers)`. */
export function none(...principals: AtLeastOne<Principal>): GuardrailWords {
  return words((context, place) => vocabulary.none(...principals.map((each) => context.named(each, place))));
}

/** No principal of any other system: `noOtherSystem.mayReadValues(this.everySecret())`. */
export const noOtherSystem: GuardrailWords = words((context, place) => {
  const { system } = context;
  if (!system) {
    throw new DeclarationError(
      "noOtherSystem says nothing here: an environment is no system.",
      "Declare it in the system that it protects, or write nobody.",
      place,
    );
  }
  const own = context.principalsOf(system).map((each) => context.named(each, place));
  return vocabulary.noOtherSystem(system.systemName, own);
});

type Subject = (context: GuardrailContext, place: DeclarationPlace) => vocabulary.Verbs;

function words(subject: Subject): GuardrailWords {
  const say = (verb: object, what: (verbs: vocabulary.Verbs) => policies.Guardrail): Guardrail =>
    new Guardrail((context, place) => what(subject(context, place)), new DeclarationPlace(verb));
  const said: GuardrailWords = {
    mayReadValues: (...of) => say(said.mayReadValues, (verbs) => verbs.mayReadValues(...guarded(of))),
    maySeeNames: (...of) => say(said.maySeeNames, (verbs) => verbs.maySeeNames(...guarded(of))),
    mayWrite: (...of) => say(said.mayWrite, (verbs) => verbs.mayWrite(...guarded(of))),
    mayDelete: (...of) => say(said.mayDelete, (verbs) => verbs.mayDelete(...guarded(of))),
    mayDestroy: (...of) => say(said.mayDestroy, (verbs) => verbs.mayDestroy(...guarded(of))),
    mayTouch: (...of) => say(said.mayTouch, (verbs) => verbs.mayTouch(...guarded(of))),
    mayUse: (capabilities, region) => say(said.mayUse, (verbs) => verbs.mayUse(capabilities, region)),
    mayReachSudo: () => say(said.mayReachSudo, (verbs) => verbs.mayReachSudo()),
  };
  return said;
}

function guarded(secrets: readonly IGuarded[]): GuardedSecret[] {
  // Synthesis does not check types.
  if (secrets.some((each: Partial<IGuarded> | undefined) => !Array.isArray(each?.targets)))
    throw new PolicyUsageError(
      "a guardrail names something that is no secret.",
      "Give secrets, families or this.everySecret(), each by itself: mayWrite(this.a, this.b).",
    );
  return secrets.flatMap(({ targets, title }) =>
    targets.map((target) => ({
      mount: `${target.mount.path}/`,
      path: target.pattern,
      kvVersion: target.mount.version,
      title: title ?? target.title,
    })),
  );
}
