import { KV2_AREAS } from "../../policies/kv-areas";
import type { SecretPath } from "../../policies/kv-intents";
import type { AccessRevision } from "../model";

const AREAS = new Set([...KV2_AREAS, "config"]);

/**
 * The secret, or tree of secrets, that a person names: by its title, by mount and path (`secret/dotmac/db`), or by its path alone
 * where a system declares it so. `undefined` for an API path.
 * @param asSecret whether `secret/data/dotmac/db` is meant as the secret behind it too
 */
export function secretNamed(
  revision: AccessRevision,
  word: string,
  asSecret = false,
): SecretPath | undefined {
  const bare = word.replace(/^\/*(v1\/)?/, "");
  const declared = revision.secrets.find(
    ({ title, mount, path }) => title === bare || path === bare || mount + title === bare,
  );
  if (declared) return { mount: declared.mount, path: declared.path };
  const mount = revision.mounts
    .filter((each) => each.kvVersion === 2 && bare.startsWith(each.path))
    .toSorted((a, b) => b.path.length - a.path.length)[0];
  if (!mount) return undefined;
  const rest = bare.slice(mount.path.length);
  const [area = "", ...below] = rest.split("/");
  if (rest === "" || rest === "*")
    return asSecret || rest === "*" ? { mount: mount.path, path: "*" } : undefined;
  if (!AREAS.has(area)) return { mount: mount.path, path: rest };
  return asSecret && below.length > 0 ? { mount: mount.path, path: below.join("/") } : undefined;
}

/** The KV v2 mount below which a path misses its `data/` or `metadata/`: a mistake that is made by everybody once. */
export function missingArea(revision: AccessRevision, path: string): string | undefined {
  const bare = path.replace(/^\/*(v1\/)?/, "");
  const mount = revision.mounts.find((each) => each.kvVersion === 2 && bare.startsWith(each.path));
  if (!mount) return undefined;
  const rest = bare.slice(mount.path.length);
  return rest === "" || AREAS.has(rest.split("/")[0] ?? "") ? undefined : mount.path;
}
