import { COMPARED_CAPABILITIES, type ComparedCapability } from "../compare/grant";
import type { SecretPath } from "../kv-intents";
import type { Forbidden } from "./guardrail";

/** A secret or a tree of them, as guardrails are told of it. */
export interface GuardedSecret extends SecretPath {
  /** @default 2 */
  readonly kvVersion?: 1 | 2;
  /** How it reads in a sentence. @default mount and path */
  readonly title?: string;
}

/**
 * What a guardrail can keep its subjects from doing to a secret. Each is wider than the intents of reviews that it stands for
 * (kv-intents.ts): those say the least that it takes, this forbids every way to it.
 */
export type GuardedAct = "read" | "see-names" | "write" | "delete" | "destroy" | "touch";

type Area = readonly [area: string, capabilities: readonly ComparedCapability[]];

/** Every way to each act through the API of KV v2. `recover` of Vault writes a version from a snapshot. */
const WAYS: Readonly<Record<Exclude<GuardedAct, "see-names">, readonly Area[]>> = {
  read: [["data/", ["read"]]],
  write: [["data/", ["create", "update", "patch", "recover"]]],
  delete: [
    ["data/", ["delete"]],
    ["delete/", ["update"]],
    ["destroy/", ["update"]],
    ["metadata/", ["delete"]],
  ],
  destroy: [
    ["destroy/", ["update"]],
    ["metadata/", ["delete"]],
  ],
  touch: [
    ["data/", ["create", "read", "update", "patch", "delete", "recover"]],
    ["subkeys/", ["read"]],
    ["metadata/", ["create", "read", "update", "patch", "delete"]],
    ["delete/", ["update"]],
    ["undelete/", ["update"]],
    ["destroy/", ["update"]],
  ],
};

/** KV v1 has one area and one version: to delete is to destroy. */
const WAYS_V1: Readonly<Record<Exclude<GuardedAct, "see-names">, readonly ComparedCapability[]>> = {
  read: ["read"],
  write: ["create", "update"],
  delete: ["delete"],
  destroy: ["delete"],
  touch: ["create", "read", "update", "delete"],
};

/** Folders are listed below these; OpenBao lists with metadata below the second. */
const LISTED = ["metadata/", "detailed-metadata/"];

/** The regions of the API in which the act is done to the secret, each with the capabilities that do it. */
export function forbiddenBy(act: GuardedAct, secret: GuardedSecret): Forbidden[] {
  if (act === "see-names") return namesOf(secret);
  const { mount, path, kvVersion = 2 } = secret;
  const ways: readonly Area[] = kvVersion === 2 ? WAYS[act] : [["", WAYS_V1[act]]];
  const below = ways.map(([area, capabilities]) => ({ region: mount + area + path, capabilities }));
  return act === "touch" ? [...below, ...namesOf(secret)] : below;
}

function namesOf({ mount, path, kvVersion = 2 }: GuardedSecret): Forbidden[] {
  const areas = kvVersion === 2 ? LISTED : [""];
  return areas.flatMap((area) => listings(mount + area, path));
}

/**
 * Names are listed folder by folder: in the folder that holds the secret, and, where parameters stand for folders, in those too.
 * SCAN goes on into folders, so that one far above shows the name as well.
 */
function listings(root: string, path: string): Forbidden[] {
  const segments = path.split("/");
  const wild = segments.findIndex((segment) => segment === "+" || segment.endsWith("*"));
  const first = wild === -1 ? segments.length - 1 : wild;
  return segments.map((_, depth): Forbidden => {
    const folder = segments
      .slice(0, depth)
      .map((segment) => `${segment}/`)
      .join("");
    if (depth < first) return { region: root + folder, capabilities: ["scan"] };
    const open = depth === segments.length - 1 && path.endsWith("*");
    return { region: root + (open ? path : folder), capabilities: ["list", "scan"] };
  });
}

/** The words that are capabilities of some engine and can be granted: all but `deny`. */
export function areCapabilities(words: readonly string[]): words is readonly ComparedCapability[] {
  return words.every((word) => (COMPARED_CAPABILITIES as readonly string[]).includes(word));
}
