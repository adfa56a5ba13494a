import { type CorpusCase, change } from "./case";

const KV1 = 'path "kv1/app" { capabilities = ["create", "update"]';

/** Grants that hold under conditions. */
export const CONDITIONS: readonly CorpusCase[] = [
  change("a parameter is required now", { a: `${KV1} }` }, { a: `${KV1}\n required_parameters = ["ttl"] }` }),
  change(
    "a parameter need not be there any more",
    { a: `${KV1}\n required_parameters = ["ttl"] }` },
    { a: `${KV1} }` },
  ),
  change(
    "other parameters are allowed",
    { a: `${KV1}\n allowed_parameters = { "a" = [] } }` },
    { a: `${KV1}\n allowed_parameters = { "b" = [] } }` },
  ),
  change(
    "a value of a parameter is denied",
    { a: `${KV1} }` },
    { a: `${KV1}\n denied_parameters = { "kind" = ["root"] } }` },
  ),
  change(
    "a rule without restrictions lifts none of another policy",
    { a: `${KV1}\n required_parameters = ["ttl"] }` },
    { a: `${KV1}\n required_parameters = ["ttl"] }`, b: `${KV1} }` },
  ),
  change(
    "answers have to be wrapped",
    { a: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    { a: 'path "secret/data/app/db" { capabilities = ["read"]\n max_wrapping_ttl = "60s" }' },
  ),
  change(
    "answers may be wrapped for longer",
    { a: 'path "secret/data/app/db" { capabilities = ["read"]\n max_wrapping_ttl = "60s" }' },
    { a: 'path "secret/data/app/db" { capabilities = ["read"]\n max_wrapping_ttl = "5m" }' },
  ),
  change(
    "the shorter wrapping time of two policies counts",
    { a: 'path "secret/data/app/db" { capabilities = ["read"]\n max_wrapping_ttl = "5m" }' },
    {
      a: 'path "secret/data/app/db" { capabilities = ["read"]\n max_wrapping_ttl = "5m" }',
      b: 'path "secret/data/app/db" { capabilities = ["read"]\n max_wrapping_ttl = "60s" }',
    },
  ),
  change(
    "a gain with conditions",
    { a: 'path "other" { capabilities = ["read"] }' },
    {
      a: 'path "other" { capabilities = ["read"] }\npath "secret/data/app/db" { capabilities = ["read"]\n min_wrapping_ttl = "10s"\n max_wrapping_ttl = "60s" }',
    },
  ),
  change(
    "pages are bounded",
    { a: 'path "secret/metadata/app/*" { capabilities = ["list"] }' },
    { a: 'path "secret/metadata/app/*" { capabilities = ["list"]\n pagination_limit = 10 }' },
    { on: ["openbao@2.7.2"] },
  ),
  change(
    "a rule ends at a time that is past",
    { a: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    { a: 'path "secret/data/app/db" { capabilities = ["read"]\n expiration = "2020-01-01T00:00:00Z" }' },
    { on: ["openbao@2.7.2"] },
  ),
];
