import type { Dialect } from "../dialect";
import type { Item, Node } from "./ast";
import type { Findings } from "./findings";

/**
 * Tells keys that are set twice, in these items and in whatever is nested in them: an error where the engine's parser refuses
 * that, else a warning.
 */
export function checkDuplicates(
  items: readonly Item[],
  findings: Findings,
  dialect: Dialect | undefined,
): void {
  for (const { value } of items) checkNested(value, findings, dialect);
  if (items.length < 2) return;
  const seen = new Map<string, number>();
  for (const item of items) {
    const key = item.keys[0];
    if (!key || !item.assigned) continue;
    const first = seen.get(key.raw);
    if (first === undefined) seen.set(key.raw, key.start);
    // JSON objects that were made into labels share their key.
    if (first === undefined || first === key.start) continue;
    const reason = `${key.text} is set twice`;
    const fix = "Set it once, with everything in it.";
    if (findings.isJson) findings.warning("duplicate-key", key.start, key.end, reason, fix);
    else if (dialect?.refusesDuplicateKeys) findings.error("duplicate-key", key.start, key.end, reason, fix);
    else findings.warning("duplicate-key", key.start, key.end, `${reason}; Vault >= 1.21 refuses that`, fix);
  }
}

function checkNested(node: Node, findings: Findings, dialect: Dialect | undefined): void {
  if (node.kind === "object") checkDuplicates(node.items, findings, dialect);
  else if (node.kind === "list") for (const item of node.items) checkNested(item, findings, dialect);
}
