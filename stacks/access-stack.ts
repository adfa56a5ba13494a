import { KubernetesAuthBackendConfig } from "@cdktf/provider-vault/lib/kubernetes-auth-backend-config";
import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { QuotaRateLimit } from "@cdktf/provider-vault/lib/quota-rate-limit";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { printEngineId } from "../base/engine-id";
import { AccessRegistry } from "../constructs/access-registry";
import { AuditDevice } from "../constructs/audit-device";
import { checkComplete } from "../constructs/check-complete";
import { DeclarationError } from "../constructs/declaration-error";
import type { CheckedGuardrail } from "../constructs/guardrail-check";
import { KvMount } from "../constructs/kv-mount";
import { terraformLiteral, terraformString } from "../constructs/terraform-literal";
import { waitFor } from "../constructs/wait-for";
import { auditFileIn, dialectOf } from "../engine/dialects";
import type { Deployment } from "./deployment";
import { LocalStateStack } from "./local-state-stack";
import { serverDirectories } from "./server-directories";

export interface AccessStackOptions {
  /** Whether each grant notes the line that makes it. @default false, because it takes time */
  readonly recordsGrants?: boolean;
  /** Whether a guardrail that does not hold refuses the synthesis. @default true */
  readonly refusesBreaches?: boolean;
}

/**
 * What stands on the server: mounts, login methods, audit, quotas, and every system's roles and policies. In whosever app it is
 * synthesized, its validation refuses roles that are not whole and guardrails that do not hold.
 */
export class AccessStack extends LocalStateStack {
  readonly registry: AccessRegistry;
  private readonly refusesBreaches: boolean;
  #guardrails: readonly CheckedGuardrail[] | undefined;

  constructor(
    scope: Construct,
    deployment: Deployment,
    { recordsGrants = false, refusesBreaches = true }: AccessStackOptions = {},
  ) {
    super(scope, "access", deployment);
    this.refusesBreaches = refusesBreaches;
    this.registry = AccessRegistry.openFor(this, recordsGrants);
    this.connect();
    for (const [path, props] of Object.entries(deployment.environment.props.mounts)) {
      new KvMount(this, `mount.${path}`, { path, ...props }, deployment.environment.place);
    }
    for (const SystemOf of deployment.environment.props.systems) new SystemOf(this);
    const { guardrails = [] } = deployment.environment.props;
    this.registry.guardrails.push(...guardrails.map((guardrail) => ({ guardrail })));
    this.configureKubernetes();
    this.limitRate();
    this.audit();
    this.node.addValidation({ validate: () => this.problems() });
  }

  /**
   * Each guardrail with what excuses it. They are checked once: to be asked for when everything is declared.
   * @throws DeclarationError when a role is not whole or a guardrail does not hold
   */
  guardrails(): readonly CheckedGuardrail[] {
    const engine = printEngineId(this.deployment.engine);
    this.#guardrails ??= checkComplete(this.registry, engine, this.refusesBreaches);
    return this.#guardrails;
  }

  private problems(): string[] {
    try {
      this.guardrails();
      return [];
    } catch (error) {
      if (error instanceof DeclarationError) return [error.message];
      throw error;
    }
  }

  /**
   * cdktf's pass over everything to find references to other stacks. Here there are none, since nothing below can name a
   * construct of another stack, and the pass costs as much as the synthesis itself.
   */
  override prepareStack(): void {}

  /**
   * The token is read by Terraform itself when it runs, so it is in neither the synthesized JSON nor a plan nor the state.
   * A server of somebody else's takes it from VAULT_TOKEN, which the provider reads by itself.
   */
  private connect(): void {
    const { address, tokenFile } = this.deployment;
    new VaultProvider(this, "vault", {
      address,
      skipChildToken: true,
      ...(tokenFile ? { token: `\${trimspace(file(${terraformString(tokenFile)}))}` } : {}),
    });
    this.requireProvider("vault", "hashicorp/vault", ">= 3.3.1, < 6.0.0");
  }

  /** No reviewer's token passes through Terraform: the service account's own token is what reviews it. */
  private configureKubernetes(): void {
    const backend = this.registry.authMounts.get("kubernetes");
    const cluster = this.deployment.environment.props.kubernetes;
    if (!backend || !cluster) return;
    new KubernetesAuthBackendConfig(this, "kubernetes", {
      backend: backend.path,
      kubernetesHost: terraformLiteral(cluster.host),
      kubernetesCaCert: `\${file(${terraformString(cluster.caFile)})}`,
      disableLocalCaJwt: true,
      disableIssValidation: true,
      dependsOn: [backend.resource],
    });
  }

  /**
   * Nothing is configured before it is audited: and a device that is just being registered can fail the request that
   * passes by.
   */
  private audit(): void {
    const dialect = dialectOf(this.deployment.engine);
    if (dialect.auditDevices === "in-config" || this.deployment.target === "existing") return;
    const everything = this.node.findAll().filter((each) => each instanceof TerraformResource);
    const file = new AuditDevice(this, "audit.file", {
      path: "to-file",
      filePath: auditFileIn(serverDirectories(this.deployment).logs),
    });
    const stdout = new AuditDevice(this, "audit.stdout", { path: "to-stdout", filePath: "stdout" });
    for (const resource of everything) waitFor(resource, [file.resource, stdout.resource]);
  }

  private limitRate(): void {
    new QuotaRateLimit(this, "quota", {
      name: "strongroom",
      path: "",
      rate: this.deployment.environment.props.requestsPerSecond ?? 2000,
    });
  }
}
