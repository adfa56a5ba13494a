/**
 * What a review says of each pair, in order: kind, who, what, the cause behind `<-`, and the witness in brackets. Read, not
 * recorded: a line that changes has to be true, and the engines are asked about every witness (real/review-corpus.test.ts).
 */
export const EXPECTED: { readonly [name: string]: readonly string[] } = {
  "a wide rule opens what other systems own": [
    "gained: AppRole app can now read values of secret/app/cache, secret/project/{project}/{name} and secret/shop/payments, and anything else under secret/ (unchanged: secret/app/db) [read secret/data/app/cache]",
  ],
  "a more specific rule of another policy takes reading away": [
    'lost: AppRole app can no longer read values of secret/shop/payments, and anything else under secret/shop/ <- because policies/narrow.hcl:1, of the policy narrow that it now holds, outranks its read rule path "secret/data/*" [read secret/data/shop/payments]',
    'lint: AppRole app LIST secret/data/shop/ is allowed in L0, L2, L3 (by path "secret/data/shop/*") and denied in L1',
    "note gained: AppRole app can now use list on everything under secret/data/shop/, which has no effect there <- through the policy narrow, which it now holds [list secret/data/shop/]",
  ],
  "an exact rule goes before every pattern": [
    "gained: AppRole app can now write new versions of secret/app/db, where there is one already <- through the policy exact, which it now holds [update secret/data/app/db]",
    'lost: AppRole app can no longer read values of secret/app/db <- because policies/exact.hcl:1, of the policy exact that it now holds, outranks its read rule path "secret/data/*" [read secret/data/app/db]',
  ],
  "a rule without capabilities is a silent deny": [
    'lost: AppRole app can no longer read values of secret/app/cache and secret/app/db, and anything else under secret/app/ <- because policies/empty.hcl:1, of the policy empty that it now holds, outranks its read rule path "secret/data/*" [read secret/data/app/cache]',
    'lint: AppRole app path "secret/data/app/*" grants nothing and shadows weaker rules',
  ],
  "taking a shadowing rule away gives access": [
    "gained: AppRole app can now read values of secret/shop/payments, and anything else under secret/shop/ <- because policies/narrow.hcl:1, which was removed, no longer outranks it [read secret/data/shop/payments]",
    "note lost: AppRole app can no longer use list on everything under secret/data/shop/, which has no effect there <- because it no longer holds the policy narrow [list secret/data/shop/]",
  ],
  "a prefix goes before a pattern with wildcard segments of the same depth": [
    "gained: AppRole app can now write new versions of secret/app/cache and secret/app/db, and anything else under secret/app/, where there is one already <- through the policy b, which it now holds [update secret/data/app/cache]",
    'lost: AppRole app can no longer read values of secret/app/db <- because policies/b.hcl:1, of the policy b that it now holds, outranks its read rule path "secret/data/+/db" [read secret/data/app/db]',
  ],
  "of two patterns the one whose first wildcard comes later wins": [
    "gained: AppRole app can now soft-delete versions of secret/shop/payments, and anything else at secret/shop/+ <- through the policy b, which it now holds [delete secret/data/shop/payments]",
    'lost: AppRole app can no longer read values of secret/shop/payments <- because policies/b.hcl:1, of the policy b that it now holds, outranks its read rule path "secret/data/+/payments" [read secret/data/shop/payments]',
  ],
  "of two patterns the one with fewer wildcards wins": [
    "gained: AppRole app can now write new versions of secret/project/{project}/db, where there is one already <- through the policy b, which it now holds [update secret/data/project/x/db]",
    'lost: AppRole app can no longer read values of secret/project/{project}/db <- because policies/b.hcl:1, of the policy b that it now holds, outranks its read rule path "secret/data/project/+/+" [read secret/data/project/x/db]',
  ],
  "the longest prefix wins": [
    "gained: AppRole app can now change single fields of secret/app/db, and anything else at secret/app/d* <- through the policy b, which it now holds [patch secret/data/app/db]",
    'lost: AppRole app can no longer read values of secret/app/db, and anything else at secret/app/d* <- because policies/b.hcl:1, of the policy b that it now holds, outranks its read rule path "secret/data/app*" [read secret/data/app/db]',
  ],
  "a dead rule changes nothing": [
    'lint: AppRole app path "secret/data/+/foo/*" decides nothing: stronger patterns win wherever it matches',
  ],
  "a rule that is dead for values reaches the other areas of the mount": [
    "gained: AppRole app can now soft-delete versions of secret/project/foo/{name}, and anything else at secret/+/foo/* <- through the policy b, which it now holds [update secret/delete/project/foo/x]",
    "gained: AppRole app can now undelete versions of secret/project/foo/{name}, and anything else at secret/+/foo/* <- through the policy b, which it now holds [update secret/undelete/project/foo/x]",
    "gained: AppRole app can now destroy versions of secret/project/foo/{name}, and anything else at secret/+/foo/* <- through the policy b, which it now holds [update secret/destroy/project/foo/x]",
    "gained: AppRole app can now change metadata of secret/project/foo/{name}, and anything else at secret/+/foo/* <- through the policy b, which it now holds [update secret/metadata/project/foo/x]",
    'lint: AppRole app path "secret/+/+/foo/*" reaches data, metadata, destroy and config of secret/ alike',
  ],
  "rules of one path are united across policies": [
    "gained: AppRole app can now soft-delete versions of secret/app/db <- through the policy b, which it now holds [delete secret/data/app/db]",
  ],
  "a deny of the same path in another policy sticks": [
    "lost: AppRole app can no longer read values of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ <- because policies/b.hcl:1, of the policy b that it now holds, denies it, and deny outweighs every grant of the same path [read secret/data/app/cache]",
    'lint: AppRole app path "secret/data/*" is allowed in a and denied in b: it is denied',
  ],
  "a deny below a grant takes its part away": [
    "lost: AppRole app can no longer read values of secret/shop/payments <- because policies/b.hcl:1, of the policy b that it now holds, denies it [read secret/data/shop/payments]",
  ],
  "a more specific grant goes through a deny": [
    "gained: AppRole app can now read values of secret/app/db [read secret/data/app/db]",
    'lint: AppRole app path "secret/data/*" denies, but path "secret/data/app/db" allows secret/data/app/db inside of it',
  ],
  "a deny that goes gives back what it held": [
    "gained: AppRole app can now read values of secret/shop/payments, and anything else under secret/shop/ <- because policies/b.hcl:1, which was removed, no longer denies it [read secret/data/shop/payments]",
  ],
  "a star within a path is a letter": [
    "gained: AppRole app can now read values of secret/app/db, and anything else at secret/+/db (unchanged: secret/*/db) [read secret/data/app/db]",
  ],
  "one leading slash is nothing": [],
  "two leading slashes match nothing": [
    "lost: AppRole app can no longer read values of secret/app/db [read secret/data/app/db]",
    'lint: AppRole app "//secret/data/app/db" has an empty segment, which no request has',
  ],
  "a list rule without its slash lists no tree": [
    "lost: AppRole app can no longer see names under the folders below secret/app/ [list secret/metadata/app/x/]",
  ],
  "a rule that reads outranks one that lists": [
    "gained: AppRole app can now read metadata of secret/app/cache and secret/app/db, and anything else under secret/app/ <- through the policy b, which it now holds [read secret/metadata/app/cache]",
    'lost: AppRole app can no longer see names under secret/app/ <- because policies/b.hcl:1, of the policy b that it now holds, outranks its list rule path "secret/metadata/*" [list secret/metadata/app/]',
    'lint: AppRole app LIST secret/metadata/app/ is allowed in L1, L2 (by path "secret/metadata/*") and denied in L0, L3',
  ],
  "where the slash is tried last a wider list rule still lists": [
    "gained: AppRole app can now read metadata of secret/app/cache and secret/app/db, and anything else under secret/app/ <- through the policy b, which it now holds [read secret/metadata/app/cache]",
    'lost: AppRole app can no longer see names under the folders below secret/app/ <- because policies/b.hcl:1, of the policy b that it now holds, outranks its list rule path "secret/metadata/*" [list secret/metadata/app/x/]',
    'lint: AppRole app LIST secret/metadata/app/ is allowed in L1, L2 (by path "secret/metadata/*") and denied in L0, L3',
  ],
  "an exact rule without a slash is asked before patterns": [
    "gained: AppRole app can now read metadata of secret/app <- through the policy b, which it now holds [read secret/metadata/app]",
    'lost: AppRole app can no longer see names under secret/app/ <- because policies/b.hcl:1, of the policy b that it now holds, outranks its list rule path "secret/metadata/*" [list secret/metadata/app/]',
  ],
  "a deny without a slash stops the listing": [
    "lost: AppRole app can no longer see names under secret/app/ <- because policies/b.hcl:1, of the policy b that it now holds, denies it [list secret/metadata/app/]",
    'lint: AppRole app path "secret/metadata/app" is denied, but listing at or below secret/metadata/app/ is allowed by path "secret/metadata/*"',
  ],
  "a wildcard segment matches the empty one behind a folder": [
    "gained: AppRole app can now see names under secret/app/+ (unchanged: secret/app/ itself) [list secret/metadata/app/x/]",
    'lint: AppRole app LIST secret/metadata/app/x/ is allowed in L1, L2, L3 (by path "secret/metadata/app/+") and denied in L0',
  ],
  "scanning is listing of all below": [
    "gained: AppRole app can now see all names at once below secret/app/ [scan secret/metadata/app/]",
  ],
  "listing values does nothing": [
    "note gained: AppRole app can now use list on secret/data/app/db, which has no effect there [list secret/data/app/db/]",
  ],
  "a parameter is required now": [
    "narrowed: AppRole app can write new versions of kv1/app only under conditions now: parameters ttl required [update kv1/app]",
  ],
  "a parameter need not be there any more": [
    "widened: AppRole app can now write new versions of kv1/app without conditions; before: parameters ttl required [update kv1/app]",
  ],
  "other parameters are allowed": [
    'changed: AppRole app can now write new versions of kv1/app under other conditions: only parameters b [update kv1/app {"a":"1"}]',
  ],
  "a value of a parameter is denied": [
    'narrowed: AppRole app can write new versions of kv1/app only under conditions now: no parameters kind [update kv1/app {"kind":"root"}]',
  ],
  "a rule without restrictions lifts none of another policy": [],
  "answers have to be wrapped": [
    "narrowed: AppRole app can read values of secret/app/db only under conditions now: wrapped for at most 60s [read secret/data/app/db]",
  ],
  "answers may be wrapped for longer": [
    "widened: AppRole app can now read values of secret/app/db under wider conditions: wrapped for at most 300s; before: wrapped for at most 60s [read secret/data/app/db wrapped 61]",
  ],
  "the shorter wrapping time of two policies counts": [
    "narrowed: AppRole app can read values of secret/app/db only under narrower conditions now: wrapped for at most 60s; before: wrapped for at most 300s [read secret/data/app/db wrapped 300]",
  ],
  "a gain with conditions": [
    "gained: AppRole app can now read values of secret/app/db (wrapped for at least 10s, wrapped for at most 60s) [read secret/data/app/db wrapped 10]",
  ],
  "pages are bounded": [
    'narrowed: AppRole app can see names under secret/app/ only under conditions now: pages of at most 10 [list secret/metadata/app/ {"limit":"11"}]',
  ],
  "a rule ends at a time that is past": [
    "lost: AppRole app can no longer read values of secret/app/db [read secret/data/app/db]",
    'lint: AppRole app path "secret/data/app/db" expired at 2020-01-01T00:00:00Z',
  ],
  "writing takes create and update": [
    "gained: AppRole app can now write new versions of secret/app/db [update secret/data/app/db]",
    "gained: AppRole app can now change single fields of secret/app/db [patch secret/data/app/db]",
  ],
  "create alone writes what is not there yet": [
    "gained: AppRole app can now write new versions of secret/app/db, where there is none yet [create secret/data/app/db]",
  ],
  "deleting, undeleting, destroying": [
    "gained: AppRole app can now soft-delete versions of secret/app/db [update secret/delete/app/db]",
    "gained: AppRole app can now undelete versions of secret/app/db [update secret/undelete/app/db]",
    "gained: AppRole app can now destroy versions of secret/app/db [update secret/destroy/app/db]",
  ],
  "metadata is read, changed and deleted": [
    "gained: AppRole app can now read metadata of secret/app/db [read secret/metadata/app/db]",
    "gained: AppRole app can now change metadata of secret/app/db [update secret/metadata/app/db]",
    "gained: AppRole app can now delete all versions and metadata of secret/app/db [delete secret/metadata/app/db]",
  ],
  "a glob on the mount is everything there": [
    "gained: AppRole app can now read values of secret/app/cache, secret/project/{project}/{name} and secret/shop/payments, and anything else under secret/ (unchanged: secret/app/db) [read secret/data/app/cache]",
    "gained: AppRole app can now see the names of the fields of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ [read secret/subkeys/app/cache]",
    "gained: AppRole app can now read metadata of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ [read secret/metadata/app/cache]",
    "gained: AppRole app can now write new versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/, where there is one already [update secret/data/app/cache]",
    "gained: AppRole app can now soft-delete versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ [update secret/delete/app/cache]",
    "gained: AppRole app can now undelete versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ [update secret/undelete/app/cache]",
    "gained: AppRole app can now destroy versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ [update secret/destroy/app/cache]",
    "gained: AppRole app can now change metadata of secret/app/cache, secret/app/db and 2 other secrets, and anything else under secret/ [update secret/metadata/app/cache]",
    "gained: AppRole app can now configure the mount secret/ [read secret/config]",
    'lint: AppRole app path "secret/*" reaches data, metadata, destroy and config of secret/ alike',
  ],
  "a rule that forgets data/ does nothing": [
    'lint: AppRole app path "secret/app/cache" matches nothing that KV v2 serves under secret/; did you mean "secret/data/app/cache"?',
    "note gained: AppRole app can now use read on secret/app/cache, which has no effect there [read secret/app/cache]",
  ],
  "a family is opened in part": [
    "gained: AppRole app can now read values of secret/project/odin/{name}, and anything else under secret/project/odin/ [read secret/data/project/odin/x]",
  ],
  "a family is opened as a whole": [
    "gained: AppRole app can now read values of secret/project/{project}/{name} [read secret/data/project/x/x]",
  ],
  "KV version 1 has no areas": [
    "gained: AppRole app can now read values of everything under kv1/ (unchanged: kv1/app) [read kv1/x]",
    "gained: AppRole app can now see names under kv1/ [list kv1/]",
  ],
  "names of fields without values": [
    "gained: AppRole app can now see the names of the fields of secret/app/cache [read secret/subkeys/app/cache]",
  ],
  "create under sys/ does nothing": [
    'lint: AppRole app create alone does nothing on "sys/tools/random": a write there is an update',
    "note gained: AppRole app can now use create on sys/tools/random, which has no effect there [create sys/tools/random]",
  ],
  "a path that needs sudo is not reached without": [
    "gained: AppRole app can now use read on sys/audit [read sys/audit]",
  ],
  "sudo taken away takes the rest along": [
    "lost: AppRole app can no longer use read on sys/audit [read sys/audit]",
    'lint: AppRole app "sys/audit" needs sudo on openbao@2.7.2',
  ],
  "a role is given one more policy": [
    "gained: AppRole app can now read values of secret/shop/payments <- through the policy other, which it now holds [read secret/data/shop/payments]",
  ],
  "a role loses a policy": [
    "lost: AppRole app can no longer read values of secret/shop/payments <- because it no longer holds the policy other [read secret/data/shop/payments]",
  ],
  "two roles that hold the same are told together": [
    "gained: AppRole a AppRole b can now read values of secret/shop/payments <- through the policy other, which it now holds [read secret/data/shop/payments]",
  ],
  "a role is new, another is gone": [
    "gained: AppRole fresh can now read values of secret/app/db [read secret/data/app/db]",
    "lost: AppRole old can no longer read values of secret/app/db [read secret/data/app/db]",
    "note principal-added: AppRole fresh is new, with the policy own",
    "note principal-removed: AppRole old is gone, with the policy own",
  ],
  "a principal joins a group": [
    "gained: AppRole app can now read values of secret/shop/payments <- through the group cashiers, which it joined [read secret/data/shop/payments]",
  ],
  "a principal leaves a group": [
    "lost: AppRole app can no longer read values of secret/shop/payments <- because it is no longer in the group cashiers [read secret/data/shop/payments]",
  ],
  "default is everybody's": [
    "gained: AppRole a AppRole b can now read values of secret/app/db <- through the policy default, which everybody holds [read secret/data/app/db]",
  ],
  "root may do everything": [
    "escalation-gained: AppRole app can now get everything: it has the policy root",
    "gained: AppRole app can now use create, read, update, patch, delete, list, scan, sudo, subscribe and recover on everything on the server [read x]",
    "gained: AppRole app can now read values of secret/app/cache, secret/project/{project}/{name} and secret/shop/payments, and anything else on the server (unchanged: secret/app/db) [read secret/data/app/cache]",
    "gained: AppRole app can now see names under everything on the server [list secret/metadata/app/]",
    "gained: AppRole app can now see the names of the fields of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [read secret/subkeys/app/cache]",
    "gained: AppRole app can now read metadata of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [read secret/metadata/app/cache]",
    "gained: AppRole app can now write new versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [update secret/data/app/cache]",
    "gained: AppRole app can now change single fields of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [patch secret/data/app/cache]",
    "gained: AppRole app can now soft-delete versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [delete secret/data/app/cache]",
    "gained: AppRole app can now undelete versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [update secret/undelete/app/cache]",
    "gained: AppRole app can now destroy versions of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [update secret/destroy/app/cache]",
    "gained: AppRole app can now change metadata of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [update secret/metadata/app/cache]",
    "gained: AppRole app can now delete all versions and metadata of secret/app/cache, secret/app/db and 2 other secrets, and anything else on the server [delete secret/metadata/app/cache]",
    "gained: AppRole app can now configure the mount secret/ [read secret/config]",
  ],
  "a policy that nobody has the text of": [
    "unknown: AppRole app holds the policy elsewhere, whose text is not here: what it grants is not known",
  ],
  "a policy under another name is the same": [],
  "names of policies are trimmed and lower-cased": [],
  "logins are bounded otherwise": [
    "constraint-narrowed: AppRole app has a narrower token_bound_cidrs: 10.1.0.0/16, before 10.0.0.0/8",
    "constraint-widened: AppRole app has a wider bind_secret_id: not required, before required",
    "constraint-widened: AppRole app has a wider secret_id_num_uses: no limit, before 1 use",
  ],
  "a template of a known entity is filled": [
    "gained: AppRole ann can now read values of everything under secret/ann/ [read secret/data/ann/x]",
    "lint: AppRole ann {{identity.entity.name}} can be changed after the fact",
  ],
  "a template of an unknown entity cannot be decided": [
    'unknown: AppRole app cannot be told for certain: path "secret/data/{{identity.entity.name}}/*" depends on who asks, and that is not known here',
    "lint: AppRole app {{identity.entity.name}} can be changed after the fact",
  ],
  "a template that stays may stand between two rules": [
    'unknown: AppRole app cannot be told for certain: path "secret/data/{{identity.entity.name}}/*" depends on who asks, and may outrank what changed',
  ],
  "a misspelt template matches nothing": [
    'unknown: AppRole app cannot be told for certain: path "secret/data/{{identity.entity.nam}}/*" depends on who asks, and that is not known here',
    "lint: AppRole app {{identity.entity.nam}} stands for nothing: the rule never matches",
  ],
  "a mount moves, and its policies with it": [
    "mount-changed: the mount secret/ is now vault/: its secrets move along",
  ],
  "a mount moves, and its policies stay behind": [
    "lost: AppRole app can no longer read values of vault/app/db <- because the mount secret/ is now vault/, and policies/own.hcl:1 still names the old path [read vault/data/app/db]",
    "mount-changed: the mount secret/ is now vault/: its secrets move along",
  ],
  "a mount gets another version": [
    "gained: AppRole app can now read values of secret/app/db [read secret/data/app/db]",
    "lost: AppRole app can no longer read values of secret/data/app/db <- because the mount secret/ is now KV version 2, and policies/own.hcl:1 still names the old path [read secret/data/data/app/db]",
    "mount-changed: the mount secret/ is now KV version 2, before 1: its paths are others now",
  ],
  "a mount gets version 2, and its policies with it": [
    "mount-changed: the mount kv1/ is now KV version 2, before 1: its paths are others now",
  ],
  "a mount gets version 2, and its policies stay as they were": [
    "lost: AppRole app can no longer read values of everything under kv1/app/ <- because the mount kv1/ is now KV version 2, and policies/own.hcl:1 still names the old path [read kv1/data/app/x]",
    "lost: AppRole app can no longer see names under kv1/app/ <- because the mount kv1/ is now KV version 2, and policies/own.hcl:1 still names the old path [list kv1/metadata/app/]",
    "mount-changed: the mount kv1/ is now KV version 2, before 1: its paths are others now",
    'lint: AppRole app path "kv1/app/*" matches nothing that KV v2 serves under kv1/; did you mean "kv1/data/app/*"?',
    "note gained: AppRole app can now use read and list on everything under kv1/app/, which has no effect there [list kv1/app/]",
  ],
  "a mount is gone, another is new": [
    "mount-removed: the mount old/ (kv) is gone, with all that is in it",
    "note mount-added: the mount pki/ (pki) is new",
  ],
  "the only audit device is gone": [
    "audit-device-removed: the audit device file/ (file) is gone, and none is left: nothing is recorded any more",
  ],
  "the policy may be rewritten by its holder": [
    "escalation-gained: AppRole app can now get everything: it rewrites its own policy own",
    "gained: AppRole app can now use update on everything under sys/policies/acl/ [update sys/policies/acl/x]",
  ],
  "one principal becomes another that can do everything": [
    "escalation-gained: AppRole app can now get everything: it issues a secret-id of auth/approle/role/admin and logs in as it",
    "gained: AppRole app can now use update on auth/approle/role/admin/secret-id [update auth/approle/role/admin/secret-id]",
  ],
  "the same policies on another engine": [
    "lost: AppRole app can no longer see names under secret/app/ <- because openbao@2.7.2 decides it otherwise than vault@1.21.1 [list secret/metadata/app/]",
  ],
  "a policy that cannot be read": [
    'unknown: AppRole app holds the policy own, which cannot be read: "reed" is no capability',
  ],
  "what a source could not tell": [
    "unknown: AppRole app cannot be told: the token policies of app are known after apply",
  ],
};
