import type { Place } from "../../model";
import type { ApiObject } from "../inventory/api-object";
import { cleanPath } from "../inventory/api-path";
import { digest } from "../inventory/digest";
import { emptyInventory, type Inventory } from "../inventory/inventory";
import { record } from "../inventory/record";
import { type Settings, settingsIn, textIn, textsOf, Unresolved, type Value } from "../inventory/value";
import { boundsOf, credentialOf } from "./credentials";
import { detourOf, isHarmless, WRITERS } from "./harmless";
import { addIdentity, addToIdentity } from "./identity";
import { loginOf } from "./logins";
import { AUTH_MOUNTS, methodOf } from "./methods";
import { RUNS_COMMAND, runsCommand } from "./provisioners";
import { LOOKED_UP_METHOD, type TerraformResource, type TerraformResources } from "./resource";
import { auditDevicesIn } from "./server-config";

/**
 * What the resources mean for access. A resource of the provider that could grant access and is not known here is a doubt.
 * @param place given to everything that is found
 */
export function inventoryOfTerraform({ resources, doubts }: TerraformResources, place?: Place): Inventory {
  const inventory = emptyInventory();
  inventory.credentials = [];
  inventory.isPart = true;
  const where = place ? { place } : {};
  inventory.doubts.push(
    ...doubts.map(({ reason, content }) => ({
      reason,
      ...(content === undefined ? {} : { content: digest(content) }),
      ...where,
    })),
  );
  for (const resource of resources) add(inventory, resource, where);
  for (const resource of resources) addToIdentity(inventory, resource, resources);
  return inventory;
}

function add(inventory: Inventory, resource: TerraformResource, where: { readonly place?: Place }): void {
  const { address, type, values } = resource;
  const doubt = (reason: string): void =>
    void inventory.doubts.push({ reason, content: digest(values), ...where });
  if (runsCommand(type, values.provisioner)) doubt(`${address} ${RUNS_COMMAND}`);
  if (type === "docker_container") {
    inventory.auditDevices.push(...auditDevicesIn(values));
    return;
  }
  if (type === LOOKED_UP_METHOD) {
    const object = objectOf({ address, type: "vault_auth_backend", values });
    if (typeof object === "object") record(inventory, { ...object, ...where });
    return;
  }
  if (/^(openbao|bao)_/.test(type)) doubt(`${address} is of a provider that is not known here`);
  if (!type.startsWith("vault_")) return;
  const detour = detourOf(type, values);
  if (detour !== undefined) doubt(`${address} leads elsewhere, by its ${detour}`);
  const login = credentialOf(resource);
  if (login !== undefined) inventory.credentials?.push({ login, label: address + boundsOf(values) });
  const method = methodOf(resource);
  const decides = !isHarmless(type) || WRITERS.test(type);
  if (method.length === 0 && !decides) return;
  if (type === "vault_namespace" || (values.namespace ?? "") !== "") {
    doubt(`${address} is about a namespace below the root, which is not looked into`);
    return;
  }
  if (values.dynamic !== undefined) doubt(`${address} holds dynamic blocks, which are not followed`);
  if (typeof method === "string") doubt(method);
  else for (const part of method) record(inventory, { ...part, ...where });
  if (!decides) return;
  const object = loginOf(resource) ?? objectOf(resource);
  if (typeof object === "string") doubt(object);
  else if (object) {
    if (!record(inventory, { ...object, ...where }) && login === undefined && decidesAt(object))
      doubt(`${address} writes to ${object.path}, which is not known here and may grant access`);
    if (type === "vault_token" && textsOf(values.policies).texts.length === 0)
      doubt(`which policies ${address} has is not known: those of whoever applies this, or of its role`);
  } else if (!addIdentity(inventory, resource) && !KNOWN.test(type)) {
    doubt(`${address} is of a kind that is not known here and may grant access`);
  }
}

/** Whether what is written there can decide about access: a role's one attribute, a token made at once, a mount that moves. */
function decidesAt({ path }: ApiObject): boolean {
  return DECIDING.test(path) && !HARMLESS_PATHS.test(path);
}

const DECIDING = /^(sys|auth|identity)\//;
const HARMLESS_PATHS =
  /^(sys\/(quotas|policies\/password|config\/(cors|ui|auditing)|internal|loggers|tools|leases|storage\/raft\/autopilot|rotate)(\/|$)|identity\/oidc\/)/;

/** Handled when everything else is there. */
const KNOWN =
  /^vault_identity_(entity_policies|group_policies|group_member_entity_ids|group_member_group_ids)$/;

function objectOf({ address, type, values }: TerraformResource): ApiObject | string | undefined {
  const at = (prefix: string, name: Value, more: Partial<ApiObject> = {}): ApiObject | string =>
    textIn(name) === undefined
      ? `the name of ${address} is not known${name instanceof Unresolved ? `: ${name.words}` : ""}`
      : { path: `${prefix}/${textIn(name)}`, settings: values, label: address, ...more };
  const accessor = [...[values.accessor].flatMap((text) => textIn(text) ?? []), `${address}.accessor`];
  const authPath = AUTH_MOUNTS[type];
  if (authPath !== undefined) {
    const kind = textIn(values.type) ?? authPath;
    return at("sys/auth", values.path ?? authPath, { keys: accessor, settings: { ...values, type: kind } });
  }
  switch (type) {
    case "vault_policy":
      return at("sys/policies/acl", values.name);
    case "vault_mount":
      return at("sys/mounts", values.path, { identity: address });
    case "vault_auth_backend":
      return at("sys/auth", values.path ?? values.type, { keys: accessor });
    case "vault_audit":
      return at("sys/audit", values.path ?? values.type);
    case "vault_token":
      return {
        path: `auth/token/roles/${address}`,
        settings: issuedToken(values),
        kind: "other",
        label: address,
      };
    case "vault_generic_endpoint":
    case "vault_generic_secret":
    case "vault_kv_secret":
      return endpoint(address, values);
    default:
      return undefined;
  }
}

/** A token that Terraform issues is a login of its own: whoever reads the state has it. */
function issuedToken(values: Settings): Settings {
  return {
    ...values,
    token_policies: values.policies,
    token_no_default_policy: values.no_default_policy,
    orphan: values.no_parent,
    issued_by_role: values.role_name,
  };
}

function endpoint(address: string, { path, data_json: data }: Settings): ApiObject | string {
  if (textIn(path) === undefined) return `what ${address} writes to is not known`;
  const about = { path: cleanPath(String(path)), label: address, settings: {} };
  // What decides nothing about access is passed over, whatever it writes.
  if (!decidesAt(about)) return about;
  const settings = typeof data === "string" ? jsonIn(data) : undefined;
  return settings ? { ...about, settings } : `what ${address} writes to ${about.path} is not known`;
}

function jsonIn(text: string): Settings | undefined {
  try {
    return settingsIn(JSON.parse(text) as Value);
  } catch {
    return undefined;
  }
}
