import { rm } from "node:fs/promises";
import { type EngineId, printEngineId } from "../base/engine-id";
import { dockerServer } from "./docker-engine";
import { binarySha256, ensureEngineBinary } from "./engine-binary";
import { PartMissingError } from "./failures";
import { layOutImage } from "./image-recipe";
import type { Part, Tried } from "./part";
import { platformOf } from "./platform";
import { run } from "./run";
import { openScratch } from "./scratch";
import type { Workshop } from "./workshop";

const buildMs = 10 * 60_000;

/**
 * Gets the engine's binary for the Docker server's own platform and builds the image around it.
 * @param tried the ways to an image that came before, for the message when this one does not work either
 * @returns the binary in it
 * @throws PartMissingError, DockerUnreachableError, GivenPartError, HashMismatchError
 */
export async function buildImage(
  workshop: Workshop,
  engine: EngineId,
  reference: string,
  tried: readonly Tried[],
): Promise<Part> {
  const server = await dockerServer(workshop);
  const binary = await binaryFor(workshop, engine, platformOf(server.os, server.arch), tried);
  workshop.report({ part: `${engine.product} image`, what: "building it from the binary, some seconds" });
  const folder = await openScratch(workshop, `image-${printEngineId(engine)}`);
  try {
    await layOutImage(engine, binary.path, await binarySha256(workshop, binary), folder);
    const options = { cwd: folder, timeoutMs: buildMs };
    const outcome = await run(workshop, "docker", ["build", "--tag", reference, "."], options);
    if (outcome.ok) return binary;
    throw missing(engine, [...tried, { way: "docker build", why: outcome.why }]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function binaryFor(
  workshop: Workshop,
  engine: EngineId,
  platform: { readonly os: string; readonly arch: string },
  tried: readonly Tried[],
): Promise<Part> {
  try {
    return await ensureEngineBinary(workshop, engine, { platform, inImage: true });
  } catch (error) {
    if (!(error instanceof PartMissingError)) throw error;
    throw missing(engine, [...tried, ...error.tried], error.nextStep);
  }
}

function missing(
  engine: EngineId,
  tried: readonly Tried[],
  nextStep = "See that `docker build` works on this machine and has room, then run this again.",
): PartMissingError {
  return new PartMissingError(`${engine.product} image`, engine.version, tried, nextStep);
}
