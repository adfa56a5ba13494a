import { dockerServer } from "./docker-engine";
import { engineBinaryRow, engineImageRow, otherEngineRow, providerRow, terraformRows } from "./doctor-parts";
import type { DoctorRow } from "./doctor-row";
import { DockerUnreachableError } from "./failures";
import { dockerClientRow, gitRow, goRow, nodeRow, pythonRow } from "./prerequisites";
import { dockerProvider, vaultProvider } from "./provider-address";
import type { ToolchainRequest } from "./toolchain";
import { openWorkshop, type Workshop } from "./workshop";

export type { DoctorRow } from "./doctor-row";

/**
 * Looks at every tool that a run would use, and at what it would get them with. Nothing is fetched, built or started;
 * cached files are hashed anew, and one that has changed since is moved out of the cache.
 */
export async function examine(request: ToolchainRequest): Promise<DoctorRow[]> {
  const workshop = openWorkshop(() => undefined, {
    env: request.env,
    signal: request.signal,
    thorough: true,
  });
  const inContainer = request.target === "container";
  const terraform = await terraformRows(workshop, request.terraform);
  const product = terraform.product;
  const [vault, docker, binary, image] = await Promise.all([
    providerRow(workshop, vaultProvider, product, true),
    providerRow(workshop, dockerProvider, product, inContainer),
    engineBinaryRow(workshop, request),
    engineImageRow(workshop, request, inContainer),
  ]);
  const parts = [...terraform.rows, vault, docker, binary, image];
  const toBuild = parts.some((row) => row.state === "missing");
  const prerequisites = await Promise.all([
    nodeRow(),
    gitRow(workshop),
    dockerRow(workshop, inContainer),
    dockerClientRow(workshop, image.state === "missing"),
    goRow(workshop, toBuild),
    pythonRow(workshop, binary.state === "missing"),
  ]);
  return [...prerequisites, ...parts, ...(await otherEngineRow(workshop, request))];
}

async function dockerRow(workshop: Workshop, needed: boolean): Promise<DoctorRow> {
  try {
    const { version, os, arch } = await dockerServer(workshop);
    return {
      part: "docker engine",
      wanted: ">=20.10",
      found: version,
      from: `${os}/${arch}`,
      fix: "",
      state: "ok",
    };
  } catch (error) {
    if (!(error instanceof DockerUnreachableError)) throw error;
    const state = needed ? "missing" : "optional";
    return {
      part: "docker engine",
      wanted: ">=20.10",
      found: error.what,
      from: "",
      fix: error.nextStep,
      state,
    };
  }
}
