import { type EngineId, printEngineId } from "../base/engine-id";
import { type LocalImage, localImage } from "./docker-engine";
import { binarySha256, lookForEngineBinary } from "./engine-binary";
import { DockerUnreachableError } from "./failures";
import { buildImage } from "./image-build";
import { checkDigest } from "./image-digests";
import { imageLabels, imageReference } from "./image-recipe";
import type { Look, Part, PartSource, Tried } from "./part";
import { withPartLock } from "./part-lock";
import { here } from "./platform";
import { run } from "./run";
import { sweepScratch } from "./scratch";
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
  const reference = imageReference(engine);
  const replaced = await localImage(workshop, reference);
  const binary = await buildImage(workshop, engine, reference, tried);
  const image = await localImage(workshop, reference);
  if (!image) throw new DockerUnreachableError("the engine that built it", `it has no image ${reference}`);
  // Nobody asks for an untagged image of this size again. One that a container still uses stays: Docker refuses.
  if (replaced && replaced.id !== image.id) {
    await run(workshop, "docker", ["image", "rm", replaced.id], { timeoutMs: 60_000 });
  }
  return { image: { ...imagePart(engine, reference, image, "built here"), cached: false }, binary };
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
