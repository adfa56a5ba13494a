import { UsageError } from "../../base/errors";
import { isListing } from "../../policies/capability";
import type { ComparedCapability } from "../../policies/compare/grant";
import { dialectOf } from "../../policies/dialect";
import { KV_INTENTS, type KvIntent } from "../../policies/kv-intents";
import { otherWays, type Part, partFor, partsOf } from "../../policies/queries/who-can";
import type { AccessRevision } from "../model";
import { didYouMean } from "../written/nearest";
import { operationNamed } from "./operation";
import { secretNamed } from "./secret-named";

/** What is asked of everybody. */
export interface Question {
  /** `read values of secret/dotmac/db`. */
  readonly words: string;
  readonly intent?: KvIntent;
  /** Granted in full when all are. */
  readonly parts: readonly Part[];
  /** Other ways to the same, each of them enough. */
  readonly others?: readonly (readonly Part[])[];
}

/** Words of a person for an intent on a secret; `patch` and `write` are intents by themselves. */
const SHORT: { readonly [word: string]: KvIntent } = {
  read: "read-values",
  get: "read-values",
  list: "see-names",
  delete: "soft-delete",
  create: "write",
  update: "write",
  put: "write",
  post: "write",
};

/**
 * What `intent|operation` and `secret or API path` mean together. On a secret (a title of the catalog, or a path below a KV v2
 * mount) it is an intent; on any other path an operation.
 * @throws UsageError for a word that is neither, or an intent on something that is no secret
 */
export function questionOf(revision: AccessRevision, word: string, target: string): Question {
  const lower = word.toLowerCase();
  const secret = secretNamed(revision, target, lower in KV_INTENTS);
  if (secret) {
    const intent = (SHORT[lower] ?? lower) as KvIntent;
    if (!(intent in KV_INTENTS)) throw unknownWord(word);
    const others = otherWays(intent, secret, dialectOf(revision.engine));
    return {
      words: `${KV_INTENTS[intent]} of ${secret.mount}${secret.path}`,
      intent,
      parts: partsOf(intent, secret),
      ...(others.length > 0 ? { others } : {}),
    };
  }
  if (lower in KV_INTENTS && lower !== "patch") {
    const titles = revision.secrets.map(({ title }) => title);
    throw new UsageError(
      `"${target}" is no secret of ${revision.label}, and ${lower} is asked of secrets.`,
      `${didYouMean(target, titles, "It knows no KV v2 mount: say --kv2 secret/.")} Of an API path ask read, list, update and the like.`,
    );
  }
  const operation = operationNamed(word, Object.keys(KV_INTENTS));
  const path = target.replace(/^\/*(v1\/)?/, "");
  if (path === "") throw new UsageError("The path is empty.", "Name a secret or an API path.");
  const listing = isListing(operation);
  const capability = CAPABILITY[operation] ?? (operation as ComparedCapability);
  const asked = listing && !/[/*]$/.test(path) ? `${path}/` : path;
  return {
    words: `${operation} ${asked}`,
    parts: [partFor(capability, asked, dialectOf(revision.engine), revision.mounts)],
  };
}

const CAPABILITY: { readonly [operation: string]: ComparedCapability } = {
  renew: "update",
  revoke: "update",
  rollback: "update",
};

function unknownWord(word: string): UsageError {
  const known = [...Object.keys(KV_INTENTS), ...Object.keys(SHORT)];
  return new UsageError(`"${word}" is nothing that can be done to a secret.`, didYouMean(word, known));
}
