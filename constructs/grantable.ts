import { DeclarationPlace } from "../base/declaration-place";
import type { Intent } from "../policies/intent";
import { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import type { GrantTarget, IGrantee } from "./grant";

/**
 * What can be granted: a secret, a family, a set of both. Thin verbs over one primitive, `grant`.
 * What each intent allows on the server: policies/intent.ts.
 */
export interface IGrantable {
  /** Lets each principal read the values. */
  grantRead(...principals: IGrantee[]): void;
  /** Lets each principal see the names in the folder of each secret, its neighbours' names included. */
  grantList(...principals: IGrantee[]): void;
  /** Lets each principal store new versions without reading the old ones. */
  grantWrite(...principals: IGrantee[]): void;
  /** Lets each principal read the value and its versions and store the next one. */
  grantRotate(...principals: IGrantee[]): void;
  /** Lets each principal soft-delete versions and bring them back. */
  grantDelete(...principals: IGrantee[]): void;
  /** Lets each principal change metadata, destroy versions and remove the secret, without reading values. */
  grantAdminister(...principals: IGrantee[]): void;
}

/** Several targets as one thing to grant. */
export class GrantableSet implements IGrantable {
  constructor(private readonly targets: readonly GrantTarget[]) {}

  grantRead(...principals: IGrantee[]): void {
    this.grant("read", principals);
  }

  grantList(...principals: IGrantee[]): void {
    this.grant("list", principals);
  }

  grantWrite(...principals: IGrantee[]): void {
    this.grant("write", principals);
  }

  grantRotate(...principals: IGrantee[]): void {
    this.grant("rotate", principals);
  }

  grantDelete(...principals: IGrantee[]): void {
    this.grant("delete", principals);
  }

  grantAdminister(...principals: IGrantee[]): void {
    this.grant("administer", principals);
  }

  private grant(intent: Intent, principals: readonly IGrantee[]): void {
    if (principals.length === 0) {
      throw new DeclarationError(
        `${this.targets[0]?.construct}: "${intent}" is granted to nobody.`,
        "Name whom: the principals go between the brackets.",
        new DeclarationPlace(this.grant),
      );
    }
    const place = this.recordedPlace();
    for (const principal of principals) {
      for (const target of this.targets) {
        target.mount.checkIntent(intent, target.construct, this.grant);
        principal.addGrant(place ? { intent, target, place } : { intent, target });
      }
    }
  }

  private recordedPlace(): DeclarationPlace | undefined {
    const [target] = this.targets;
    const records = target && AccessRegistry.of(target.mount).recordsGrants;
    return records ? new DeclarationPlace(this.grant) : undefined;
  }
}
