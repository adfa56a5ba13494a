import { spawnSync } from "node:child_process";

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run conformance` with these variables in its environment. */
export function conformanceWith(env: Readonly<Record<string, string>>): (...args: string[]) => Run {
  return (...args) => {
    const options = { encoding: "utf8", env: { ...process.env, NO_COLOR: "1", ...env } } as const;
    const { status, stdout, stderr } = spawnSync("node", ["bin/conformance.mjs", ...args], options);
    return { status, stdout, stderr };
  };
}
