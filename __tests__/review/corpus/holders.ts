import { readPolicy } from "../../../policies/language/read";
import { appRole, revision } from "../revision";
import { type CorpusCase, change, principal, SECRETS } from "./case";

const READ = 'path "secret/data/app/db" { capabilities = ["read"] }';
const OTHER = 'path "secret/data/shop/payments" { capabilities = ["read"] }';
const policies = { own: READ, other: OTHER };
const mounts = [{ path: "secret/", type: "kv", kvVersion: 2 as const }];

function held(
  name: string,
  base: Parameters<typeof revision>[0],
  head: Parameters<typeof revision>[0],
): CorpusCase {
  const common = { secrets: SECRETS, mounts, policies };
  return { name, base: revision({ ...common, ...base }), head: revision({ ...common, ...head }) };
}

/** Who holds which policy, and how it came. */
export const HOLDERS: readonly CorpusCase[] = [
  held("a role is given one more policy", { roles: { app: ["own"] } }, { roles: { app: ["own", "other"] } }),
  held("a role loses a policy", { roles: { app: ["own", "other"] } }, { roles: { app: ["own"] } }),
  held(
    "two roles that hold the same are told together",
    { roles: { a: ["own"], b: ["own"] } },
    { roles: { a: ["own", "other"], b: ["other", "own"] } },
  ),
  held("a role is new, another is gone", { roles: { old: ["own"] } }, { roles: { fresh: ["own"] } }),
  held(
    "a principal joins a group",
    { principals: [principal("app", { holds: [{ policy: "own", by: "role" }] })] },
    {
      principals: [
        principal("app", {
          holds: [
            { policy: "own", by: "role" },
            { policy: "other", by: "group", through: "cashiers" },
          ],
        }),
      ],
    },
  ),
  held(
    "a principal leaves a group",
    {
      principals: [
        principal("app", {
          holds: [
            { policy: "own", by: "role" },
            { policy: "other", by: "group", through: "cashiers" },
          ],
        }),
      ],
    },
    { principals: [principal("app", { holds: [{ policy: "own", by: "role" }] })] },
  ),
  held(
    "default is everybody's",
    {
      policies: { ...policies, default: 'path "auth/token/lookup-self" { capabilities = ["read"] }' },
      principals: ["a", "b"].map((name) =>
        principal(name, { holds: [{ policy: "default", by: "default" }] }),
      ),
    },
    {
      policies: {
        ...policies,
        default: `path "auth/token/lookup-self" { capabilities = ["read"] }\n${READ}`,
      },
      principals: ["a", "b"].map((name) =>
        principal(name, { holds: [{ policy: "default", by: "default" }] }),
      ),
    },
  ),
  held("root may do everything", { roles: { app: ["own"] } }, { roles: { app: ["root"] } }),
  held(
    "a policy that nobody has the text of",
    { roles: { app: ["own"] } },
    { roles: { app: ["own", "elsewhere"] } },
  ),
  held(
    "a policy under another name is the same",
    { policies: { own: READ }, roles: { app: ["own"] } },
    { policies: { renamed: READ }, roles: { app: ["renamed"] } },
  ),
  held(
    "names of policies are trimmed and lower-cased",
    { roles: { app: ["own"] } },
    { roles: { app: [" OWN "] } },
  ),
  held(
    "logins are bounded otherwise",
    {
      principals: [
        principal("app", {
          holds: [{ policy: "own", by: "role" }],
          constraints: [
            { name: "secret_id_num_uses", kind: "limit", value: 1, unit: "uses" },
            { name: "token_bound_cidrs", kind: "networks", values: ["10.0.0.0/8"] },
            { name: "bind_secret_id", kind: "required", value: true },
          ],
        }),
      ],
    },
    {
      principals: [
        principal("app", {
          holds: [{ policy: "own", by: "role" }],
          constraints: [
            { name: "secret_id_num_uses", kind: "limit", value: 0, unit: "uses" },
            { name: "token_bound_cidrs", kind: "networks", values: ["10.1.0.0/16"] },
            { name: "bind_secret_id", kind: "required", value: false },
          ],
        }),
      ],
    },
  ),
];

const entity = { id: "e-1", name: "ann" };

/** Rules whose path depends on who asks. */
export const TEMPLATES: readonly CorpusCase[] = [
  held(
    "a template of a known entity is filled",
    { principals: [principal("ann", { entity, holds: [{ policy: "own", by: "role" }] })] },
    {
      policies: {
        ...policies,
        own: `${READ}\npath "secret/data/{{identity.entity.name}}/*" { capabilities = ["read"] }`,
      },
      principals: [principal("ann", { entity, holds: [{ policy: "own", by: "role" }] })],
    },
  ),
  change(
    "a template of an unknown entity cannot be decided",
    { a: READ },
    { a: `${READ}\npath "secret/data/{{identity.entity.name}}/*" { capabilities = ["read"] }` },
  ),
  change(
    "a template that stays may stand between two rules",
    {
      a: 'path "secret/data/*" { capabilities = ["read"] }\npath "secret/data/{{identity.entity.name}}/*" { capabilities = ["deny"] }',
    },
    {
      a: 'path "secret/data/*" { capabilities = ["read"] }\npath "secret/data/{{identity.entity.name}}/*" { capabilities = ["deny"] }\npath "secret/data/app/db" { capabilities = ["read"] }',
    },
  ),
  change(
    "a misspelt template matches nothing",
    { a: READ },
    { a: `${READ}\npath "secret/data/{{identity.entity.nam}}/*" { capabilities = ["read"] }` },
  ),
];

