import type { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";
import { checkDuration, type Duration, hours } from "./duration";

/** Time to live of a principal's tokens. */
export interface TokenLife {
  /** @default 1 hour, or `tokenMaxTtl` where that is less */
  readonly tokenTtl?: Duration;
  /** How long a token lives at most, renewals included. @default 4 hours, or `tokenTtl` where that is more */
  readonly tokenMaxTtl?: Duration;
}

/**
 * The two lengths in seconds, with their defaults, as a role of the provider takes them.
 * @throws DeclarationError when a token would live longer than it may: the engines refuse such a role
 */
export function tokenLife(
  life: TokenLife,
  construct: string,
  place: DeclarationPlace,
): { readonly tokenTtl: number; readonly tokenMaxTtl: number } {
  checkDuration("tokenTtl", life.tokenTtl, construct, place);
  checkDuration("tokenMaxTtl", life.tokenMaxTtl, construct, place);
  const longest = life.tokenMaxTtl?.seconds ?? Math.max(hours(4).seconds, life.tokenTtl?.seconds ?? 0);
  const usual = life.tokenTtl?.seconds ?? Math.min(hours(1).seconds, longest);
  if (usual > longest) {
    throw new DeclarationError(
      `${construct}: tokenTtl is ${usual} s and tokenMaxTtl only ${longest} s.`,
      "Make tokenMaxTtl at least as long as tokenTtl.",
      place,
    );
  }
  return { tokenTtl: usual, tokenMaxTtl: longest };
}
