import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { LocalImage } from "./docker-engine";
import { HashMismatchError } from "./failures";
import type { Workshop } from "./workshop";

/**
 * Holds a pulled image to the digest that it had when this machine first saw its tag (`<cache>/image-digests.json`): a
 * tag can be moved, a digest cannot. A digest pinned in toolchain/lock.json is asked for by name and needs no record.
 * @throws HashMismatchError when the tag now means another image
 */
export async function checkDigest(workshop: Workshop, reference: string, image: LocalImage): Promise<void> {
  const digests = image.digests.map((digest) => digest.split("@")[1] ?? "");
  if (digests.length === 0 || reference.includes("@")) return;
  const path = join(workshop.cache, "image-digests.json");
  const recorded = await readRecord(path);
  const known = recorded[reference];
  if (known !== undefined && digests.includes(known)) return;
  if (known !== undefined) {
    throw new HashMismatchError(
      `The image ${reference} in Docker`,
      `digest ${known}`,
      digests.join(", "),
      `If the newer image is what you want, delete its line from ${path}; else remove it with \`docker image rm ${reference}\`.`,
    );
  }
  const { default: writeFileAtomic } = await import("write-file-atomic");
  await mkdir(workshop.cache, { recursive: true });
  await writeFileAtomic(path, `${JSON.stringify({ ...recorded, [reference]: digests[0] }, null, 2)}\n`);
}

async function readRecord(path: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}
