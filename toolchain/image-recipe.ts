import { chmod, copyFile, link, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type EngineId, printEngineId } from "../base/engine-id";

/** What differs between the two engines' images; the paths are those of the vendors' own images. */
const layouts = {
  openbao: { binary: "/usr/bin/bao", root: "openbao", licence: "MPL-2.0" },
  vault: { binary: "/bin/vault", root: "vault", licence: "BUSL-1.1" },
} as const;

/** To be raised when the Dockerfile changes, so that images of the old recipe are built anew. */
const recipe = "1";

/** The user that the vendors' images run as. */
const owner = { uid: 100, gid: 1000 };

export function imageReference(engine: EngineId): string {
  return `strongroom/${engine.product}:${engine.version}`;
}

/** By these an image is known for what is in it: the engine, the very binary, and the way it was put together. */
export function imageLabels(engine: EngineId, binarySha256: string): Record<string, string> {
  return {
    "org.opencontainers.image.title": engine.product,
    "org.opencontainers.image.version": engine.version,
    "org.opencontainers.image.licenses": layouts[engine.product].licence,
    "strongroom.engine": printEngineId(engine),
    "strongroom.binary.sha256": binarySha256,
    "strongroom.recipe": recipe,
  };
}

/**
 * Lays out the folder that `docker build` makes the image from: nothing but the static binary, one user, the licence, and
 * the folders that a fresh named volume takes its owner from. No volume is declared, since an anonymous one would be lost
 * with its container; no command is preset, so that no development mode can slip in. Works with Docker's old and new
 * builder alike.
 */
export async function layOutImage(
  engine: EngineId,
  binary: string,
  sha256: string,
  folder: string,
): Promise<void> {
  const layout = layouts[engine.product];
  await Promise.all(
    ["file", "logs", "config"].map((name) => mkdir(join(folder, "root", name), { recursive: true })),
  );
  await placeBinary(binary, join(folder, "engine"));
  await mkdir(join(folder, "licences"));
  const licences = (await readdir(dirname(binary))).filter((name) => /^(LICENSE|NOTICE)/.test(name));
  for (const name of licences) await copyFile(join(dirname(binary), name), join(folder, "licences", name));
  await writeFile(
    join(folder, "passwd"),
    `${layout.root}:x:${owner.uid}:${owner.gid}::/${layout.root}:/sbin/nologin\n`,
  );
  await writeFile(join(folder, "group"), `${layout.root}:x:${owner.gid}:\n`);
  const labels = Object.entries(imageLabels(engine, sha256)).map(
    ([name, value]) => `LABEL ${name}="${value}"`,
  );
  const lines = [
    "FROM scratch",
    `COPY engine ${layout.binary}`,
    "COPY passwd group /etc/",
    "COPY licences /usr/share/licenses",
    `COPY --chown=${owner.uid}:${owner.gid} root /${layout.root}`,
    ...labels,
    `USER ${owner.uid}:${owner.gid}`,
    `ENTRYPOINT ["${layout.binary}"]`,
  ];
  await writeFile(join(folder, "Dockerfile"), `${lines.join("\n")}\n`);
}

/** A link where that is possible, since the binary has 180 MB; the user's own file is never changed. */
async function placeBinary(from: string, to: string): Promise<void> {
  const everybodyMayRun = ((await stat(from)).mode & 0o777) === 0o755;
  if (
    everybodyMayRun &&
    (await link(from, to).then(
      () => true,
      () => false,
    ))
  )
    return;
  await copyFile(from, to);
  await chmod(to, 0o755);
}
