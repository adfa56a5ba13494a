import { posix } from "node:path";

/**
 * A path of the API as the engines' clients send it, without slashes at its ends: they clean it like the path of a file, so that
 * `kv/../auth/userpass/users/eve` makes a user (hashicorp/vault api/client.go, NewRequest; tried on a server).
 */
export function cleanPath(path: string): string {
  const whole = /\/\/|(^|\/)\.\.?(\/|$)/.test(path) ? posix.normalize(`/${path}`) : path;
  return whole.replace(/^\/+|\/+$/g, "");
}

/** Whether a name or a path leads elsewhere than it says. */
export function leadsElsewhere(text: string): boolean {
  return text.split("/").some((segment) => segment === "." || segment === "..");
}
