import { type CorpusCase, change } from "./case";

const DB = 'path "secret/data/app/db" { capabilities = ["read"] }';

/** What each capability on each path of a KV mount means. */
export const INTENTS: readonly CorpusCase[] = [
  change(
    "writing takes create and update",
    { a: DB },
    { a: 'path "secret/data/app/db" { capabilities = ["read", "create", "update", "patch"] }' },
  ),
  change(
    "create alone writes what is not there yet",
    { a: DB },
    { a: 'path "secret/data/app/db" { capabilities = ["read", "create"] }' },
  ),
  change(
    "deleting, undeleting, destroying",
    { a: DB },
    {
      a: `${DB}\npath "secret/delete/app/db" { capabilities = ["update"] }\npath "secret/undelete/app/db" { capabilities = ["update"] }\npath "secret/destroy/app/db" { capabilities = ["update"] }`,
    },
  ),
  change(
    "metadata is read, changed and deleted",
    { a: DB },
    { a: `${DB}\npath "secret/metadata/app/db" { capabilities = ["read", "update", "delete"] }` },
  ),
  change(
    "a glob on the mount is everything there",
    { a: DB },
    { a: 'path "secret/*" { capabilities = ["read", "update"] }' },
  ),
  change(
    "a rule that forgets data/ does nothing",
    { a: DB },
    { a: `${DB}\npath "secret/app/cache" { capabilities = ["read"] }` },
  ),
  change(
    "a family is opened in part",
    { a: DB },
    { a: `${DB}\npath "secret/data/project/odin/*" { capabilities = ["read"] }` },
  ),
  change(
    "a family is opened as a whole",
    { a: DB },
    { a: `${DB}\npath "secret/data/project/+/+" { capabilities = ["read"] }` },
  ),
  change(
    "KV version 1 has no areas",
    { a: 'path "kv1/app" { capabilities = ["read"] }' },
    { a: 'path "kv1/*" { capabilities = ["read", "list"] }' },
  ),
  change(
    "names of fields without values",
    { a: DB },
    { a: `${DB}\npath "secret/subkeys/app/cache" { capabilities = ["read"] }` },
  ),
  change(
    "create under sys/ does nothing",
    { a: DB },
    { a: `${DB}\npath "sys/tools/random" { capabilities = ["create"] }` },
  ),
  change(
    "a path that needs sudo is not reached without",
    { a: 'path "sys/audit" { capabilities = ["read"] }' },
    { a: 'path "sys/audit" { capabilities = ["read", "sudo"] }' },
  ),
  change(
    "sudo taken away takes the rest along",
    { a: 'path "sys/audit" { capabilities = ["read", "sudo"] }' },
    { a: 'path "sys/audit" { capabilities = ["read"] }' },
  ),
];
