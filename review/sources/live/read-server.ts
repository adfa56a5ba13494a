import { OperationalError } from "../../../base/errors";
import { EngineClient } from "../../../engine/client";
import { readHealth } from "../../../engine/health";
import { DEFAULT_ENGINE } from "../../../policies/dialect";
import type { AccessRevision } from "../../model";
import { isOwnDefault } from "../default-policy";
import { assemble } from "../inventory/assemble";
import { digest } from "../inventory/digest";
import { emptyInventory, type Inventory } from "../inventory/inventory";
import { record } from "../inventory/record";
import { settingsIn } from "../inventory/value";
import type { ReadRevisionOptions, ServerAccess } from "../options";
import { engineOf } from "./engine-of";
import { readIdentities } from "./identities";
import { readLogins } from "./logins";
import { POLICIES, readPolicies } from "./policies";
import { ServerReader } from "./reader";

/**
 * Everything on a server that decides access, by GET and LIST alone; the policy that reviewer-policy.ts gives is enough. What
 * the token may not see is a doubt.
 * @throws OperationalError when the server does not serve, or shows the token nothing at all
 */
export async function readServer(
  access: ServerAccess,
  { engine, signal }: ReadRevisionOptions,
): Promise<AccessRevision> {
  const { address, token, caFile } = access;
  const ca = caFile === undefined ? {} : { caFile };
  const { state, version, reason } = await readHealth(address, ca);
  if (!["active", "standby", "performance-standby"].includes(state)) {
    throw new OperationalError(
      `The server at ${address} is ${state}${reason ? ` (${reason})` : ""}, so it tells nothing about access.`,
      state === "sealed" ? "Unseal it: `strongroom unseal`." : "Start it, or check the address.",
    );
  }
  const client = new EngineClient({ address, token, connections: 8, ...ca });
  try {
    const reader = new ServerReader(client, signal);
    const { inventory, mounts } = await readInventory(reader, address);
    const revision = assemble(
      inventory,
      address,
      engine ?? engineOf(mounts, version) ?? access.engine ?? DEFAULT_ENGINE,
    );
    // Another server hides another thing, whatever the words.
    const doubts = revision.doubts.map((doubt) => ({ content: address, ...doubt }));
    return withoutOwnDefault({ ...revision, doubts });
  } finally {
    await client.close();
  }
}

async function readInventory(reader: ServerReader, address: string) {
  const inventory = emptyInventory();
  const [mounts, auth, audit, namespaces] = await Promise.all([
    reader.get("sys/mounts"),
    reader.get("sys/auth"),
    reader.get("sys/audit"),
    reader.list("sys/namespaces"),
    readPolicies(reader, inventory),
  ]);
  if (mounts === undefined && auth === undefined && inventory.policies.length === 0) throw blind(address);
  for (const [kind, found] of Object.entries({ mounts, auth, audit })) {
    for (const [path, said] of Object.entries(found ?? {})) {
      const settings = settingsIn(said);
      const accessor = typeof settings.accessor === "string" ? settings.accessor : undefined;
      record(inventory, {
        path: `sys/${kind}/${path}`,
        settings,
        label: path,
        ...(accessor === undefined ? {} : { identity: accessor, keys: [accessor] }),
      });
    }
  }
  await readIdentities(reader, inventory);
  await readLogins(reader, inventory);
  await doubtSecondFactors(reader, inventory);
  if (namespaces.length > 0) {
    inventory.doubts.push({ reason: `namespaces are not looked into: ${namespaces.join(", ")}` });
  }
  addHidden(inventory, reader.hidden);
  return { inventory, mounts: auth ?? mounts };
}

/** Who has to show a second factor at a login is not compared. */
async function doubtSecondFactors(reader: ServerReader, inventory: Inventory): Promise<void> {
  const at = "identity/mfa/login-enforcement";
  for (const name of await reader.list(at)) {
    const content = digest(await reader.get(`${at}/${name}`));
    inventory.doubts.push({ reason: `whom ${at}/${name} asks for a second factor is not compared`, content });
  }
}

function addHidden(inventory: Inventory, hidden: ReadonlyMap<string, string>): void {
  for (const [path, reason] of [...hidden].sort()) {
    // A policy that cannot be read is there, and a doubt about its holders (policies.ts).
    if (path.startsWith(`${POLICIES}/`)) continue;
    inventory.doubts.push({ reason, ...(path === POLICIES ? { hidesPolicies: true } : {}) });
  }
}

/** The engine's own `default` is not told, as declarations do not tell it either (default-policy.ts). */
function withoutOwnDefault(revision: AccessRevision): AccessRevision {
  const policies = revision.policies.filter(
    (policy) => !(policy.name === "default" && isOwnDefault(policy.document, revision.engine)),
  );
  return { ...revision, policies };
}

function blind(address: string): OperationalError {
  return new OperationalError(
    `The server at ${address} shows this token nothing: it is not valid there, or its policies allow too little.`,
    "Give its holder the reviewer's policy: `strongroom policy print reviewer`, or log in anew: `strongroom login`.",
  );
}
