import { KubernetesAuthBackendRole } from "@cdktf/provider-vault/lib/kubernetes-auth-backend-role";
import type { Construct } from "constructs";
import { AuthMount } from "./auth-mount";
import { DeclarationError } from "./declaration-error";
import { hours } from "./duration";
import { Principal, type PrincipalProps, type TokenLife } from "./principal";

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
      `${name === system ? system : `${system}-${name}`}-kubernetes`,
      props,
    );
    this.checkBinding("serviceAccounts", props.serviceAccounts);
    this.checkBinding("namespaces", props.namespaces);
    this.checkBinding("audience", [props.audience]);
    const backend = AuthMount.of(this, "kubernetes");
    new KubernetesAuthBackendRole(this, "role", {
      backend: backend.path,
      roleName: name,
      boundServiceAccountNames: [...props.serviceAccounts],
      boundServiceAccountNamespaces: [...props.namespaces],
      audience: props.audience,
      tokenPolicies: [...this.policyNames],
      tokenTtl: (props.tokenTtl ?? hours(1)).seconds,
      tokenMaxTtl: (props.tokenMaxTtl ?? hours(4)).seconds,
      ...(props.boundCidrs ? { tokenBoundCidrs: [...props.boundCidrs] } : {}),
      dependsOn: this.dependencies(props, backend.resource),
    });
  }

  private checkBinding(what: string, values: readonly string[]): void {
    if (values.length === 0 || values.some((value) => value.trim() === "" || value.includes("*"))) {
      throw new DeclarationError(
        `${this.node.path}: ${what} is ${values.length === 0 ? "empty" : `"${values.join('", "')}"`}.`,
        "Name each one: a wildcard would let any pod of the cluster in.",
        this.place,
      );
    }
  }
}
