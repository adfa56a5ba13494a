import { type Settings, settingsIn, textIn } from "../inventory/value";

/**
 * Product and version of a server. Only the built-in plugins' own versions tell the product: `v2.7.2+builtin.bao`.
 * @param mounts what `sys/auth` or `sys/mounts` says
 */
export function engineOf(mounts: Settings | undefined, version: string | undefined): string | undefined {
  const builtIn = Object.values(mounts ?? {})
    .map((mount) => textIn(settingsIn(mount).running_plugin_version))
    .find((text) => text?.includes("+builtin."));
  const plain = /^\d+\.\d+\.\d+/.exec(version ?? "")?.[0];
  if (builtIn === undefined || plain === undefined) return undefined;
  return `${builtIn.endsWith(".bao") ? "openbao" : "vault"}@${plain}`;
}
