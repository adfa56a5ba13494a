import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import type { PrincipalKind } from "../catalog/catalog";
import type { PolicyDocument } from "../policies/document";
import { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import { derivePolicy } from "./derived-policy";
import { DerivedPolicyResource } from "./derived-policy-resource";
import { freeId } from "./free-id";
import type { Grant, IGrantee } from "./grant";
import { ImportedPolicy } from "./imported-policy";
import { checkNetworks } from "./network";
import { checkPolicyName, NAME } from "./policy-name";
import type { Problem } from "./problem";

/** What every kind of principal can say about its tokens. */
export interface PrincipalProps {
  /**
   * The name of the policy that is derived from this principal's grants.
   * @default - the system's name and the principal's, for example `goblin-assistant-ci`
   */
  readonly policyName?: string;
  /**
   * Policies beside the derived one: an imported document, or the name of one that is declared elsewhere in the stack.
   * @default - none
   */
  readonly policies?: readonly (ImportedPolicy | string)[];
  /**
   * Networks from which its tokens may be used, in CIDR form.
   * @default - anywhere
   */
  readonly boundCidrs?: readonly string[];
}

/** Who logs in. Its policy is derived from its grants and can be written nowhere else. */
export abstract class Principal extends Construct implements IGrantee {
  abstract readonly kind: PrincipalKind;
  readonly policyName: string;
  readonly place: DeclarationPlace;
  /** Every policy its tokens carry, without the engine's `default`. */
  readonly policyNames: readonly string[];
  readonly importedPolicies: readonly string[];
  protected readonly policy: TerraformResource;
  private readonly given: Grant[] = [];
  private derived: PolicyDocument | undefined;

  protected constructor(
    scope: Construct,
    readonly roleName: string,
    readonly system: string,
    /** Where the server keeps the role: `auth/approle/role/dotmac`. */
    readonly apiPath: string,
    defaultPolicyName: string,
    props: PrincipalProps,
  ) {
    super(scope, freeId(scope, apiPath.split("/").slice(1).join(".")));
    this.place = new DeclarationPlace(Principal);
    this.policyName = props.policyName ?? defaultPolicyName;
    this.checkNames();
    checkNetworks("boundCidrs", props.boundCidrs, this.node.path, this.place);
    const extra = props.policies ?? [];
    this.importedPolicies = extra.map((each) => (typeof each === "string" ? each : each.policyName));
    this.policyNames = [this.policyName, ...this.importedPolicies];

    const registry = AccessRegistry.of(this);
    registry.add(registry.principals, apiPath, "role", this);
    registry.addPolicy(this.policyName, this.node.path, this.place);
    this.policy = new DerivedPolicyResource(this, "policy", this.policyName, () => this.document());
  }

  addGrant(grant: Grant): void {
    this.given.push(grant);
    this.derived = undefined;
  }

  /** A copy: grants are added by `secret.grantRead(…)` and its sisters alone. */
  get grants(): readonly Grant[] {
    return [...this.given];
  }

  /** The policy that the grants come to: the same object until another grant is added. */
  document(): PolicyDocument {
    this.derived ??= derivePolicy(this.roleName, this.given);
    return this.derived;
  }

  /** A role that names a policy must wait for it: the names are literals, so Terraform sees no reference. */
  protected dependencies(props: PrincipalProps, ...more: TerraformResource[]): TerraformResource[] {
    const imported = (props.policies ?? []).flatMap((each) =>
      each instanceof ImportedPolicy ? [each.resource] : [],
    );
    return [this.policy, ...imported, ...more];
  }

  /** What is wrong with it and can only be seen when everything is declared. */
  problems(): Problem[] {
    const registry = AccessRegistry.of(this);
    const unknown = this.importedPolicies.filter((name) => !registry.hasPolicy(name));
    const problems = unknown.map((name) => ({
      what: `names the policy "${name}", which nothing declares`,
      fix: `Import it with this.policy("${name}", …), or name one of: ${registry.policyNames().join(", ")}.`,
    }));
    if (this.given.length === 0 && this.importedPolicies.length === 0) {
      problems.push({
        what: "is granted nothing",
        fix: "Grant it something, as in secret.grantRead(role), or remove it.",
      });
    }
    return problems.map(({ what, fix }) => ({ what: `${this.node.path}: ${what}`, fix, place: this.place }));
  }

  private checkNames(): void {
    if (!NAME.test(this.roleName)) {
      throw new DeclarationError(
        `${this.node.path}: the role name "${this.roleName}" cannot be used.`,
        "Use lower-case letters, digits and . _ - only: a slash would end it, and engines lower-case names.",
        this.place,
      );
    }
    checkPolicyName(this.policyName, this.node.path, this.place);
    if (this.policyName === "default") {
      throw new DeclarationError(
        `${this.node.path}: the policy name "default" is that of the policy which every token carries.`,
        "Choose another policyName: what is granted here would be everybody's.",
        this.place,
      );
    }
  }
}
