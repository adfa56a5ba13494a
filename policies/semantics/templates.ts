/** What the engine knows of the caller when it fills the templates of a policy. */
export interface Entity {
  readonly id: string;
  readonly name: string;
  readonly metadata?: { readonly [key: string]: string };
  readonly aliases?: readonly EntityAlias[];
  readonly groups?: readonly EntityGroup[];
}

/** What an entity is called at one auth mount. */
export interface EntityAlias {
  readonly mountAccessor: string;
  readonly id: string;
  readonly name: string;
  readonly metadata?: { readonly [key: string]: string };
  readonly customMetadata?: { readonly [key: string]: string };
}

/** A group that an entity is in. */
export interface EntityGroup {
  readonly id: string;
  readonly name: string;
  readonly metadata?: { readonly [key: string]: string };
}

/** Whether the path has anything to fill. */
export function isTemplated(path: string): boolean {
  return path.includes("{{");
}

/** The directives of a path, trimmed, in order. */
export function directivesOf(path: string): string[] {
  return path
    .split("{{")
    .slice(1)
    .map((piece) => (piece.split("}}")[0] ?? "").trim());
}

/** The path with its directives filled: the text, what was put in, or `undefined` when one of them has no value. */
export function fillTemplate(
  path: string,
  entity: Entity | undefined,
): { readonly text: string; readonly values: readonly string[] } | undefined {
  const [head = "", ...rest] = path.split("{{");
  let text = head;
  const values: string[] = [];
  for (const piece of rest) {
    const [directive = "", after = ""] = piece.split("}}");
    const value = entity && valueOfDirective(directive.trim(), entity);
    if (value === undefined) return undefined;
    values.push(value);
    text += value + after;
  }
  return { text, values };
}

/** Empty fields have no value, but an empty metadata value is one. */
function valueOfDirective(directive: string, entity: Entity): string | undefined {
  if (directive.startsWith("identity.entity."))
    return entityValue(directive.slice("identity.entity.".length), entity);
  if (directive.startsWith("identity.groups."))
    return groupValue(directive.slice("identity.groups.".length), entity);
  return undefined;
}

function entityValue(field: string, entity: Entity): string | undefined {
  if (field === "id") return entity.id || undefined;
  if (field === "name") return entity.name || undefined;
  if (field.startsWith("metadata.")) return own(entity.metadata, field.slice("metadata.".length));
  if (!field.startsWith("aliases.")) return undefined;
  const rest = field.slice("aliases.".length);
  const dot = rest.indexOf(".");
  if (dot < 0) return undefined;
  const alias = entity.aliases?.find((each) => each.mountAccessor === rest.slice(0, dot));
  return alias && aliasValue(rest.slice(dot + 1), alias);
}

function aliasValue(field: string, alias: EntityAlias): string | undefined {
  if (field === "id") return alias.id || undefined;
  if (field === "name") return alias.name || undefined;
  if (field.startsWith("metadata.")) return own(alias.metadata, field.slice("metadata.".length));
  if (field.startsWith("custom_metadata."))
    return own(alias.customMetadata, field.slice("custom_metadata.".length));
  return undefined;
}

function groupValue(selector: string, entity: Entity): string | undefined {
  const match = /^(ids|names)\.([^.]*)\.(.*)$/s.exec(selector);
  if (!match) return undefined;
  const [, by, wanted, field = ""] = match;
  const group = entity.groups?.find((each) => (by === "ids" ? each.id : each.name) === wanted);
  if (!group) return undefined;
  if (field === "id") return group.id;
  if (field === "name") return group.name || undefined;
  return field.startsWith("metadata.") ? own(group.metadata, field.slice("metadata.".length)) : undefined;
}

function own(map: { readonly [key: string]: string } | undefined, key: string): string | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}
