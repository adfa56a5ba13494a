import type { DeclarationPlace } from "../base/declaration-place";
import { PolicyUsageError } from "../policies/errors";
import type * as policies from "../policies/guardrails/guardrail";
import { type Named, waive } from "../policies/guardrails/vocabulary";
import { DeclarationError } from "./declaration-error";
import type { Principal } from "./principal";
import type { System } from "./system";

/** What a guardrail is made into data with, when everything is declared. */
export interface GuardrailContext {
  /** The system that declares it; `undefined` where the environment does. */
  readonly system: System | undefined;
  /** The principal by its API path, and as people call it. @throws DeclarationError when nothing declares it */
  readonly named: (principal: Principal | RolePath, place: DeclarationPlace) => Named;
  readonly principalsOf: (system: System) => readonly Principal[];
}

/** Where the server keeps a role: `auth/approle/role/dotmac`. */
export type RolePath = `auth/${string}`;

interface DeclaredWaiver {
  readonly principal: Principal | RolePath;
  readonly reason: string;
  readonly until: string;
}

/** An invariant over a whole environment, as the words of guardrail-words.ts declare it. */
export class Guardrail {
  constructor(
    private readonly say: (context: GuardrailContext, place: DeclarationPlace) => policies.Guardrail,
    readonly place: DeclarationPlace,
    private readonly waivers: readonly DeclaredWaiver[] = [],
  ) {}

  /**
   * The same guardrail, which excuses one principal for a while.
   * @param principal one of another system by its path, `auth/approle/role/dotmac`
   * @param reason why it has to be so, for whoever reads it next
   * @param until the last day, `2026-12-31`, or a time in RFC 3339; past it the guardrail binds again
   */
  waive(principal: Principal | RolePath, reason: string, until: string): Guardrail {
    const end = /^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59Z` : until;
    return new Guardrail(this.say, this.place, [...this.waivers, { principal, reason, until: end }]);
  }

  /** The guardrail as data, by what is declared now. @throws DeclarationError when it cannot be meant */
  data(context: GuardrailContext): policies.Guardrail {
    try {
      return this.waivers.reduce(
        (guardrail, { principal, reason, until }) =>
          waive(guardrail, context.named(principal, this.place), reason, until),
        this.say(context, this.place),
      );
    } catch (error) {
      if (!(error instanceof PolicyUsageError)) throw error;
      throw new DeclarationError(error.what, error.nextStep, this.place, { cause: error });
    }
  }
}

/** A guardrail where it was declared. */
export interface DeclaredGuardrail {
  readonly guardrail: Guardrail;
  /** Absent where the environment declares it. */
  readonly system?: System;
}
