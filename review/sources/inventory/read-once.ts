import { PolicyDocument } from "../../../policies/document";
import { type ReadPolicy, readPolicy } from "../../../policies/language/read";

/** A text as an engine reads it; the document is empty where it refuses the text. */
export interface PolicyReading {
  readonly read: ReadPolicy;
  readonly document: PolicyDocument;
}

const readings = new Map<string, PolicyReading>();

/** More than any server has; a process that reads so many texts begins anew. */
const MOST = 50_000;

/**
 * Reads a text once for all revisions of a process: most policies are the same on both sides of a review, which spares time and
 * memory, and whoever compares them sees it at once.
 */
export function readOnce(text: string, engine: string, file: string | undefined): PolicyReading {
  const key = `${engine}\n${file ?? ""}\n${text}`;
  const known = readings.get(key);
  if (known) return known;
  const read = readPolicy(text, { engine, ...(file === undefined ? {} : { file }) });
  const reading = { read, document: new PolicyDocument(read.accepted ? read.rules : []) };
  if (readings.size >= MOST) readings.clear();
  readings.set(key, reading);
  return reading;
}
