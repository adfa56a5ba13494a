import { type Capability, isListing } from "../capability";

const WRITES: ReadonlySet<Capability> = new Set(["create", "update", "patch", "delete"]);

/** Paths that engines clean up or refuse before any rule is asked: they prove something only about the rules. */
export function isAclOnly(path: string, capability: Capability): boolean {
  if (path === "" || path.startsWith("/") || path.includes("//")) return true;
  if (path.split("/").some((segment) => segment === "." || segment === "..")) return true;
  return path.endsWith("/") && WRITES.has(capability);
}

/** How ill a path serves as an example: 0 for one that a person would ask for. */
export function awkwardness(path: string, capability: Capability): number {
  if (isAclOnly(path, capability)) return 2;
  return path.endsWith("/") && !isListing(capability) ? 1 : 0;
}
