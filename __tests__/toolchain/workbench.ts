import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ToolProgress } from "../../toolchain/part";
import { openWorkshop, type Workshop } from "../../toolchain/workshop";

/** A machine of its own for one test: an empty cache, home and PATH, and nothing of the real environment. */
export interface Workbench {
  readonly root: string;
  readonly bin: string;
  readonly env: Record<string, string>;
  readonly told: ToolProgress[];
  readonly workshop: Workshop;
  /** The same machine as another run would see it. */
  open(env?: Record<string, string>, signal?: AbortSignal, thorough?: boolean): Workshop;
  /** Puts a file with these words into the machine and returns its path. */
  file(name: string, text: string, mode?: number): string;
  /** Puts a program on PATH that prints `words` and counts how often it was asked. */
  program(name: string, words: string): string;
}

const opened: string[] = [];

export function openWorkbench(): Workbench {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "tc-unit-")));
  opened.push(root);
  const bin = join(root, "bin");
  mkdirSync(bin);
  const env = { HOME: join(root, "home"), PATH: bin, STRONGROOM_CACHE: join(root, "cache") };
  const told: ToolProgress[] = [];
  const open = (more: Record<string, string> = {}, signal?: AbortSignal, thorough = false) =>
    openWorkshop((progress) => told.push(progress), { env: { ...env, ...more }, signal, thorough });
  const file = (name: string, text: string, mode = 0o644) => {
    const path = join(root, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const program = (name: string, words: string) =>
    // Nothing but the shell's own words: no other program is on this PATH.
    file(
      `bin/${name}`,
      `#!/bin/sh\necho asked >> '${root}/${name}.asked'\nprintf '%s\\n' '${words}'\n`,
      0o755,
    );
  return { root, bin, env, told, workshop: open(), open, file, program };
}

export function closeWorkbenches(): void {
  for (const root of opened.splice(0)) rmSync(root, { recursive: true, force: true });
}
