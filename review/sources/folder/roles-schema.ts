import type { Schema } from "../../written/schema";

const name = { type: "string", pattern: "\\S" } as const;
const names = { type: "array", items: name } as const;

/** `roles.yaml`, published as docs/schema/roles.schema.json. */
export const ROLES_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Roles of a folder of policies",
  description:
    "Who holds which policy of the folder that this file (roles.yaml, roles.yml or roles.json) lies in.",
  type: "object",
  required: ["schema_version"],
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: "For editors." },
    schema_version: { enum: [1] },
    engine: {
      description: "Whose semantics decide, such as openbao@2.7.2, unless another one is asked for.",
      type: "string",
      pattern: "^(openbao|vault)@\\d+\\.\\d+\\.\\d+$",
    },
    mounts: {
      description: "Secrets engines by path, so that findings can say what API paths mean.",
      type: "object",
      propertyNames: name,
      additionalProperties: {
        type: "object",
        required: ["type"],
        additionalProperties: false,
        properties: {
          type: { ...name, description: "kv, transit and the like." },
          version: { enum: [1, 2], description: "Of kv alone." },
        },
      },
    },
    roles: {
      description:
        "Logins by the path of the API that keeps them: auth/approle/role/ci, auth/userpass/users/ana, auth/token/roles/tools.",
      type: "object",
      propertyNames: {
        pattern: "^auth/.+/(roles?|users?|groups|certs|map/(teams|users))/[^/]+$",
        description: "The path of a role, such as auth/approle/role/ci.",
      },
      additionalProperties: {
        type: "object",
        required: ["policies"],
        additionalProperties: false,
        properties: {
          policies: { ...names, description: "Files of this folder, without their ending." },
          no_default_policy: {
            type: "boolean",
            description: "Whether its tokens go without the policy default.",
          },
          settings: {
            description:
              "What binds the login, as the engine's API names it: token_ttl, token_bound_cidrs, bound_service_account_names, secret_id_num_uses.",
            type: "object",
            additionalProperties: {
              anyOf: [
                { type: ["string", "number", "boolean", "object"] },
                { type: "array", items: { type: "string" } },
              ],
            },
          },
          entity: { ...name, description: "The one entity that all its logins are." },
          owner: { ...name, description: "The team to ask." },
          system: name,
        },
      },
    },
    entities: {
      type: "object",
      propertyNames: name,
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        properties: {
          policies: names,
          metadata: { type: "object", additionalProperties: { type: "string" } },
        },
      },
    },
    groups: {
      type: "object",
      propertyNames: name,
      additionalProperties: {
        type: "object",
        additionalProperties: false,
        properties: {
          policies: names,
          members: { ...names, description: "Names of entities." },
          groups: { ...names, description: "Groups inside it: their members get its policies too." },
        },
      },
    },
  },
} as const satisfies Schema & { readonly $schema: string; readonly title: string };
