import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { HashMismatchError } from "./failures";
import type { Made } from "./obtain";
import { onPath } from "./on-path";
import { executable, type Platform } from "./platform";
import { run } from "./run";
import type { Workshop } from "./workshop";

export interface GoBuild {
  /** For people. */
  readonly label: string;
  /** The folder with the committed go.mod and go.sum. */
  readonly directory: string;
  /** The package with the program; `.` for one in that folder itself. */
  readonly packagePath: string;
  readonly version: string;
  readonly from: string;
  readonly minutes: number;
  readonly binary: string;
  readonly platform: Platform;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Go uses every core for one build, so two at a time would only make both slower and their times untrue. */
let building: Promise<unknown> = Promise.resolve();

/**
 * Builds a program with the user's own Go, every module checked against the committed go.sum. Static, without paths of
 * this machine (`-trimpath`), so that the same Go makes the same file everywhere.
 * @throws HashMismatchError when a module is not the one in go.sum
 */
export function buildGoModule(
  workshop: Workshop,
  build: GoBuild,
  folder: string,
): Promise<Made | { why: string }> {
  const turn = building.then(() => buildNow(workshop, build, folder));
  building = turn.catch(() => undefined);
  return turn;
}

async function buildNow(workshop: Workshop, build: GoBuild, folder: string): Promise<Made | { why: string }> {
  if (!(await onPath(workshop, "go"))) return { why: "go is not on PATH" };
  workshop.report({
    part: build.label,
    what: `building from its Go module, about ${minutes(build.minutes)} the first time`,
  });
  const main = executable(build.binary, build.platform);
  const variables = Object.entries(build.variables ?? {}).map(([name, value]) => ` -X ${name}=${value}`);
  const args = [
    "build",
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    "-ldflags",
    `-s -w${variables.join("")}`,
  ];
  const outcome = await run(workshop, "go", [...args, "-o", join(folder, main), build.packagePath], {
    cwd: build.directory,
    env: { CGO_ENABLED: "0", GOWORK: "off", GOOS: build.platform.os, GOARCH: build.platform.arch },
    timeoutMs: 45 * 60_000,
  });
  if (outcome.ok) {
    await copyLicence(workshop, build, folder);
    return { version: build.version, main, from: build.from };
  }
  if (/checksum mismatch|SECURITY ERROR/.test(outcome.stderr)) {
    throw new HashMismatchError(
      `A Go module that ${build.label} is built from`,
      `the sum in ${join(build.directory, "go.sum")}`,
      outcome.why,
      "Do not build it: find out what the module proxy serves (`go env GOPROXY`), and run `go clean -modcache` before another try.",
    );
  }
  return { why: outcome.why };
}

/** The licence goes with the program. A module without one does not stop the build: the program is for this machine. */
async function copyLicence(workshop: Workshop, build: GoBuild, folder: string): Promise<void> {
  const where = await run(
    workshop,
    "go",
    ["list", "-mod=readonly", "-f", "{{.Module.Dir}}", build.packagePath],
    {
      cwd: build.directory,
      env: { GOWORK: "off" },
      timeoutMs: 60_000,
    },
  );
  if (!where.ok) return;
  const names = ["LICENSE", "LICENSE.txt", "NOTICE"];
  await Promise.all(
    names.map((name) => copyFile(join(where.stdout.trim(), name), join(folder, name)).catch(() => undefined)),
  );
}

function minutes(count: number): string {
  return count < 2 ? `${Math.round(count * 60)} s` : `${Math.round(count)} min`;
}
