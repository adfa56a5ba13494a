import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, resolve } from "node:path";
import { satisfies, valid } from "semver";
import type { Entry } from "./cache";
import { GivenPartError } from "./failures";
import type { Mirrored } from "./mirror";
import { isExecutable } from "./on-path";
import type { Part } from "./part";
import type { ProviderSpec } from "./provider-address";
import type { Workshop } from "./workshop";

/** A provider, and the file or folder that a stack's own mirror has to link to. */
export interface Provider {
  readonly spec: ProviderSpec;
  readonly part: Part;
  /** `folder`: the unpacked package; `program`: a single binary; `archive`: the packed package. */
  readonly package: { readonly kind: "folder" | "program" | "archive"; readonly path: string };
  /** True when the user's own configuration leads Terraform to it without our help. */
  readonly servedByUser: boolean;
}

/** @throws GivenPartError when the binary that the user names cannot be used */
export async function givenProvider(workshop: Workshop, spec: ProviderSpec): Promise<Provider | undefined> {
  const text = workshop.env[spec.variable];
  if (!text) return undefined;
  const path = isAbsolute(text) ? text : resolve(text);
  if (!(await isExecutable(path))) {
    const what = (await stat(path).catch(() => undefined)) ? "cannot be executed" : "does not exist";
    throw new GivenPartError(
      `${spec.variable} names ${path}, which ${what}.`,
      `Name the provider's program, or unset ${spec.variable}.`,
    );
  }
  const version = versionOf(path);
  if (!version) {
    throw new GivenPartError(
      `${spec.variable} names ${path}, whose name does not tell its version.`,
      `Terraform learns a provider's version from names: call it ${spec.program}_v${spec.pin.version}, with the version that it is.`,
    );
  }
  if (!satisfies(version, spec.pin.range, { includePrerelease: true })) {
    throw new GivenPartError(
      `${spec.variable} names ${path}, which is version ${version}.`,
      `The stacks work with ${spec.pin.range}: name such a version, or unset ${spec.variable}.`,
    );
  }
  const part: Part = {
    name: spec.label,
    wanted: spec.pin.range,
    version,
    path,
    source: "given",
    cached: true,
  };
  return { spec, part, package: { kind: "program", path }, servedByUser: false };
}

/** `terraform-provider-vault_v3.3.1`, or a mirror's `<version>/<os_arch>/<program>`. */
function versionOf(path: string): string | undefined {
  const inName = /_v?(\d+\.\d+\.\d+[^_]*?)(?:_x\d+)?(?:\.exe)?$/.exec(basename(path))?.[1];
  return valid(inName ?? basename(dirname(dirname(path)))) ?? undefined;
}

export function fromMirror(spec: ProviderSpec, mirrored: Mirrored): Provider {
  const { version, path, packed } = mirrored;
  return {
    spec,
    part: { name: spec.label, wanted: spec.pin.range, version, path, source: "mirror", cached: true },
    package: packed ? { kind: "archive", path } : { kind: "folder", path: dirname(path) },
    servedByUser: true,
  };
}

export function fromEntry(spec: ProviderSpec, entry: Entry, cached: boolean): Provider {
  const { version, main: path, source, sha256, folder } = entry;
  const part: Part = { name: spec.label, wanted: spec.pin.range, version, path, source, cached, sha256 };
  return { spec, part, package: { kind: "folder", path: folder }, servedByUser: false };
}
