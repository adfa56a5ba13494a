import { type CorpusCase, change } from "./case";

/** Names are listed with a slash at the end, and engines do not agree on which rule then decides. */
export const LISTS: readonly CorpusCase[] = [
  change(
    "a list rule without its slash lists no tree",
    { a: 'path "secret/metadata/app/*" { capabilities = ["list"] }' },
    { a: 'path "secret/metadata/app" { capabilities = ["list"] }' },
  ),
  change(
    "a rule that reads outranks one that lists",
    { a: 'path "secret/metadata/*" { capabilities = ["list"] }' },
    {
      a: 'path "secret/metadata/*" { capabilities = ["list"] }',
      b: 'path "secret/metadata/app/*" { capabilities = ["read"] }',
    },
    { on: ["openbao@2.7.2"] },
  ),
  change(
    "where the slash is tried last a wider list rule still lists",
    { a: 'path "secret/metadata/*" { capabilities = ["list"] }' },
    {
      a: 'path "secret/metadata/*" { capabilities = ["list"] }',
      b: 'path "secret/metadata/app/*" { capabilities = ["read"] }',
    },
    { on: ["vault@1.21.1"], engine: "vault@1.21.1" },
  ),
  change(
    "an exact rule without a slash is asked before patterns",
    { a: 'path "secret/metadata/*" { capabilities = ["list"] }' },
    {
      a: 'path "secret/metadata/*" { capabilities = ["list"] }',
      b: 'path "secret/metadata/app" { capabilities = ["read"] }',
    },
  ),
  change(
    "a deny without a slash stops the listing",
    { a: 'path "secret/metadata/*" { capabilities = ["list"] }' },
    {
      a: 'path "secret/metadata/*" { capabilities = ["list"] }',
      b: 'path "secret/metadata/app" { capabilities = ["deny"] }',
    },
  ),
  change(
    "a wildcard segment matches the empty one behind a folder",
    { a: 'path "secret/metadata/app/" { capabilities = ["list"] }' },
    { a: 'path "secret/metadata/app/+" { capabilities = ["list"] }' },
  ),
  change(
    "scanning is listing of all below",
    { a: 'path "secret/metadata/app/*" { capabilities = ["list"] }' },
    { a: 'path "secret/metadata/app/*" { capabilities = ["list", "scan"] }' },
    { on: ["openbao@2.7.2"] },
  ),
  change(
    "listing values does nothing",
    { a: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    { a: 'path "secret/data/app/db" { capabilities = ["read", "list"] }' },
  ),
];
