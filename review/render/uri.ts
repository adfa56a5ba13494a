/**
 * The file as a URI reference: relative to the root of the repository where the name is, with every character that is not
 * plain percent-encoded (RFC 3986), so that no name can become a scheme, a host, a query or a fragment.
 */
export function artifactUri(file: string): string {
  const segments = file
    .split("/")
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD")));
  if (file.startsWith("/")) return `file://${segments.join("/").replace(/^\/+/, "/")}`;
  const kept = segments.filter(
    (segment, index) => segment !== "." && (segment !== "" || index === segments.length - 1),
  );
  return kept.join("/") || ".";
}
