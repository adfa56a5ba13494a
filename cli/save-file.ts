import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { namedPath } from "../base/called-from";
import { OperationalError } from "../base/errors";

/**
 * Writes a file that was named on the command line, and the folders above it.
 * @returns its full path
 * @throws OperationalError where it cannot be written
 */
export function saveFile(named: string, text: string): string {
  const file = namedPath(named);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new OperationalError(`${named} cannot be written (${code}).`, "Name another file with --output.", {
      cause,
    });
  }
}
