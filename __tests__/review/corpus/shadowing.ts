import { type CorpusCase, change } from "./case";

const READ_ALL = 'path "secret/data/*" { capabilities = ["read"] }';

/** Rules that win over others: removing a rule can give access, adding one can take it away. */
export const SHADOWING: readonly CorpusCase[] = [
  change(
    "a wide rule opens what other systems own",
    { own: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    { own: READ_ALL },
  ),
  change(
    "a more specific rule of another policy takes reading away",
    { wide: READ_ALL },
    { wide: READ_ALL, narrow: 'path "secret/data/shop/*" { capabilities = ["list"] }' },
  ),
  change(
    "an exact rule goes before every pattern",
    { wide: READ_ALL },
    { wide: READ_ALL, exact: 'path "secret/data/app/db" { capabilities = ["update"] }' },
  ),
  change(
    "a rule without capabilities is a silent deny",
    { wide: READ_ALL },
    { wide: READ_ALL, empty: 'path "secret/data/app/*" { capabilities = [] }' },
  ),
  change(
    "taking a shadowing rule away gives access",
    { wide: READ_ALL, narrow: 'path "secret/data/shop/*" { capabilities = ["list"] }' },
    { wide: READ_ALL },
  ),
  change(
    "a prefix goes before a pattern with wildcard segments of the same depth",
    { a: 'path "secret/data/+/db" { capabilities = ["read"] }' },
    {
      a: 'path "secret/data/+/db" { capabilities = ["read"] }',
      b: 'path "secret/data/app/*" { capabilities = ["update"] }',
    },
  ),
  change(
    "of two patterns the one whose first wildcard comes later wins",
    { a: 'path "secret/data/+/payments" { capabilities = ["read"] }' },
    {
      a: 'path "secret/data/+/payments" { capabilities = ["read"] }',
      b: 'path "secret/data/shop/+" { capabilities = ["delete"] }',
    },
  ),
  change(
    "of two patterns the one with fewer wildcards wins",
    { a: 'path "secret/data/project/+/+" { capabilities = ["read"] }' },
    {
      a: 'path "secret/data/project/+/+" { capabilities = ["read"] }',
      b: 'path "secret/data/project/+/db" { capabilities = ["update"] }',
    },
  ),
  change(
    "the longest prefix wins",
    { a: 'path "secret/data/app*" { capabilities = ["read"] }' },
    {
      a: 'path "secret/data/app*" { capabilities = ["read"] }',
      b: 'path "secret/data/app/d*" { capabilities = ["patch"] }',
    },
  ),
  change(
    "a dead rule changes nothing",
    { a: READ_ALL },
    { a: READ_ALL, b: 'path "secret/data/+/foo/*" { capabilities = ["update"] }' },
  ),
  change(
    "a rule that is dead for values reaches the other areas of the mount",
    { a: READ_ALL },
    { a: READ_ALL, b: 'path "secret/+/+/foo/*" { capabilities = ["update"] }' },
  ),
  change(
    "rules of one path are united across policies",
    { a: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    {
      a: 'path "secret/data/app/db" { capabilities = ["read"] }',
      b: 'path "secret/data/app/db" { capabilities = ["delete"] }',
    },
  ),
  change(
    "a deny of the same path in another policy sticks",
    { a: READ_ALL },
    { a: READ_ALL, b: 'path "secret/data/*" { capabilities = ["deny"] }' },
  ),
  change(
    "a deny below a grant takes its part away",
    { a: READ_ALL },
    { a: READ_ALL, b: 'path "secret/data/shop/payments" { capabilities = ["deny"] }' },
  ),
  change(
    "a more specific grant goes through a deny",
    { a: 'path "secret/data/*" { capabilities = ["deny"] }' },
    {
      a: 'path "secret/data/*" { capabilities = ["deny"] }\npath "secret/data/app/db" { capabilities = ["read"] }',
    },
  ),
  change(
    "a deny that goes gives back what it held",
    { a: READ_ALL, b: 'path "secret/data/shop/*" { capabilities = ["deny"] }' },
    { a: READ_ALL, b: 'path "secret/data/other" { capabilities = ["read"] }' },
  ),
  change(
    "a star within a path is a letter",
    { a: 'path "secret/data/*/db" { capabilities = ["read"] }' },
    { a: 'path "secret/data/+/db" { capabilities = ["read"] }' },
  ),
  change(
    "one leading slash is nothing",
    { a: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    { a: 'path "/secret/data/app/db" { capabilities = ["read"] }' },
  ),
  change(
    "two leading slashes match nothing",
    { a: 'path "secret/data/app/db" { capabilities = ["read"] }' },
    { a: 'path "//secret/data/app/db" { capabilities = ["read"] }' },
  ),
];
