import { namedPath } from "../../base/called-from";
import { UsageError } from "../../base/errors";
import { ENTITY_SCHEMA } from "../../policies/cases/schema";
import { parseDuration } from "../../policies/language/duration";
import type { AccessRequest } from "../../policies/semantics/request";
import type { Entity } from "../../policies/semantics/templates";
import { operationNamed } from "../../review/ask/operation";
import { entityOf, type WrittenEntity } from "../../review/policy-cases/entity";
import { bytesOf } from "../../review/policy-files/read-policy-file";
import { mistakesIn } from "../../review/written/mistakes";
import { refuse } from "../../review/written/refuse";
import type { Schema } from "../../review/written/schema";
import { readWritten } from "../../review/written/written";
import { readInput } from "./input";

/** The flags of a request. */
export interface RequestFlags {
  readonly data?: string;
  readonly wrapTtl?: string;
  readonly namespace?: string;
}

/** The request that words and flags name. @throws UsageError for words that name none */
export async function requestOf(word: string, path: string, options: RequestFlags): Promise<AccessRequest> {
  const operation = operationNamed(word);
  const bare = path.replace(/^\/*(v1\/)?/, "");
  if (bare === "")
    throw new UsageError("The path is empty.", "Name an API path, such as secret/data/app/db.");
  const wrapTtl = options.wrapTtl === undefined ? undefined : parseDuration(options.wrapTtl);
  if (options.wrapTtl !== undefined && !(wrapTtl !== undefined && wrapTtl >= 0))
    throw new UsageError(`--wrap-ttl "${options.wrapTtl}" is no duration.`, 'Write seconds, or "5m".');
  const namespace = options.namespace?.replace(/^\/+|\/+$/g, "");
  return {
    operation,
    path: bare,
    ...(options.data === undefined ? {} : { data: await dataOf(options.data) }),
    ...(wrapTtl === undefined ? {} : { wrapTtl }),
    ...(namespace ? { namespace: `${namespace}/` } : {}),
  };
}

/** The entity that asks, for templates. @throws UsageError with the place of every mistake */
export async function entityNamed(given: string): Promise<Entity> {
  const [what, source] = await sourceOf(given, "--entity");
  const written = readWritten(source, what);
  refuse(written, mistakesIn(written.value, ENTITY_SCHEMA as Schema));
  return entityOf(written.value as WrittenEntity);
}

/** The parameters of the request. What they are is never shown: there may be a secret among them. */
async function dataOf(given: string): Promise<{ readonly [parameter: string]: unknown }> {
  const [what, source] = await sourceOf(given, "--data");
  let data: unknown;
  try {
    data = JSON.parse(source);
  } catch {
    throw new UsageError(`${what} is not JSON.`, `Write the parameters as an object: '{"name": "value"}'.`);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new UsageError(`${what} is no JSON object.`, `Write the parameters as one: '{"name": "value"}'.`);
  return data as { readonly [parameter: string]: unknown };
}

async function sourceOf(given: string, flag: string): Promise<readonly [what: string, source: string]> {
  if (given === "-") return ["standard input", (await readInput()).toString()];
  if (!given.startsWith("@")) return [flag, given];
  const file = given.slice(1);
  return [file, new TextDecoder().decode(bytesOf(namedPath(file)))];
}
