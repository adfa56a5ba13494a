import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { Construct } from "constructs";
import { AccessRegistry } from "./access-registry";

/** A login method at its usual path. One in a stack: the first role that needs it mounts it. */
export class AuthMount extends Construct {
  static of(scope: Construct, type: "approle" | "kubernetes"): AuthMount {
    const registry = AccessRegistry.of(scope);
    const found = registry.authMounts.get(type);
    return found ?? new AuthMount(registry, type);
  }

  readonly path: string;
  /** What has to wait for it. */
  readonly resource: AuthBackend;

  private constructor(registry: AccessRegistry, type: string) {
    super(registry.stack, `auth.${type}`);
    this.path = type;
    this.resource = new AuthBackend(this, "backend", { type, path: type });
    registry.authMounts.set(type, this);
  }
}
