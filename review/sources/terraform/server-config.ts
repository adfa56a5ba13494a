import type { RevisionAuditDevice } from "../../model";
import { type Settings, settingsIn, type Value } from "../inventory/value";

/**
 * The audit devices of a server's configuration that is uploaded into its container: OpenBao declares them there,
 * `audit "file" "to-file" { … }`.
 */
export function auditDevicesIn({ upload }: Settings): RevisionAuditDevice[] {
  const files = (Array.isArray(upload) ? upload : []) as readonly Value[];
  return files.flatMap((file) => {
    const { content } = settingsIn(file);
    return typeof content === "string" ? declared(content) : [];
  });
}

function declared(config: string): RevisionAuditDevice[] {
  const blocks = config.matchAll(/^[ \t]*audit\s+"(?<type>[^"]+)"\s+"(?<path>[^"]+)"\s*\{/gm);
  return [...blocks].map(({ groups }) => ({
    path: `${groups?.path?.replace(/\/+$/, "")}/`,
    type: groups?.type ?? "unknown",
  }));
}
