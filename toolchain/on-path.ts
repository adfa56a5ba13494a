import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { executable } from "./platform";
import type { Workshop } from "./workshop";

/** The first executable file of that name on the workshop's PATH. */
export async function onPath(workshop: Workshop, name: string): Promise<string | undefined> {
  const folders = (workshop.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of folders) {
    const path = join(folder, executable(name));
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(await realpath(path))).isFile();
  } catch {
    return false;
  }
}
