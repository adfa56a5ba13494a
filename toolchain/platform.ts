import { arch, platform } from "node:process";

/** An operating system and a processor, named as Go and Terraform name them: `linux_amd64`. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

const oses: Record<string, string> = { win32: "windows" };
const arches: Record<string, string> = { x64: "amd64", ia32: "386", x86_64: "amd64", aarch64: "arm64" };

/** The machine that this process runs on. */
export const here: Platform = { os: oses[platform] ?? platform, arch: arches[arch] ?? arch };

/** What containers of a Docker server run on, from the words of its API (`linux`, `amd64` or `x86_64`). */
export function platformOf(os: string, architecture: string): Platform {
  return { os, arch: arches[architecture] ?? architecture };
}

export function printPlatform(platform: Platform): string {
  return `${platform.os}_${platform.arch}`;
}

export function samePlatform(one: Platform, other: Platform): boolean {
  return one.os === other.os && one.arch === other.arch;
}

/** The name of an executable file: Windows wants `.exe`. */
export function executable(name: string, on: Platform = here): string {
  return on.os === "windows" ? `${name}.exe` : name;
}
