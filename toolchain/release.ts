import { chmod, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { HashMismatchError } from "./failures";
import { sha256Of } from "./hash";
import { download, fetchText } from "./http";
import type { Made, Way } from "./obtain";
import { executable, type Platform } from "./platform";
import { run } from "./run";
import type { Workshop } from "./workshop";

/** A vendor's release: an archive and, beside it, a list of `<sha256>  <file name>` lines. */
export interface Release {
  readonly label: string;
  readonly version: string;
  /** Where both files are. */
  readonly base: string;
  readonly archive: string;
  readonly checksums: string;
  /** The program's file name in the archive. */
  readonly binary: string;
  /** What the unpacked program must hash to, where that is pinned. */
  readonly binarySha256?: string | undefined;
}

export function openTofuRelease(workshop: Workshop, version: string, platform: Platform): Way {
  return releaseWay(workshop, {
    label: "OpenTofu",
    version,
    base: `https://github.com/opentofu/opentofu/releases/download/v${version}`,
    archive: `tofu_${version}_${platform.os}_${platform.arch}.tar.gz`,
    checksums: `tofu_${version}_SHA256SUMS`,
    binary: executable("tofu", platform),
  });
}

export function openBaoRelease(
  workshop: Workshop,
  version: string,
  platform: Platform,
  binarySha256: string | undefined,
): Way {
  return releaseWay(workshop, {
    label: "OpenBao",
    version,
    base: `https://github.com/openbao/openbao/releases/download/v${version}`,
    archive: `openbao_${version}_${platform.os}_${platform.arch}.tar.gz`,
    checksums: "checksums.txt",
    binary: executable("bao", platform),
    binarySha256,
  });
}

function releaseWay(workshop: Workshop, release: Release): Way {
  return {
    name: "its release",
    source: "release",
    make: (folder) => unpackRelease(workshop, release, folder),
  };
}

/**
 * Downloads a release, checks the archive against the vendor's list of sums and unpacks the program and its licence.
 * @throws HashMismatchError when the archive, or the program in it, is another file than the one listed or pinned
 */
export async function unpackRelease(
  workshop: Workshop,
  release: Release,
  folder: string,
): Promise<Made | { why: string }> {
  const sums = await fetchText(workshop, `${release.base}/${release.checksums}`);
  if ("why" in sums) return sums;
  const wanted = sumOf(sums.text, release.archive);
  if (!wanted) return { why: `${release.checksums} does not list ${release.archive}` };
  workshop.report({ part: release.label, what: `downloading its release ${release.version}` });
  const archive = join(folder, "..", "archive");
  const failure = await download(workshop, `${release.base}/${release.archive}`, archive);
  if (failure) return failure;
  const actual = await sha256Of(archive);
  if (actual !== wanted) throw mismatch(release.archive, wanted, actual);
  const unpacked = await run(workshop, "tar", ["-xf", archive, "-C", folder], { timeoutMs: 120_000 });
  await rm(archive, { force: true });
  if (!unpacked.ok) return { why: unpacked.why };
  return keepProgram(release, folder);
}

async function keepProgram(release: Release, folder: string): Promise<Made | { why: string }> {
  const items = await readdir(folder, { recursive: true, withFileTypes: true });
  const program = items.find((item) => item.isFile() && item.name === release.binary);
  if (!program) return { why: `${release.archive} has no file ${release.binary}` };
  const main = join(folder, release.binary);
  if (program.parentPath !== folder) await rename(join(program.parentPath, program.name), main);
  const actual = await sha256Of(main);
  if (release.binarySha256 && actual !== release.binarySha256) {
    throw mismatch(`${release.binary} in ${release.archive}`, release.binarySha256, actual);
  }
  await chmod(main, 0o755);
  return { version: release.version, main: release.binary, from: release.archive };
}

function sumOf(list: string, name: string): string | undefined {
  const line = list
    .split("\n")
    .find((candidate) => candidate.trim().endsWith(` ${name}`) || candidate.trim().endsWith(`*${name}`));
  return /^([0-9a-f]{64})\s/i.exec(line ?? "")?.[1]?.toLowerCase();
}

function mismatch(artefact: string, wanted: string, actual: string): HashMismatchError {
  return new HashMismatchError(
    artefact,
    `sha256 ${wanted}`,
    `sha256 ${actual}`,
    "It was deleted. Find out what stands between this machine and the vendor, then run this again.",
  );
}
