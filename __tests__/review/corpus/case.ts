import type { Finding } from "../../../review/finding";
import type { AccessRevision, NamedSecret, RevisionPrincipal } from "../../../review/model";
import { type RevisionSketch, revision } from "../revision";

/** Two revisions; what a review has to say of them stands in expected.ts. */
export interface CorpusCase {
  /** What makes it awkward. */
  readonly name: string;
  readonly base: AccessRevision;
  readonly head: AccessRevision;
  /** Engines that decide it as told here. @default all that are tested */
  readonly on?: readonly string[];
}

/** A case on the secrets below, for one AppRole `app` that holds every policy but those named `other…`. */
export function change(
  name: string,
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
  more: { readonly on?: readonly string[] } & RevisionSketch = {},
): CorpusCase {
  const { on, ...sketch } = more;
  const side = (policies: Readonly<Record<string, string>>): AccessRevision =>
    revision({
      secrets: SECRETS,
      mounts: [
        { path: "secret/", type: "kv", kvVersion: 2 },
        { path: "kv1/", type: "kv", kvVersion: 1 },
      ],
      roles: { app: Object.keys(policies).filter((each) => !each.startsWith("other")) },
      ...sketch,
      policies,
    });
  return { name, base: side(base), head: side(head), ...(on ? { on } : {}) };
}

export const SECRETS: readonly NamedSecret[] = [
  secret("app/db", "app"),
  secret("app/cache", "app"),
  secret("shop/payments", "shop"),
  secret("project/+/+", "projects", "project/{project}/{name}"),
];

function secret(path: string, system: string, title = path): NamedSecret {
  return { mount: "secret/", path, title, system, owner: `team-${system}` };
}

export function principal(name: string, more: Partial<RevisionPrincipal>): RevisionPrincipal {
  return {
    name: `auth/approle/role/${name}`,
    kind: "approle",
    title: `AppRole ${name}`,
    holds: [],
    constraints: [],
    ...more,
  };
}

/** A finding in one line: kind, who, what, why, and the request that shows it. */
export function told({ kind, severity, titles, sentence, cause, access }: Finding): string {
  const note = severity === "note" ? "note " : "";
  const why = cause ? ` <- ${cause}` : "";
  const witness = access?.witness;
  const extra = witness?.data ? ` ${JSON.stringify(witness.data)}` : "";
  const wrap = witness?.wrapTtl === undefined ? "" : ` wrapped ${witness.wrapTtl}`;
  const odd = witness?.aclOnly ? " acl-only" : "";
  const shown = witness ? ` [${witness.capability} ${witness.path}${extra}${wrap}${odd}]` : "";
  return `${note}${kind}: ${[...titles, sentence].join(" ")}${why}${shown}`;
}
