import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { OperationalError } from "../../../base/errors";
import { DEFAULT_ENGINE } from "../../../policies/dialect";
import { policyName } from "../../../policies/policy-name";
import type { AccessRevision } from "../../model";
import { nameOf } from "../../policy-files/names";
import { policyHolder } from "../../policy-files/policy-holder";
import { assemble } from "../inventory/assemble";
import { emptyInventory } from "../inventory/inventory";
import type { ReadRevisionOptions } from "../options";
import { readRoles } from "./roles";
import { addRoles } from "./roles-inventory";

const ROLES = ["roles.yaml", "roles.yml", "roles.json"];

/**
 * A folder of policies, one a file, named by it: `dotmac.hcl` or `dotmac.policy.hcl` is the policy `dotmac`. `roles.yaml`
 * or `roles.json` says who holds which (docs/schema/roles.schema.json); without it each policy stands for a principal of
 * its own that holds it alone.
 * @throws OperationalError for a folder without policies, UsageError for mistakes in a roles file
 */
export function revisionOfPolicies(
  path: string,
  label: string,
  options: ReadRevisionOptions,
): AccessRevision {
  const names = readdirSync(path).sort();
  const files = names.filter((name) => /\.(hcl|json)$/.test(name) && !ROLES.includes(name));
  const rolesFile = names.find((name) => ROLES.includes(name));
  if (files.length === 0 && rolesFile === undefined) throw nothingIn(label);
  const inventory = emptyInventory();
  for (const name of files) {
    inventory.policies.push({
      name: policyName(nameOf(name)),
      text: contentOf(join(path, name), join(label, name)).toString("utf8"),
      place: { file: join(label, name) },
      verbatim: true,
    });
  }
  const { engine, defaultEngine = DEFAULT_ENGINE } = options;
  if (rolesFile === undefined) {
    const revision = assemble(inventory, label, engine ?? defaultEngine);
    return { ...revision, principals: revision.policies.map(policyHolder) };
  }
  const roles = readRoles(contentOf(join(path, rolesFile), join(label, rolesFile)), join(label, rolesFile));
  const owners = addRoles(inventory, roles);
  const revision = assemble(inventory, label, engine ?? roles.content.engine ?? defaultEngine);
  return {
    ...revision,
    principals: revision.principals.map((each) => ({ ...each, ...owners.get(each.name) })),
  };
}

/** A policy that was left out would look like one that grants nothing. */
function contentOf(path: string, label: string): Buffer {
  try {
    // What is no file can block for ever, as a pipe does.
    if (statSync(path).isFile()) return readFileSync(path);
  } catch (cause) {
    throw unreadable(label, (cause as NodeJS.ErrnoException).code ?? "unknown reason", { cause });
  }
  throw unreadable(label, "it is no file");
}

function unreadable(label: string, why: string, options?: ErrorOptions): OperationalError {
  return new OperationalError(
    `${label} cannot be read (${why}).`,
    "Make it readable, or remove it.",
    options,
  );
}

function nothingIn(label: string): OperationalError {
  return new OperationalError(
    `${label} holds nothing that says who may do what.`,
    "Give a folder with cdk.tf.json or stacks/, or one with policies in .hcl or .json files.",
  );
}
