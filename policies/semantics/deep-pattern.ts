import type { Pattern } from "./rank";

/** More segments than any API has. Walks that call themselves for each segment leave such patterns to `matchesDeep`. */
const MAX_SEGMENTS = 500;

/** Whether a pattern has more segments than that. */
export function isDeep({ text }: Pattern): boolean {
  let slashes = 0;
  for (let at = text.indexOf("/"); at >= 0; at = text.indexOf("/", at + 1))
    if (++slashes >= MAX_SEGMENTS) return true;
  return false;
}

/** Whether a prefix or segment pattern matches, however long both are. */
export function matchesDeep({ kind, text }: Pattern, path: string): boolean {
  if (kind === "prefix") return path.startsWith(text);
  const open = text.endsWith("*");
  const wanted = (open ? text.slice(0, -1) : text).split("/");
  const given = path.split("/");
  if (given.length < wanted.length || (!open && given.length > wanted.length)) return false;
  return wanted.every((segment, index) => {
    if (segment === "+" && !(open && index === wanted.length - 1)) return true;
    if (open && index === wanted.length - 1) return given[index]?.startsWith(segment);
    return segment === given[index];
  });
}
