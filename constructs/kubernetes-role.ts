import { KubernetesAuthBackendRole } from "@cdktf/provider-vault/lib/kubernetes-auth-backend-role";
import type { Construct } from "constructs";
import { AuthMount } from "./auth-mount";
import { DeclarationError } from "./declaration-error";
import { derivedPolicyName } from "./policy-name";
import { Principal, type PrincipalProps } from "./principal";
import { terraformLiteral } from "./terraform-literal";
import { type TokenLife, tokenLife } from "./token-life";
import { waitFor } from "./wait-for";

export interface KubernetesRoleProps extends PrincipalProps, TokenLife {
  /** The service accounts that may log in. No wildcards. */
  readonly serviceAccounts: readonly string[];
  /** The namespaces that they live in. No wildcards. */
  readonly namespaces: readonly string[];
  /** Whom the service account's token must be made for: a role without an audience accepts any token of the account. */
  readonly audience: string;
}

/** Pods that log in with the token of their service account. */
export class KubernetesRole extends Principal {
  readonly kind = "kubernetes";

  /** @throws DeclarationError when the role or its policy name is wrong or taken, or its binding is empty or a wildcard */
  constructor(scope: Construct, name: string, system: string, props: KubernetesRoleProps) {
    super(
      scope,
      name,
      system,
      `auth/kubernetes/role/${name}`,
      `${derivedPolicyName(system, name)}-kubernetes`,
      props,
    );
    this.checkKubernetesNames("serviceAccounts", props.serviceAccounts);
    this.checkKubernetesNames("namespaces", props.namespaces);
    if (typeof props.audience !== "string" || props.audience.trim() === "") {
      throw new DeclarationError(
        `${this.node.path}: audience is empty.`,
        'Name whom the tokens are made for, for example "vault": without it any token of the account is taken.',
        this.place,
      );
    }
    const backend = AuthMount.of(this, "kubernetes");
    const role = new KubernetesAuthBackendRole(this, "role", {
      backend: backend.path,
      roleName: name,
      boundServiceAccountNames: [...props.serviceAccounts],
      boundServiceAccountNamespaces: [...props.namespaces],
      audience: terraformLiteral(props.audience),
      tokenPolicies: [...this.policyNames],
      ...tokenLife(props, this.node.path, this.place),
      ...(props.boundCidrs ? { tokenBoundCidrs: [...props.boundCidrs] } : {}),
    });
    waitFor(role, this.dependencies(props, backend.resource));
  }

  /** Names as Kubernetes has them (RFC 1123), which leaves no wildcards. */
  private checkKubernetesNames(what: string, names: readonly string[]): void {
    const listed = Array.isArray(names) && names.length > 0;
    const wrong = listed ? names.find((name) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) : undefined;
    if (listed && wrong === undefined) return;
    throw new DeclarationError(
      `${this.node.path}: ${what} ${listed ? `holds "${wrong}"` : "is no list of names"}.`,
      "Name each one in a list, without wildcards: a wildcard would let any pod of the cluster in.",
      this.place,
    );
  }
}
