import type { Place } from "./model";

/** `systems/dotmac.ts:18`. */
export function placeWords({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}
