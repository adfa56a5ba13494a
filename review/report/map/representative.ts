/** A word that no rule has, so that only wildcards match it. */
export function placeholderFor(paths: readonly string[]): string {
  let word = "…";
  while (paths.some((path) => path.includes(word))) word += "…";
  return word;
}

/**
 * One path that stands for all that a pattern covers and no rule names: `app/+/{{identity.entity.id}}/db*` becomes
 * `app/…/…/db…`.
 */
export function representative(pattern: string, placeholder: string): string {
  if (!/[+*{]/.test(pattern)) return pattern;
  const filled = pattern.replace(/\{\{.*?\}\}/gs, placeholder);
  const segments = filled.split("/").map((segment) => (segment === "+" ? placeholder : segment));
  return segments.join("/").replace(/\*$/, placeholder);
}
