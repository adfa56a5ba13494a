import { DeclarationPlace } from "../base/declaration-place";
import type { Intent } from "../policies/intent";
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

/** What a guardrail can be about: the same. */
export interface IGuarded {
  readonly targets: readonly GrantTarget[];
  /** What stands for all of them in a sentence. @default - each by its own title */
  readonly title?: string | undefined;
}

/** Several targets as one thing to grant. */
export class GrantableSet implements IGrantable, IGuarded {
  constructor(
    private readonly now: () => readonly GrantTarget[],
    readonly title?: string,
  ) {}

  /** Those that there are when it is asked: a grant is on what is declared by then, a guardrail on all that ever is. */
  get targets(): readonly GrantTarget[] {
    return this.now();
  }

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
    const targets = this.now();
    const [first] = targets;
    if (principals.length === 0) {
      throw new DeclarationError(
        `${first?.construct}: "${intent}" is granted to nobody.`,
        "Name whom: the principals go between the brackets.",
        new DeclarationPlace(this.grant),
      );
    }
    const place = first?.mount.recordsGrants ? new DeclarationPlace(this.grant) : undefined;
    for (const principal of principals) {
      for (const target of targets) {
        target.mount.checkIntent(intent, target.construct, this.grant);
        principal.addGrant(place ? { intent, target, place } : { intent, target });
      }
    }
  }
}
