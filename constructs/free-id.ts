import type { Construct } from "constructs";

/**
 * An id that a new construct can have below `scope`. A second declaration of the same thing gets one of its own, so that it
 * is refused for what it is, with both places, and not as a name clash of the construct tree.
 */
export function freeId(scope: Construct, id: string): string {
  const wanted = id === "" ? "(unnamed)" : id;
  const taken = (candidate: string) => scope.node.tryFindChild(candidate) !== undefined;
  let free = wanted;
  for (let more = 2; taken(free); more++) free = `${wanted}.${more}`;
  return free;
}
