import type { BootstrapRequest } from "../bootstrap/request";
import type { Deployment } from "../stacks/deployment";

/** What bootstrap has to know of a deployment. */
export function bootstrapRequestOf(deployment: Deployment, signal?: AbortSignal): BootstrapRequest {
  const { instance, address, engine, environment } = deployment;
  const { mounts, keyShares } = environment.props;
  return {
    instance,
    address,
    engine,
    ...(keyShares ?? {}),
    kvMounts: Object.keys(mounts).filter((path) => mounts[path]?.version !== 1),
    ...(signal ? { signal } : {}),
  };
}
