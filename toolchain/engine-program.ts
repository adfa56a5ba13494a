import { type EngineId, printEngineId } from "../base/engine-id";
import { whyNotStatic } from "./elf";
import { knownVersion } from "./known-binaries";
import { here, type Platform } from "./platform";
import { run } from "./run";
import type { Workshop } from "./workshop";

/** What each engine's program is called. */
export const programs = { openbao: "bao", vault: "vault" } as const;

/** For people. */
export const names = { openbao: "OpenBao", vault: "Vault" } as const;

/** What the binary is for: to run on this machine, or alone in an image for another platform. */
export interface Use {
  readonly platform: Platform;
  readonly inImage: boolean;
}

export const runHere: Use = { platform: here, inImage: false };

/** Why a program is not what is wanted; nothing when it is that engine at that version, fit for that use. */
export async function whyNot(
  workshop: Workshop,
  engine: EngineId,
  path: string,
  use: Use,
): Promise<string | undefined> {
  const answer = await askEngine(workshop, path);
  if (!answer) return "it is neither OpenBao nor Vault";
  if (printEngineId(answer) !== printEngineId(engine)) return `it is ${printEngineId(answer)}`;
  // An image FROM scratch has no libraries and no interpreter.
  return use.inImage ? whyNotStatic(path, use.platform) : undefined;
}

/** `OpenBao v2.7.2 (…)` and `Vault v1.21.1 (…)`. OpenBao may also be installed under the name vault. */
async function askEngine(workshop: Workshop, path: string): Promise<EngineId | undefined> {
  const known = await knownVersion(workshop, path, async () => {
    const { stdout } = await run(workshop, path, ["version"], { timeoutMs: 20_000 });
    const match = /^(OpenBao|Vault) v(\d+\.\d+\.\d+)/m.exec(stdout);
    return match
      ? { product: match[1] === "OpenBao" ? "openbao" : "vault", version: match[2] as string }
      : undefined;
  });
  return known as EngineId | undefined;
}
