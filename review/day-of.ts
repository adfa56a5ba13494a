/** An end as somebody wrote it: the day alone, where it ends with the day in UTC. */
export function dayOf(end = ""): string {
  return end.replace(/T23:59:59Z$/, "");
}
