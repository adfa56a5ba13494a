import type { DeclarationPlace } from "../base/declaration-place";
import { PolicyUsageError } from "../policies/errors";
import type * as policies from "../policies/guardrails/guardrail";
import { type Named, waive } from "../policies/guardrails/vocabulary";
import { KV2_AREAS } from "../policies/kv-areas";
import { DeclarationError } from "./declaration-error";
import type { KvMount } from "./kv-mount";
import type { Principal } from "./principal";
import type { System } from "./system";

/** What a guardrail is made into data with, when everything is declared. */
export interface GuardrailContext {
  /** The system that declares it; `undefined` where the environment does. */
  readonly system: System | undefined;
  /** The principal by its API path, and as people call it. @throws DeclarationError when nothing declares it */
  readonly named: (principal: Principal | RolePath, place: DeclarationPlace) => Named;
  readonly principalsOf: (system: System) => readonly Principal[];
  /** By their paths, without a slash. */
  readonly mounts: ReadonlyMap<string, Pick<KvMount, "version">>;
}

/** Where the server keeps a role: `auth/approle/role/dotmac`. */
export type RolePath = `auth/${string}`;

interface DeclaredWaiver {
  readonly principal: Principal | RolePath;
  readonly reason: string;
  readonly until: string;
}

/** On KV v2 no request has a path without data/, metadata/ or the like, so nothing can break a guardrail of such a path. */
function checkAreas({ words, forbidden }: policies.Guardrail, mounts: GuardrailContext["mounts"]): void {
  for (const { region } of forbidden) {
    const bare = region.replace(/^\//, "");
    const paths = [...mounts.keys()].filter((path) => bare.startsWith(`${path}/`));
    const mount = paths.toSorted((a, b) => b.length - a.length)[0] ?? "";
    if (mounts.get(mount)?.version !== 2 || meetsArea(bare.slice(mount.length + 1))) continue;
    throw new PolicyUsageError(
      `The guardrail "${words}" holds whatever the policies say, because ${mount}/ is KV version 2 and has its secrets below data/, metadata/ and the like.`,
      `Write ${mount}/data/${bare.slice(mount.length + 1)}, or name the secret, as in nobody.mayReadValues(this.secret).`,
    );
  }
}

function meetsArea(rest: string): boolean {
  const [first = "", ...below] = rest.split("/");
  if (first === "+" || first === "config" || KV2_AREAS.has(first)) return true;
  const open = below.length === 0 && first.endsWith("*");
  return open && [...KV2_AREAS, "config"].some((area) => area.startsWith(first.slice(0, -1)));
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
      const said = this.say(context, this.place);
      checkAreas(said, context.mounts);
      return this.waivers.reduce(
        (guardrail, { principal, reason, until }) =>
          waive(guardrail, context.named(principal, this.place), reason, until),
        said,
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
