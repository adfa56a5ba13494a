import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { OperationalError } from "../base/errors";

/**
 * The folder of a committed Go module, `toolchain/modules/<name>`. The program may run from its sources or from one
 * bundled file, so the project is looked for upwards from the script that was started, then from where it was started.
 */
export function moduleDirectory(name: string): string {
  const starts = [process.argv[1] ? realPath(process.argv[1]) : "", process.cwd()];
  for (const start of starts) {
    for (let folder = start; folder && folder !== dirname(folder); folder = dirname(folder)) {
      const candidate = join(folder, "toolchain", "modules", name);
      if (existsSync(join(candidate, "go.mod"))) return candidate;
    }
  }
  throw new OperationalError(
    `toolchain/modules/${name}/go.mod is not to be found above ${starts.filter(Boolean).join(" or ")}.`,
    "Run the command from the project's own folder.",
  );
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
