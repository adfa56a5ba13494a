/** One request of a principal of the stage. `%` in a body stands for a value that nobody may see again. */
export interface SentRequest {
  readonly as: "web" | "writer" | "ci";
  readonly method: string;
  readonly path: string;
  readonly body?: object;
  readonly wrapTtl?: string;
  readonly contentType?: string;
}

/** Before and after a change: every kind of difference that recorded requests can show. */
export const POLICIES = {
  base: {
    web: `path "secret/data/web/*" { capabilities = ["read"] }
path "secret/data/web/closed" { capabilities = ["deny"] }
path "secret/metadata/web/*" { capabilities = ["list"] }
path "secret/data/wrapped" { capabilities = ["read"] }`,
    writer: `path "secret/data/app/*" { capabilities = ["create", "update", "read", "delete", "patch"] }
path "secret/metadata/app/*" { capabilities = ["list", "read", "delete"] }
path "secret/undelete/app/*" { capabilities = ["update"] }
path "secret/data/new/*" { capabilities = ["create"] }
path "sys/audit" { capabilities = ["read", "sudo"] }`,
    ci: `path "secret/data/flags" { capabilities = ["create", "update"] }
path "secret/data/strict" {
  capabilities        = ["create", "update"]
  required_parameters = ["options"]
}
path "secret/data/+/shared" { capabilities = ["read"] }`,
  },
  head: {
    // A narrower rule that was added takes reading away; what was denied is opened; wrapping is asked for.
    web: `path "secret/data/web/*" { capabilities = ["read"] }
path "secret/data/web/db" { capabilities = ["list"] }
path "secret/metadata/web/db" { capabilities = ["list"] }
path "secret/data/wrapped" {
  capabilities     = ["read"]
  min_wrapping_ttl = "1m"
}`,
    writer: `path "secret/data/app/*" { capabilities = ["update", "read"] }
path "secret/metadata/app/" { capabilities = ["list"] }
path "secret/data/new/*" { capabilities = ["create", "update"] }
path "sys/audit" { capabilities = ["read"] }`,
    ci: `path "secret/data/flags" {
  capabilities       = ["create", "update"]
  allowed_parameters = { "data" = [], "mode" = ["fast"] }
}
path "secret/data/strict" { capabilities = ["create", "update"] }
path "secret/data/team/*" { capabilities = ["read"] }`,
  },
} as const;

const PATCH = "application/merge-patch+json";
const values = { data: { password: "%" } };

export const REQUESTS: readonly SentRequest[] = [
  { as: "web", method: "GET", path: "secret/data/web/db" },
  { as: "web", method: "GET", path: "secret/data/web/other?version=1" },
  { as: "web", method: "GET", path: "secret/data/web/closed" },
  { as: "web", method: "GET", path: "secret/data/nowhere" },
  { as: "web", method: "LIST", path: "secret/metadata/web/" },
  { as: "web", method: "LIST", path: "secret/metadata/web" },
  { as: "web", method: "GET", path: "secret/metadata/web/db?list=true" },
  { as: "web", method: "GET", path: "secret/data/wrapped", wrapTtl: "120" },
  { as: "web", method: "GET", path: "secret/data/wrapped" },
  { as: "web", method: "GET", path: "auth/token/lookup-self" },
  { as: "web", method: "POST", path: "secret/data/web/db", body: values },
  { as: "writer", method: "POST", path: "secret/data/app/fresh", body: values },
  { as: "writer", method: "POST", path: "secret/data/app/old", body: values },
  { as: "writer", method: "GET", path: "secret/data/app/old" },
  { as: "writer", method: "PATCH", path: "secret/data/app/old", body: values, contentType: PATCH },
  { as: "writer", method: "DELETE", path: "secret/data/app/old" },
  { as: "writer", method: "POST", path: "secret/undelete/app/old", body: { versions: [1] } },
  { as: "writer", method: "GET", path: "secret/metadata/app/old" },
  { as: "writer", method: "LIST", path: "secret/metadata/app" },
  { as: "writer", method: "LIST", path: "secret/metadata/app/deeper/" },
  { as: "writer", method: "POST", path: "secret/data/new/one", body: values },
  { as: "writer", method: "POST", path: "secret/data/new/kept", body: values },
  { as: "writer", method: "GET", path: "sys/audit" },
  { as: "writer", method: "DELETE", path: "secret/metadata/app/old" },
  { as: "ci", method: "POST", path: "secret/data/flags", body: values },
  { as: "ci", method: "POST", path: "secret/data/flags", body: { ...values, other: "%" } },
  { as: "ci", method: "POST", path: "secret/data/strict", body: values },
  { as: "ci", method: "POST", path: "secret/data/strict", body: { ...values, options: {} } },
  { as: "ci", method: "GET", path: "secret/data/team/shared" },
  { as: "ci", method: "GET", path: "secret/data/others/shared" },
  { as: "ci", method: "GET", path: "secret/data/team/own" },
];

/** The one request whose answer turns on a value, which the log does not have. */
export const BY_VALUE: SentRequest = {
  as: "ci",
  method: "POST",
  path: "secret/data/flags",
  body: { ...values, mode: "fast" },
};

/** What is there before the requests are sent. */
export const SEEDED = [
  "web/db",
  "web/other",
  "web/closed",
  "wrapped",
  "app/old",
  "app/deeper/x",
  "new/kept",
  "team/shared",
  "team/own",
  "others/shared",
];

/** What the requests make. */
export const MADE = ["app/fresh", "new/one", "flags", "strict"];
