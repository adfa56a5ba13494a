import { type Construct, Node } from "constructs";
import type { DeclarationPlace } from "../base/declaration-place";
import { intersect } from "../policies/overlap";
import type { AuthMount } from "./auth-mount";
import { DeclarationError } from "./declaration-error";
import type { DeclaredGuardrail } from "./guardrail";
import type { ImportedPolicy } from "./imported-policy";
import type { KvMount } from "./kv-mount";
import type { Principal } from "./principal";
import type { SecretDeclaration } from "./secret-declaration";
import type { System } from "./system";

/** Something that was declared, and the line that did it. */
interface Declared {
  readonly place: DeclarationPlace;
}

/**
 * All that is declared below one stack. It holds the rules that no single construct can see: a path, a role and a policy
 * name belong to one declaration only, whichever system makes it. Constructs enter themselves, so the vocabulary and its
 * registry name each other: this side as types alone.
 */
export class AccessRegistry {
  private static readonly registries = new WeakMap<Construct, AccessRegistry>();

  /** The registry of the tree that `scope` is part of: the one of the stack above it, or of its root. */
  static of(scope: Construct): AccessRegistry {
    const scopes = Node.of(scope).scopes;
    const found = scopes.map((each) => AccessRegistry.registries.get(each)).find(Boolean);
    return found ?? AccessRegistry.openFor(scopes[0] as Construct);
  }

  /**
   * Starts a registry of its own for everything below `stack`.
   * @param recordsGrants whether each grant notes the line that makes it, which costs a hundredth of a large synthesis
   */
  static openFor(stack: Construct, recordsGrants = false): AccessRegistry {
    const registry = new AccessRegistry(stack, recordsGrants);
    AccessRegistry.registries.set(stack, registry);
    return registry;
  }

  readonly mounts = new Map<string, KvMount>();
  readonly systems = new Map<string, System>();
  /** Keyed by mount and path or template. */
  readonly secrets = new Map<string, SecretDeclaration>();
  /** Keyed by system and environment variable. */
  private readonly variables = new Map<string, SecretDeclaration>();
  /** Those of `secrets` that stand for many paths. */
  private readonly families: SecretDeclaration[] = [];
  /** Keyed by their type. */
  readonly authMounts = new Map<string, AuthMount>();
  /** Keyed by the role's API path. */
  readonly principals = new Map<string, Principal>();
  /** Keyed by name. */
  readonly importedPolicies = new Map<string, ImportedPolicy>();
  readonly guardrails: DeclaredGuardrail[] = [];
  private readonly policies = new Map<string, Declared & { readonly construct: string }>();

  private constructor(
    readonly stack: Construct,
    readonly recordsGrants: boolean,
  ) {}

  /** @throws DeclarationError when the name is taken, telling where both stand and what to rename */
  addPolicy(name: string, construct: string, place: DeclarationPlace): void {
    // The engines trim and lower-case policy names (vault/policy_store.go, sanitizeName).
    const key = name.trim().toLowerCase();
    const other = this.policies.get(key);
    if (other) {
      throw new DeclarationError(
        `${construct}: policy name "${name}" is taken by ${other.construct} (${other.place}).`,
        "Give one of the two another policyName: the server keeps one policy of a name, and the last one written wins.",
        place,
      );
    }
    this.policies.set(key, { construct, place });
  }

  hasPolicy(name: string): boolean {
    return this.policies.has(name);
  }

  policyNames(): string[] {
    return [...this.policies.keys()];
  }

  /** @throws DeclarationError when another system has the name */
  addSystem(system: System): void {
    this.add(
      this.systems,
      system.systemName,
      "system",
      system,
      "List each system once in the environment, under a name of its own.",
    );
  }

  /**
   * A path has one declaration, and who may reach a family may reach every member of it, so nothing of one system may lie
   * in a family of another.
   * @throws DeclarationError when the path is taken, lies in a family of another system, or a variable is given twice
   */
  addSecret(secret: SecretDeclaration): void {
    const { mount, pattern } = secret.target;
    this.add(this.secrets, `${mount.path}/${pattern}`, "secret path", secret);
    const wild = pattern.split("/").includes("+");
    for (const other of wild ? this.secrets.values() : this.families) {
      const foreign = other.system !== secret.system && other.mount === mount;
      if (foreign && intersect(pattern, other.target.pattern) !== undefined) {
        throw new DeclarationError(
          `${secret.node.path}: "${mount.path}/${pattern}" and "${mount.path}/${other.target.pattern}" of ${other.node.path} (${other.place}) meet.`,
          "Move one of the two: who may read the one could read secrets of the other.",
          secret.place,
        );
      }
    }
    if (wild) this.families.push(secret);
    for (const variable of Object.keys(secret.env)) this.addVariable(variable, secret);
  }

  /** @throws DeclarationError when the path is taken, or lies in another mount: the engines refuse that too */
  addMount(mount: KvMount): void {
    this.add(this.mounts, mount.path, "mount", mount);
    for (const other of this.mounts.values()) {
      const [inner, outer] = [mount.path, other.path].sort((a, b) => b.length - a.length);
      if (other !== mount && `${inner}/`.startsWith(`${outer}/`)) {
        throw new DeclarationError(
          `${mount.node.path}: mount "${inner}" lies in mount "${outer}".`,
          "Mount it beside the other: the engines allow no mount in a mount.",
          mount.place,
        );
      }
    }
  }

  /** @throws DeclarationError when another secret of the same system gives the variable already */
  private addVariable(variable: string, secret: SecretDeclaration): void {
    const key = `${secret.system}/${variable}`;
    const other = this.variables.get(key);
    if (other) {
      throw new DeclarationError(
        `${secret.node.path}: the environment variable ${variable} is given already by ${other.node.path} (${other.place}).`,
        "Give one of the two another name: a process has one value for each.",
        secret.place,
      );
    }
    this.variables.set(key, secret);
  }

  /** @throws DeclarationError when another declaration has the key */
  add<T extends Construct & Declared>(
    into: Map<string, T>,
    key: string,
    what: string,
    construct: T,
    fix = `Use that declaration, or give this one a ${what} of its own.`,
  ): void {
    const other = into.get(key);
    if (other) {
      throw new DeclarationError(
        `${construct.node.path}: ${what} "${key}" is declared already by ${other.node.path} (${other.place}).`,
        fix,
        construct.place,
      );
    }
    into.set(key, construct);
  }
}
