import type { Dialect } from "../dialect";
import { type Entity, fillTemplate, isTemplated } from "./templates";

/**
 * A rule's path with its templates filled. `dropped` where one has no value or a forbidden one, so that the engine leaves the
 * rule out; `failed` where that fails every request of the caller; `uncertain` where nobody knows the value.
 * @param entity who asks; `null` for a token without an entity, `undefined` where it is not known
 * @param blocked characters that templates may not put in; `undefined` where that is not known
 */
export function pathFor(
  path: string,
  entity: Entity | null | undefined,
  dialect: Dialect,
  blocked: readonly string[] | undefined,
): { readonly text: string } | "dropped" | "failed" | "uncertain" {
  if (!isTemplated(path)) return { text: path };
  if (entity === undefined || /\{\{\s*time\./.test(path)) return "uncertain";
  const filled = fillTemplate(path, entity ?? undefined);
  if (!filled) return "dropped";
  // A pattern that the engine forbids, made only now.
  if (filled.text.includes("+*")) return "failed";
  const special = (blocked ?? ["/", "*", "+"]).some((character) =>
    filled.values.some((value) => value.includes(character)),
  );
  if (!special) return { text: filled.text };
  if (blocked === undefined) return "uncertain";
  return dialect.forbiddenTemplate === "fails-token" ? "failed" : "dropped";
}
