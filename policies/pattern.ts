/**
 * The pattern that a rule's path stands for: ONE leading slash is taken off, so `//a` becomes `/a`, which no request
 * in the root namespace has.
 */
export function patternOf(path: string): string {
  return path.startsWith("/") ? path.slice(1) : path;
}

/** The shortest spelling of a rule's path with the same pattern. */
export function canonicalPath(path: string): string {
  const pattern = patternOf(path);
  return pattern.startsWith("/") ? `/${pattern}` : pattern;
}
