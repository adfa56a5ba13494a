import type { Findings } from "./findings";

/** The only check that engines make when a policy is written: that every `{{` has its `}}`. */
export function checkTemplate(path: string, start: number, end: number, findings: Findings): void {
  if (!path.includes("{{") && !path.includes("}}")) return;
  if (isBalanced(path)) return;
  findings.error(
    "template",
    start,
    end,
    "the template braces {{ }} of the path are not balanced",
    "Write {{identity.entity.id}}.",
  );
}

/** Whether every `{{` of a path has its `}}` before the next one. */
export function isBalanced(path: string): boolean {
  const [head = "", ...rest] = path.split("{{");
  return !head.includes("}}") && rest.every((piece) => piece.split("}}").length === 2);
}
