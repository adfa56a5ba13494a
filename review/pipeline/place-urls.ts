import type { Place } from "../model";

/** The page of a place on GitHub: `https://github.com/owner/name/blob/<sha>/systems/dotmac.ts#L18`. */
export function githubPlaceUrl(
  server: string,
  repository: string,
  sha: string,
): (place: Place) => string | undefined {
  return (place) => blobUrl(`${server}/${repository}/blob/${sha}`, place, "-L");
}

/** The page of a place on GitLab, below the project's page. */
export function gitlabPlaceUrl(project: string, sha: string): (place: Place) => string | undefined {
  return (place) => blobUrl(`${project}/-/blob/${sha}`, place, "-");
}

/** Undefined for files outside the repository. */
function blobUrl(root: string, { file, line, endLine }: Place, to: string): string | undefined {
  const segments = file.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) return undefined;
  const path = segments.map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD"))).join("/");
  const end = line !== undefined && endLine !== undefined && endLine > line ? `${to}${endLine}` : "";
  return `${root}/${path}${line === undefined ? "" : `#L${line}${end}`}`;
}
