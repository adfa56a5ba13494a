import { rm } from "node:fs/promises";
import { type EngineId, printEngineId } from "../base/engine-id";
import { dockerServer, type LocalImage, localImage } from "./docker-engine";
import { binarySha256, ensureEngineBinary, lookForEngineBinary } from "./engine-binary";
import { PartMissingError } from "./failures";
import { checkDigest } from "./image-digests";
import { imageLabels, imageReference, layOutImage } from "./image-recipe";
import type { Look, Part, PartSource, Tried } from "./part";
import { withPartLock } from "./part-lock";
import { here, platformOf } from "./platform";
import { run } from "./run";
import { openScratch, sweepScratch } from "./scratch";
import { type EnginePin, wanted } from "./wanted";
import type { Workshop } from "./workshop";

export interface EngineImage {
  readonly image: Part;
  /** The binary in it, where the image was built here. */
  readonly binary?: Part;
}

/** A registry that has not named the image by then is taken for unreachable: the image can also be built. */
const pullAnswerMs = 10_000;
const pullMs = 15 * 60_000;

/**
 * The image that the engine's containers run: one that is already here, else the vendor's from its registry, else one
 * built FROM scratch around the engine's binary. With a given or PATH binary only the last.
 * @throws DockerUnreachableError, PartMissingError, GivenPartError, HashMismatchError
 */
export async function ensureEngineImage(workshop: Workshop, engine: EngineId): Promise<EngineImage> {
  const look = await lookForEngineImage(workshop, engine);
  if ("found" in look) return look.found;
  return withPartLock(workshop, `image-${printEngineId(engine)}`, async () => {
    const again = await lookForEngineImage(workshop, engine);
    if ("found" in again) return again.found;
    await sweepScratch(workshop, `image-${printEngineId(engine)}`);
    const pulled = (await hasOwnBinary(workshop, engine)) ? undefined : await pull(workshop, engine);
    if (pulled && "image" in pulled) return pulled;
    return build(workshop, engine, pulled ? [pulled] : []);
  });
}

/** Looks only: which of the two references the Docker engine has. */
export async function lookForEngineImage(workshop: Workshop, engine: EngineId): Promise<Look<EngineImage>> {
  const reference = imageReference(engine);
  const vendors = vendorReference(engine);
  const [built, pulled, binary] = await Promise.all([
    localImage(workshop, reference),
    localImage(workshop, vendors),
    lookForBinary(workshop, engine),
  ]);
  const tried: Tried[] = [];
  if (built && (await isOfBinary(workshop, engine, built, binary))) {
    const image = imagePart(engine, reference, built, "built here");
    return { found: { image, ...(binary ? { binary } : {}) } };
  }
  tried.push({ way: `${reference} in Docker`, why: built ? "it holds another binary" : "not there" });
  if (pulled && !isOwn(binary)) {
    await checkDigest(workshop, vendors, pulled);
    return { found: { image: imagePart(engine, vendors, pulled, "image registry") } };
  }
  tried.push({ way: `${vendors} in Docker`, why: pulled ? "an own binary was asked for" : "not there" });
  return { tried };
}

/** Without asking the server for its platform, which would be one more question: it is Linux on this processor. */
async function lookForBinary(workshop: Workshop, engine: EngineId): Promise<Part | undefined> {
  const look = await lookForEngineBinary(workshop, engine, {
    platform: { ...here, os: "linux" },
    inImage: true,
  });
  return "found" in look ? look.found : undefined;
}

/** A binary that the user brought himself; only an image built around it does what he meant. */
function isOwn(binary: Part | undefined): boolean {
  return binary?.source === "given";
}

async function hasOwnBinary(workshop: Workshop, engine: EngineId): Promise<boolean> {
  return isOwn(await lookForBinary(workshop, engine));
}

async function isOfBinary(
  workshop: Workshop,
  engine: EngineId,
  image: LocalImage,
  binary: Part | undefined,
): Promise<boolean> {
  const holds = image.labels["strongroom.binary.sha256"] ?? "";
  const labels = imageLabels(engine, binary ? await binarySha256(workshop, binary) : holds);
  return holds !== "" && Object.entries(labels).every(([name, value]) => image.labels[name] === value);
}

async function pull(workshop: Workshop, engine: EngineId): Promise<EngineImage | Tried> {
  const reference = vendorReference(engine);
  const way = `pulling ${reference}`;
  workshop.report({ part: `${engine.product} image`, what: way });
  const outcome = await run(workshop, "docker", ["pull", reference], {
    timeoutMs: pullMs,
    firstOutputWithinMs: pullAnswerMs,
  });
  if (!outcome.ok) return { way, why: outcome.why };
  const image = await localImage(workshop, reference);
  if (!image) return { way, why: "the image is not there after the pull" };
  await checkDigest(workshop, reference, image);
  return { image: { ...imagePart(engine, reference, image, "image registry"), cached: false } };
}

async function build(workshop: Workshop, engine: EngineId, tried: readonly Tried[]): Promise<EngineImage> {
  const server = await dockerServer(workshop);
  const platform = platformOf(server.os, server.arch);
  const binary = await ensureEngineBinary(workshop, engine, { platform, inImage: true });
  workshop.report({ part: `${engine.product} image`, what: "building it from the binary, some seconds" });
  const reference = imageReference(engine);
  const sha256 = await binarySha256(workshop, binary);
  const folder = await openScratch(workshop, `image-${printEngineId(engine)}`);
  try {
    await layOutImage(engine, binary.path, sha256, folder);
    const outcome = await run(workshop, "docker", ["build", "--tag", reference, "."], {
      cwd: folder,
      timeoutMs: 5 * 60_000,
    });
    const image = outcome.ok ? await localImage(workshop, reference) : undefined;
    if (!image) {
      const all = [
        ...tried,
        {
          way: "building it with docker build",
          why: outcome.why || "the image is not there after the build",
        },
      ];
      throw new PartMissingError(
        `${engine.product} image`,
        engine.version,
        all,
        "See that `docker build` works on this machine and has room, then run this again.",
      );
    }
    return { image: { ...imagePart(engine, reference, image, "built here"), cached: false }, binary };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function imagePart(engine: EngineId, reference: string, image: LocalImage, source: PartSource): Part {
  const sha256 = image.id.replace(/^sha256:/, "");
  return {
    name: `${engine.product} image`,
    wanted: engine.version,
    version: engine.version,
    path: reference,
    source,
    cached: true,
    sha256,
  };
}

function vendorReference(engine: EngineId): string {
  const pin: EnginePin | undefined = wanted[engine.product][engine.version];
  const organisation = engine.product === "openbao" ? "openbao" : "hashicorp";
  if (!pin) return `${organisation}/${engine.product}:${engine.version}`;
  const { reference, digest } = pin.image;
  return digest ? `${reference.split(":")[0]}@${digest}` : reference;
}
