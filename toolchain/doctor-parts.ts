import { StrongroomError } from "../base/errors";
import type { DoctorRow } from "./doctor-row";
import { lookForEngineBinary } from "./engine-binary";
import { lookForEngineImage } from "./engine-image";
import { DockerUnreachableError } from "./failures";
import type { Look, Part, Tried } from "./part";
import type { ProviderSpec } from "./provider-address";
import { lookForProvider } from "./providers";
import { lookForTerraform } from "./terraform";
import type { TerraformProduct } from "./terraform-program";
import type { ToolchainRequest } from "./toolchain";
import { type EnginePin, type ModulePin, wanted } from "./wanted";
import type { Workshop } from "./workshop";

/** For a second look at what has a row, and its full check, of its own. */
function quickly(workshop: Workshop): Workshop {
  return { ...workshop, thorough: false };
}

interface Wish {
  readonly part: string;
  readonly wanted: string;
  readonly needed: boolean;
  /** What helps when it is not here. */
  readonly fix: string;
}

/** A look's answer as a row; a refusal is told in the row, since a doctor does not stop at the first finding. */
async function row<Found>(
  wish: Wish,
  look: Promise<Look<Found>>,
  toPart: (found: Found) => Part,
): Promise<DoctorRow> {
  const { part, wanted: range, needed, fix } = wish;
  const absent = { part, wanted: range, from: "", state: needed ? "missing" : "optional" } as const;
  try {
    const answer = await look;
    if ("tried" in answer) return { ...absent, found: lastReason(answer.tried), fix };
    const found = toPart(answer.found);
    const from =
      found.source === "PATH" || found.source === "given" ? found.path : `${found.source}: ${found.path}`;
    return { part, wanted: range, found: found.version, from, fix: "", state: "ok" };
  } catch (error) {
    if (!(error instanceof StrongroomError)) throw error;
    const state = error instanceof DockerUnreachableError ? absent.state : "missing";
    return { ...absent, state, found: error.what, fix: error.nextStep };
  }
}

function lastReason(tried: readonly Tried[]): string {
  const telling = tried
    .filter(({ why }) => why !== "not there" && why !== "not set")
    .map(({ way, why }) => `${way}: ${why}`);
  return telling.at(-1) ?? "not here";
}

export async function terraformRows(
  workshop: Workshop,
  asked: TerraformProduct | undefined,
): Promise<{ product: TerraformProduct; rows: DoctorRow[] }> {
  const chosen = await lookForTerraform(quickly(workshop), asked).catch(() => undefined);
  const product = chosen && "found" in chosen ? chosen.found.product : (asked ?? "opentofu");
  const build = comesByItself("OpenTofu", wanted.opentofu.module);
  const rowOf = (candidate: TerraformProduct, needed: boolean, fix: string) =>
    row(
      { part: candidate, wanted: wanted[candidate].range, needed, fix },
      lookForTerraform(workshop, candidate),
      (part) => part,
    );
  const haveOne = chosen !== undefined && "found" in chosen;
  return {
    product,
    rows: await Promise.all([
      rowOf("terraform", asked === "terraform", "Install Terraform and put it on PATH, or do with OpenTofu."),
      rowOf("opentofu", asked === "opentofu" || (!haveOne && asked === undefined), haveOne ? "" : build),
    ]),
  };
}

export function providerRow(
  workshop: Workshop,
  spec: ProviderSpec,
  product: TerraformProduct,
  needed: boolean,
): Promise<DoctorRow> {
  const wish = {
    part: spec.label,
    wanted: spec.pin.range,
    needed,
    fix: needed ? comesByItself(spec.label, spec.pin.module) : "",
  };
  return row(wish, lookForProvider(workshop, spec, product), (provider) => provider.part);
}

export function engineBinaryRow(
  workshop: Workshop,
  { engine, target }: ToolchainRequest,
): Promise<DoctorRow> {
  const wish = {
    part: `${engine.product} binary`,
    wanted: engine.version,
    needed: target === "process",
    fix: engineFix(engine.product, engine.version),
  };
  return row(wish, lookForEngineBinary(workshop, engine), (part) => part);
}

export function engineImageRow(
  workshop: Workshop,
  { engine }: ToolchainRequest,
  needed: boolean,
): Promise<DoctorRow> {
  const fix = "The next `npm start` pulls it, or builds it around the engine's binary.";
  const wish = { part: `${engine.product} image`, wanted: engine.version, needed, fix: needed ? fix : "" };
  return row(wish, lookForEngineImage(quickly(workshop), engine), ({ image }) => image);
}

/** The engine that the request is not about; nobody has to have it. */
export async function otherEngineRow(workshop: Workshop, { engine }: ToolchainRequest): Promise<DoctorRow[]> {
  const product = engine.product === "openbao" ? "vault" : "openbao";
  const version = Object.keys(wanted[product])[0];
  if (!version) return [];
  const wish = { part: `${product} binary`, wanted: version, needed: false, fix: "" };
  return [await row(wish, lookForEngineBinary(workshop, { product, version }), (part) => part)];
}

function engineFix(product: "openbao" | "vault", version: string): string {
  const pin: EnginePin | undefined = wanted[product][version];
  if (product === "vault" && pin?.module) return comesByItself("Vault", pin.module);
  return pin
    ? "The next run that needs it downloads it, once."
    : `Name one with STRONGROOM_ENGINE_BINARY: ${version} is not pinned.`;
}

function comesByItself(label: string, { minutes }: ModulePin): string {
  return `The next \`npm start\` gets ${label}; if it has to be built, that takes about ${Math.ceil(minutes)} min, once.`;
}
