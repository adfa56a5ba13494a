import type { AccessRevision, RevisionPolicy } from "../model";

/** A revision that knows policies alone, as files hold them: no principals, and no mounts but those that are said. */
export function filesRevision(
  label: string,
  engine: string,
  policies: readonly RevisionPolicy[],
  kv2Mounts: readonly string[] = [],
): AccessRevision {
  return {
    label,
    engine,
    policies,
    mounts: kv2Mounts.map((path) => ({ path: withSlash(path), type: "kv", kvVersion: 2 })),
    principals: [],
    secrets: [],
    guardrails: [],
    auditDevices: [],
    doubts: [],
  };
}

/** `secret/`, however its slashes were written. */
export function withSlash(mount: string): string {
  const bare = mount.replace(/^\/+|\/+$/g, "");
  return `${bare}/`;
}
