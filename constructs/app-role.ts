import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import type { Construct } from "constructs";
import { AuthMount } from "./auth-mount";
import { DeclarationError } from "./declaration-error";
import { checkDuration, type Duration } from "./duration";
import { checkNetworks } from "./network";
import { derivedPolicyName } from "./policy-name";
import { Principal, type PrincipalProps } from "./principal";
import { type TokenLife, tokenLife } from "./token-life";
import { waitFor } from "./wait-for";

export interface AppRoleProps extends PrincipalProps, TokenLife {
  /**
   * How long a secret id can be used.
   * @default - until it is destroyed
   */
  readonly secretIdTtl?: Duration;
  /**
   * How many logins a secret id is good for.
   * @default - any number
   */
  readonly secretIdUses?: number;
  /**
   * Networks from which a secret id may be used, in CIDR form: the engine refuses a bare address.
   * @default - anywhere
   */
  readonly secretIdCidrs?: readonly string[];
}

/**
 * A service that logs in by AppRole. Terraform keeps the role alone: secret ids are issued on demand and never pass through
 * its state.
 */
export class AppRole extends Principal {
  readonly kind = "approle";

  /** @throws DeclarationError when the role or its policy name is wrong or taken */
  constructor(scope: Construct, name: string, system: string, props: AppRoleProps = {}) {
    super(scope, name, system, `auth/approle/role/${name}`, derivedPolicyName(system, name), props);
    this.checkSecretIds(props);
    const backend = AuthMount.of(this, "approle");
    const role = new ApproleAuthBackendRole(this, "role", {
      backend: backend.path,
      roleName: name,
      tokenPolicies: [...this.policyNames],
      ...tokenLife(props, this.node.path, this.place),
      ...(props.secretIdTtl ? { secretIdTtl: props.secretIdTtl.seconds } : {}),
      ...(props.secretIdUses ? { secretIdNumUses: props.secretIdUses } : {}),
      ...(props.secretIdCidrs ? { secretIdBoundCidrs: [...props.secretIdCidrs] } : {}),
      ...(props.boundCidrs ? { tokenBoundCidrs: [...props.boundCidrs] } : {}),
    });
    waitFor(role, this.dependencies(props, backend.resource));
  }

  private checkSecretIds({ secretIdTtl, secretIdUses, secretIdCidrs }: AppRoleProps): void {
    checkDuration("secretIdTtl", secretIdTtl, this.node.path, this.place);
    checkNetworks("secretIdCidrs", secretIdCidrs, this.node.path, this.place);
    if (secretIdUses !== undefined && !(Number.isInteger(secretIdUses) && secretIdUses > 0)) {
      throw new DeclarationError(
        `${this.node.path}: secretIdUses ${secretIdUses} is no count.`,
        "Use a whole number above zero, or leave it out for any number of logins.",
        this.place,
      );
    }
  }
}
