import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Command } from "commander";
import { fail } from "../../../cli/fail";
import { addPolicyCommands } from "../../../cli/policy/program";

/** What a command came to. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `strongroom policy …` in this process, through its own flags. */
export function policy(...args: string[]): Promise<Ran> {
  return ran(addPolicyCommands, ["policy", ...args]);
}

/** Commands in this process. @param add what adds them to the command line */
export async function ran(add: (program: Command) => void, words: readonly string[]): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const out = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    stdout += text;
    return true;
  });
  const err = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    stderr += text;
    return true;
  });
  process.exitCode = 0;
  const program = new Command("strongroom").option("--engine <engine>").exitOverride();
  add(program);
  try {
    await program.parseAsync(words, { from: "user" });
  } catch (error) {
    fail(error);
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
  const exitCode = Number(process.exitCode ?? 0);
  process.exitCode = 0;
  return { exitCode, stdout: stripVTControlCharacters(stdout), stderr: stripVTControlCharacters(stderr) };
}

/** A folder in which commands are called, with files in it; removed after the test. */
export function calledIn(files: { readonly [name: string]: string | Uint8Array } = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "strongroom-policy-")));
  process.env.STRONGROOM_CALLED_FROM = folder;
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  made.push(folder);
  return folder;
}

const made: string[] = [];

afterEach(() => {
  delete process.env.STRONGROOM_CALLED_FROM;
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});
