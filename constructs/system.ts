import { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import { AccessRegistry } from "./access-registry";
import { AppRole, type AppRoleProps } from "./app-role";
import { DeclarationError } from "./declaration-error";
import type { Fields } from "./field";
import { freeId } from "./free-id";
import { GrantableSet } from "./grantable";
import { Guardrail } from "./guardrail";
import { ImportedPolicy } from "./imported-policy";
import { KubernetesRole, type KubernetesRoleProps } from "./kubernetes-role";
import type { KvMount } from "./kv-mount";
import { NAME } from "./policy-name";
import { Secret, type SecretProps } from "./secret";
import type { SecretHome } from "./secret-declaration";
import { SecretFamily, type SecretFamilyProps } from "./secret-family";
import type { FamilyTemplate, SecretPath } from "./secret-path";
import { TokenRole, type TokenRoleProps } from "./token-role";

export interface SystemProps {
  /** The mount that holds its secrets, by its path. The environment declares it. */
  readonly mount: string;
  /** The team that answers for it. */
  readonly owner: string;
}

/**
 * One platform's secrets, principals and grants, all in one file. Extend it, declare secrets and roles as fields, and grant
 * in the constructor (docs/declare-a-system.md).
 */
export abstract class System extends Construct {
  readonly owner: string;
  readonly mount: KvMount;
  readonly place: DeclarationPlace;
  private readonly home: SecretHome;

  /** @throws DeclarationError when the environment has no such mount, or another system has the name */
  protected constructor(
    scope: Construct,
    readonly systemName: string,
    props: SystemProps,
  ) {
    super(scope, freeId(scope, systemName));
    this.place = new DeclarationPlace(System);
    this.check(props);
    this.owner = props.owner;
    const registry = AccessRegistry.of(this);
    const mount = registry.mounts.get(props.mount);
    if (!mount) {
      throw new DeclarationError(
        `${this.node.path}: no mount "${props.mount}" in this environment.`,
        `Declare it there, or use one of: ${[...registry.mounts.keys()].join(", ") || "none yet"}.`,
        this.place,
      );
    }
    registry.addSystem(this);
    this.mount = mount;
    this.home = { system: systemName, mount, owner: props.owner };
  }

  /** A secret at a path below the system's mount: `this.secret("database/postgres", { … })`. */
  protected secret<const P extends string, const F extends Fields>(
    path: P & SecretPath<P>,
    props: SecretProps<F>,
  ): Secret<F> {
    return new Secret<F>(this, path, this.home, props);
  }

  /** Secrets that come and go below a template: `this.family("project/{project}/{name}", { … })`. */
  protected family<const T extends string, const F extends Fields>(
    template: T & FamilyTemplate<T>,
    props: SecretFamilyProps<F>,
  ): SecretFamily<T, F> {
    return new SecretFamily<T, F>(this, template, this.home, props);
  }

  /** A service that logs in by AppRole. */
  protected appRole(name: string, props: AppRoleProps = {}): AppRole {
    return new AppRole(this, name, this.systemName, props);
  }

  /** Pods that log in with their service account. */
  protected kubernetesRole(name: string, props: KubernetesRoleProps): KubernetesRole {
    return new KubernetesRole(this, name, this.systemName, props);
  }

  /** A tool that is handed a renewable token. */
  protected tokenRole(name: string, props: TokenRoleProps = {}): TokenRole {
    return new TokenRole(this, name, this.systemName, props);
  }

  /** A policy written by hand, from a file of HCL or JSON. */
  protected policy(name: string, file: string): ImportedPolicy {
    return ImportedPolicy.fromFile(this, name, file);
  }

  /** All that the system declares, as one thing: to grant what there is so far, or to guard whatever there will be. */
  protected everySecret(): GrantableSet {
    const registry = AccessRegistry.of(this);
    const own = () => [...registry.secrets.values()].filter((secret) => secret.system === this.systemName);
    if (own().length === 0) {
      throw new DeclarationError(
        `${this.node.path}: everySecret() comes before the first secret.`,
        "Declare secrets as fields of the class, and grant in its constructor.",
      );
    }
    return new GrantableSet(() => own().map((secret) => secret.target), `any secret of ${this.systemName}`);
  }

  /**
   * Something that must stay true of the whole environment, whoever changes it: checked at every synthesis and in every review.
   * `this.guardrail(only(this.ci).mayWrite(this.providers))`
   */
  protected guardrail(guardrail: Guardrail): void {
    if (!(guardrail instanceof Guardrail))
      throw new DeclarationError(
        `${this.node.path}: what is given here is no guardrail.`,
        "End the sentence: this.guardrail(nobody.mayDestroy(this.backups)).",
        new DeclarationPlace(this.guardrail),
      );
    AccessRegistry.of(this).guardrails.push({ guardrail, system: this });
  }

  private check(props: SystemProps): void {
    if (!NAME.test(this.systemName)) {
      throw new DeclarationError(
        `${this.node.path}: the system name "${this.systemName}" cannot be used.`,
        "Use lower-case letters, digits and . _ - only: policies are named after it.",
        this.place,
      );
    }
    if (typeof props.owner !== "string" || props.owner.trim() === "") {
      throw new DeclarationError(
        `${this.node.path}: has no owner.`,
        'Name the team that answers for it, for example owner: "team-platform".',
        this.place,
      );
    }
  }
}
