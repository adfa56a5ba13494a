import { createHash } from "node:crypto";
import { KNOWN_AFTER_APPLY } from "../../model";
import type { Value } from "./value";

/** Of what is not understood: whether it changed can be told, what it says cannot. Hexadecimal, of one length. */
export function digest(values: Value): string {
  const text = JSON.stringify(values) ?? "";
  // A value that nobody has yet may be another one each time.
  const open = text.includes(KNOWN_AFTER_APPLY) ? ` ${KNOWN_AFTER_APPLY}` : "";
  return createHash("sha256").update(text).digest("hex") + open;
}
