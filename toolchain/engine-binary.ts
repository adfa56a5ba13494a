import { isAbsolute, resolve } from "node:path";
import { type EngineId, printEngineId } from "../base/engine-id";
import { type Entry, findEntry } from "./cache";
import { names, programs, runHere, type Use, whyNot } from "./engine-program";
import { waysTo } from "./engine-ways";
import { GivenPartError } from "./failures";
import { knownSha256 } from "./known-binaries";
import { obtain } from "./obtain";
import { isExecutable, onPath } from "./on-path";
import type { Look, Part, Tried } from "./part";
import { here, printPlatform, samePlatform } from "./platform";
import type { Workshop } from "./workshop";

const variable = "STRONGROOM_ENGINE_BINARY";
const builder = { openbao: "Python with pip", vault: "Go 1.25.8 or newer" } as const;

/**
 * The engine's own program, server and command line in one, at exactly the engine's version: the one given by
 * STRONGROOM_ENGINE_BINARY, else on PATH, in the cache, from the vendor's release, its wheel or its Go module. Vault is
 * only ever built, here and when asked for: its licence does not let it be handed on.
 * @param use for an image, the platform is the Docker server's, and the program must be linked statically
 * @throws GivenPartError, PartMissingError, HashMismatchError
 */
export async function ensureEngineBinary(
  workshop: Workshop,
  engine: EngineId,
  use: Use = runHere,
): Promise<Part> {
  const { platform } = use;
  const look = await lookForEngineBinary(workshop, engine, use);
  if ("found" in look) return look.found;
  const { entry, cached } = await obtain(workshop, {
    part: engine.product,
    label: names[engine.product],
    wanted: engine.version,
    platform: printPlatform(platform),
    find: () => findEntry(workshop, engine.product, engine.version, printPlatform(platform)),
    ways: waysTo(workshop, engine, platform),
    tried: look.tried,
    nextStep: `Run this once where there is a network and ${builder[engine.product]}; or put ${programs[engine.product]} ${engine.version} on PATH, or name it with ${variable}=/path/to/it.`,
  });
  return { ...entryPart(engine, entry), cached };
}

/** Looks only: at what the user names, at PATH and in the cache. */
export async function lookForEngineBinary(
  workshop: Workshop,
  engine: EngineId,
  use: Use = runHere,
): Promise<Look<Part>> {
  const { platform } = use;
  const given = workshop.env[variable];
  if (given)
    return { found: await givenBinary(workshop, engine, isAbsolute(given) ? given : resolve(given), use) };
  const tried: Tried[] = [{ way: variable, why: "not set" }];
  if (samePlatform(platform, here)) {
    const found = await lookOnPath(workshop, engine, use);
    if ("found" in found) return found;
    tried.push(...found.tried);
  }
  const entry = await findEntry(workshop, engine.product, engine.version, printPlatform(platform));
  if (entry) return { found: entryPart(engine, entry) };
  return { tried: [...tried, { way: "the cache", why: "not there" }] };
}

/** The sha256 of a part's file, also where it is the user's own. */
export async function binarySha256(workshop: Workshop, part: Part): Promise<string> {
  return part.sha256 ?? (await knownSha256(workshop, part.path));
}

async function lookOnPath(workshop: Workshop, engine: EngineId, use: Use): Promise<Look<Part>> {
  const program = programs[engine.product];
  const way = `${program} on PATH`;
  const path = await onPath(workshop, program);
  if (!path) return { tried: [{ way, why: "not there" }] };
  const why = await whyNot(workshop, engine, path, use);
  if (why) return { tried: [{ way, why: `${path}: ${why}` }] };
  return { found: { ...common(engine), path, source: "PATH", cached: true } };
}

async function givenBinary(workshop: Workshop, engine: EngineId, path: string, use: Use): Promise<Part> {
  const why = (await isExecutable(path))
    ? await whyNot(workshop, engine, path, use)
    : "it is no program that can be run";
  if (why === undefined) return { ...common(engine), path, source: "given", cached: true };
  throw new GivenPartError(
    `${variable} names ${path}, which cannot be used: ${why}.`,
    `Name a program of ${printEngineId(engine)}${use.inImage ? ` for ${printPlatform(use.platform)}, linked statically` : ""}; or unset ${variable}.`,
  );
}

function common(engine: EngineId): { name: string; wanted: string; version: string } {
  return { name: engine.product, wanted: engine.version, version: engine.version };
}

function entryPart(engine: EngineId, entry: Entry): Part {
  return { ...common(engine), path: entry.main, source: entry.source, cached: true, sha256: entry.sha256 };
}
