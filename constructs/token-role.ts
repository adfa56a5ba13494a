import { TokenAuthBackendRole } from "@cdktf/provider-vault/lib/token-auth-backend-role";
import type { Construct } from "constructs";
import { checkDuration, type Duration, hours } from "./duration";
import { derivedPolicyName } from "./policy-name";
import { Principal, type PrincipalProps } from "./principal";
import { waitFor } from "./wait-for";

export interface TokenRoleProps extends PrincipalProps {
  /**
   * How long a token lives from its last renewal; it can be renewed for as long as somebody does.
   * @default 768 hours, the engines' own longest lease
   */
  readonly period?: Duration;
}

/**
 * A tool that is handed a token because it cannot log in by itself: an assistant, a script. Tokens are issued through the
 * role, carry its policies alone, and outlive the token that issued them.
 */
export class TokenRole extends Principal {
  readonly kind = "token";

  /** @throws DeclarationError when the role or its policy name is wrong or taken */
  constructor(scope: Construct, name: string, system: string, props: TokenRoleProps = {}) {
    super(scope, name, system, `auth/token/roles/${name}`, derivedPolicyName(system, name), props);
    checkDuration("period", props.period, this.node.path, this.place);
    const role = new TokenAuthBackendRole(this, "role", {
      roleName: name,
      allowedPolicies: [...this.policyNames],
      orphan: true,
      renewable: true,
      tokenPeriod: (props.period ?? hours(768)).seconds,
      ...(props.boundCidrs ? { tokenBoundCidrs: [...props.boundCidrs] } : {}),
    });
    waitFor(role, this.dependencies(props));
  }
}