const broken = readPolicy('path "a" { capabilities = ["reed"] }');

/** The server around the policies. */
export const SERVER: readonly CorpusCase[] = [
  held(
    "a mount moves, and its policies with it",
    { roles: { app: ["own"] }, mounts: [{ path: "secret/", type: "kv", kvVersion: 2, identity: "m" }] },
    {
      roles: { app: ["own"] },
      policies: { own: READ.replace("secret/", "vault/") },
      mounts: [{ path: "vault/", type: "kv", kvVersion: 2, identity: "m" }],
      secrets: SECRETS.map((each) => ({ ...each, mount: "vault/" })),
    },
  ),
  held(
    "a mount moves, and its policies stay behind",
    { roles: { app: ["own"] }, mounts: [{ path: "secret/", type: "kv", kvVersion: 2, identity: "m" }] },
    {
      roles: { app: ["own"] },
      mounts: [{ path: "vault/", type: "kv", kvVersion: 2, identity: "m" }],
      secrets: SECRETS.map((each) => ({ ...each, mount: "vault/" })),
    },
  ),
  held(
    "a mount gets another version",
    { roles: { app: ["own"] }, mounts: [{ path: "secret/", type: "kv", kvVersion: 1 }] },
    { roles: { app: ["own"] } },
  ),
  held(
    "a mount gets version 2, and its policies with it",
    {
      roles: { app: ["own"] },
      mounts: [{ path: "kv1/", type: "kv", kvVersion: 1 }],
      policies: {
        own: 'path "kv1/app/*" { capabilities = ["read", "list", "create", "update"] }',
      },
    },
    {
      roles: { app: ["own"] },
      mounts: [{ path: "kv1/", type: "kv", kvVersion: 2 }],
      policies: {
        own: 'path "kv1/data/app/*" { capabilities = ["read", "create", "update"] }\npath "kv1/metadata/app/*" { capabilities = ["list"] }',
      },
    },
  ),
  held(
    "a mount gets version 2, and its policies stay as they were",
    {
      roles: { app: ["own"] },
      mounts: [{ path: "kv1/", type: "kv", kvVersion: 1 }],
      policies: { own: 'path "kv1/app/*" { capabilities = ["read", "list"] }' },
    },
    {
      roles: { app: ["own"] },
      mounts: [{ path: "kv1/", type: "kv", kvVersion: 2 }],
      policies: { own: 'path "kv1/app/*" { capabilities = ["read", "list"] }' },
    },
  ),
  held(
    "a mount is gone, another is new",
    { mounts: [...mounts, { path: "old/", type: "kv", kvVersion: 2 }] },
    { mounts: [...mounts, { path: "pki/", type: "pki" }] },
  ),
  held("the only audit device is gone", { auditDevices: [{ path: "file/", type: "file" }] }, {}),
  held(
    "the policy may be rewritten by its holder",
    { roles: { app: ["own"] } },
    {
      roles: { app: ["own"] },
      policies: { ...policies, own: `${READ}\npath "sys/policies/acl/*" { capabilities = ["update"] }` },
    },
  ),
  held(
    "one principal becomes another that can do everything",
    {
      roles: { app: ["own"], admin: ["admin"] },
      policies: { ...policies, admin: 'path "sys/policies/acl/admin" { capabilities = ["update"] }' },
    },
    {
      roles: { app: ["own"], admin: ["admin"] },
      policies: {
        own: `${READ}\npath "auth/approle/role/admin/secret-id" { capabilities = ["update"] }`,
        other: OTHER,
        admin: 'path "sys/policies/acl/admin" { capabilities = ["update"] }',
      },
    },
  ),
  held(
    "the same policies on another engine",
    {
      engine: "vault@1.21.1",
      roles: { app: ["a"] },
      policies: {
        a: 'path "secret/metadata/*" { capabilities = ["list"] }\npath "secret/metadata/app/*" { capabilities = ["read"] }',
      },
    },
    {
      engine: "openbao@2.7.2",
      roles: { app: ["a"] },
      policies: {
        a: 'path "secret/metadata/*" { capabilities = ["list"] }\npath "secret/metadata/app/*" { capabilities = ["read"] }',
      },
    },
  ),
  {
    name: "a policy that cannot be read",
    base: revision({ secrets: SECRETS, policies: { own: READ }, roles: { app: ["own"] } }),
    head: {
      ...revision({ secrets: SECRETS, policies: {}, principals: [appRole("app", ["own"])] }),
      policies: [
        {
          ...revision({ policies: { own: "# nothing" } }).policies[0],
          unreadable: broken.findings.filter(({ severity }) => severity === "error"),
        } as never,
      ],
    },
  },
  held(
    "what a source could not tell",
    { roles: { app: ["own"] } },
    {
      roles: { app: ["own"] },
      doubts: [
        { reason: "the token policies of app are known after apply", principals: ["auth/approle/role/app"] },
      ],
    },
  ),
];
