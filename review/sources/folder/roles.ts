import type { Place } from "../../model";
import { mistakesIn } from "../../written/mistakes";
import { refuse } from "../../written/refuse";
import { readWritten } from "../../written/written";
import type { Settings } from "../inventory/value";
import { ROLES_SCHEMA } from "./roles-schema";

/** What stands in a roles file, as its schema holds it. */
export interface RolesContent {
  readonly engine?: string;
  readonly mounts?: ByName<{ readonly type: string; readonly version?: 1 | 2 }>;
  /** By the path of the API: `auth/approle/role/ci`. */
  readonly roles?: ByName<WrittenRole>;
  readonly entities?: ByName<{
    readonly policies?: readonly string[];
    readonly metadata?: { readonly [key: string]: string };
  }>;
  readonly groups?: ByName<{
    readonly policies?: readonly string[];
    /** Names of entities. */
    readonly members?: readonly string[];
    /** Names of groups inside it: their members get its policies too. */
    readonly groups?: readonly string[];
  }>;
}

interface WrittenRole {
  readonly policies: readonly string[];
  readonly no_default_policy?: boolean;
  /** Settings of a role as the engine's API names them: `token_ttl`, `bound_service_account_names`. */
  readonly settings?: Settings;
  /** The one entity that its logins are. */
  readonly entity?: string;
  readonly owner?: string;
  readonly system?: string;
}

type ByName<T> = { readonly [name: string]: T };

export interface Roles {
  readonly content: RolesContent;
  /** The place of what is declared under a name. */
  readonly placeOf: (section: keyof RolesContent, name: string) => Place;
}

/** @throws UsageError with the line of every mistake */
export function readRoles(source: Uint8Array, file: string): Roles {
  const written = readWritten(source, file);
  refuse(written, mistakesIn(written.value, ROLES_SCHEMA));
  return {
    content: written.value as RolesContent,
    placeOf: (section, name) => ({ file, ...written.place([section, name], "key") }),
  };
}
