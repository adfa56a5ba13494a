import type { Place } from "../../model";
import type { ApiObject } from "./api-object";
import { cleanPath } from "./api-path";
import { listOf, recordIdentity } from "./identity";
import type { Inventory } from "./inventory";
import { loginAt } from "./login-paths";
import { isTrue, settingsIn, textIn, Unresolved } from "./value";

/** Engines that are mounted on every server and cannot be removed. */
const BUILT_IN = new Set(["system", "identity", "cubbyhole", "ns_system", "ns_identity", "ns_cubbyhole"]);

/**
 * Adds what the object means for access.
 * @returns whether its path has any meaning for access
 */
export function record(inventory: Inventory, object: ApiObject): boolean {
  const path = cleanPath(object.path);
  const [, area = "", rest = ""] = /^(sys\/[a-z]+|identity|auth)\/(.+)$/s.exec(path) ?? [];
  switch (area) {
    case "sys/policies":
      return rest.startsWith("acl/") && recordPolicy(inventory, object, rest.slice("acl/".length));
    case "sys/policy":
      return recordPolicy(inventory, object, rest);
    case "sys/mounts": {
      const tunedAuth = /^auth\/(.+)\/tune$/.exec(rest)?.[1];
      if (tunedAuth !== undefined) return recordTuning(inventory, object, tunedAuth);
      return rest.endsWith("/tune")
        ? doubtTuning(inventory, object, rest)
        : recordMount(inventory, object, rest);
    }
    case "sys/auth":
      return rest.endsWith("/tune")
        ? recordTuning(inventory, object, rest.slice(0, -"/tune".length))
        : recordAuthMount(inventory, object, rest);
    case "sys/audit":
      inventory.auditDevices.push({
        path: `${rest}/`,
        type: textIn(object.settings.type) ?? "unknown",
        options: Object.fromEntries(
          Object.entries(settingsIn(object.settings.options)).map(([name, value]) => [
            name,
            value instanceof Unresolved ? value.words : String(value),
          ]),
        ),
        ...placed(object),
      });
      return true;
    case "identity":
      return recordIdentity(inventory, object, rest);
    case "auth":
      return recordLogin(inventory, object, path);
    default:
      return false;
  }
}

function recordPolicy(inventory: Inventory, object: ApiObject, name: string): boolean {
  const { settings } = object;
  const text = settings.policy ?? settings.rules;
  const expiration = textIn(settings.expiration);
  const allowed = [
    ...(isTrue(settings.allow_slashes_in_identity_templates) ? (["/"] as const) : []),
    ...(isTrue(settings.allow_wildcards_in_identity_templates) ? (["*", "+"] as const) : []),
  ];
  inventory.policies.push({
    name: name.trim().toLowerCase(),
    ...(typeof text === "string"
      ? { text }
      : { why: `the text of policy "${name}" (${object.label}) is not known${wordsOf(text)}` }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(allowed.length > 0 ? { allowedInTemplates: allowed } : {}),
    ...placed(object),
  });
  return true;
}

function recordMount(inventory: Inventory, object: ApiObject, path: string): boolean {
  const type = textIn(object.settings.type);
  if (type === undefined) {
    inventory.doubts.push({ reason: `the type of mount "${path}/" (${object.label}) is not known` });
  }
  if (type !== undefined && BUILT_IN.has(type)) return true;
  const { options } = object.settings;
  const version = options instanceof Unresolved ? options : settingsIn(options).version;
  const kvVersion = type && kvVersionOf(type, version);
  if (kvVersion !== undefined && type !== "kv-v2" && version instanceof Unresolved) {
    const reason = `the KV version of mount "${path}/" (${object.label}) is not known: ${version.words}`;
    inventory.doubts.push({ reason });
  }
  inventory.mounts.push({
    path: `${path}/`,
    type: type?.replace(/^(kv-v[12]|generic)$/, "kv") ?? "unknown",
    ...(kvVersion ? { kvVersion } : {}),
    ...(object.identity === undefined ? {} : { identity: object.identity }),
    ...placed(object),
  });
  return true;
}

/** A mount can be tuned to another KV version, where its paths are others. */
function doubtTuning(inventory: Inventory, { settings, label, place }: ApiObject, rest: string): boolean {
  const { version } = settingsIn(settings.options);
  if (version !== undefined && version !== null) {
    const to = version instanceof Unresolved ? version.words : String(version);
    const mount = rest.slice(0, -"tune".length);
    const reason = `${label} tunes the mount ${mount} to KV version ${to}, which is not followed`;
    inventory.doubts.push({ reason, ...(place ? { place } : {}) });
  }
  return true;
}

/** `kv-v2` is short for `kv` with version 2; without a version it is the first. */
function kvVersionOf(type: string, version: unknown): 1 | 2 | undefined {
  if (!["kv", "kv-v1", "kv-v2", "generic"].includes(type)) return undefined;
  // What is not known is a doubt, and most mounts are of the second.
  return type === "kv-v2" || version instanceof Unresolved || String(version) === "2" ? 2 : 1;
}

function recordAuthMount(inventory: Inventory, object: ApiObject, path: string): boolean {
  const type = textIn(object.settings.type);
  inventory.authMounts.push({ path, type: type ?? "unknown", keys: object.keys ?? [] });
  // The API calls it `config`, the provider `tune`; a block of the provider's is a list.
  for (const given of [object.settings.config, object.settings.tune]) {
    for (const settings of listOf(given).map(settingsIn))
      recordTuning(inventory, { ...object, settings }, path);
  }
  return true;
}

/** How an auth method is tuned: how long its tokens live, and of which kind they are. */
function recordTuning(inventory: Inventory, { settings, place }: ApiObject, mount: string): boolean {
  const tuned = TUNED.filter((name) => settings[name] !== undefined && settings[name] !== null);
  if (tuned.length > 0)
    inventory.methods.push({
      mount,
      part: "/tune",
      settings: Object.fromEntries(tuned.map((name) => [`tune.${name}`, settings[name]])),
      ...(place ? { place } : {}),
    });
  return true;
}

const TUNED = ["default_lease_ttl", "max_lease_ttl", "token_type"];

function recordLogin(inventory: Inventory, object: ApiObject, path: string): boolean {
  const found = loginAt(path);
  if (!found) return recordMethod(inventory, object, path);
  const { kind, aliasNames } = object;
  // The GitHub method keeps the policies of a team as a value.
  const { value, ...others } = object.settings;
  const settings =
    value !== undefined && /\/map\/(teams|users)\/[^/]+$/.test(path)
      ? { ...others, policies: others.policies ?? value }
      : object.settings;
  inventory.logins.push({
    ...found,
    ...(kind === undefined ? {} : { kind }),
    settings,
    ...(aliasNames === undefined ? {} : { aliasNames }),
    ...placed(object),
  });
  return true;
}

/** `auth/<mount>/config`: the method itself. */
function recordMethod(inventory: Inventory, object: ApiObject, path: string): boolean {
  const [, mount, part] = /^auth\/(.+)\/config(\/(?:client|identity|ldap))?$/.exec(path) ?? [];
  if (mount === undefined) return false;
  inventory.methods.push({ mount, ...(part ? { part } : {}), settings: object.settings, ...placed(object) });
  return true;
}

function placed({ place }: ApiObject): { readonly place?: Place } {
  return place === undefined ? {} : { place };
}

function wordsOf(value: unknown): string {
  return value instanceof Unresolved ? `: ${value.words}` : "";
}
