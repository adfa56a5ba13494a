import { relative, resolve } from "node:path";

/**
 * The folder in which the person typed the command; the command itself works in the project's folder. Files that are named
 * on the command line are meant from here.
 * @default the working directory
 */
export function calledFrom(): string {
  return process.env.STRONGROOM_CALLED_FROM || process.cwd();
}

/** A file as the person named it, so that it is found from wherever the command works. */
export function namedPath(path: string): string {
  return resolve(calledFrom(), path);
}

/** A path as the person would name it: from where they are when it is below, else as it is. */
export function shownPath(path: string): string {
  const short = relative(calledFrom(), resolve(path));
  return short === "" || short.startsWith("..") ? path : short;
}
