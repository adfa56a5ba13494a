import { entryOf } from "./audit-entry";

const ASKED_HEAD = /^\{"time":"[^"\\]{1,40}","type":"request"/;
const ASKED_TAIL = '"type":"request"}';

/** Whether a line is a request as it came, told without parsing: OpenBao has the type in front, Vault at the end. */
export function isQuestion(buffer: Buffer, start: number, end: number): boolean {
  if (end - start < 80) return false;
  if (buffer.toString("latin1", end - ASKED_TAIL.length, end) === ASKED_TAIL) return true;
  return ASKED_HEAD.test(buffer.toString("latin1", start, start + 80));
}

/** What a device writes when it is switched on, to see whether it can; nobody answers it. */
export function isTest(buffer: Buffer, start: number, end: number): boolean {
  return end - start < 400 && buffer.toString("latin1", start, end).includes('"path":"sys/audit/test"');
}

/**
 * The entry of a line, without a prefix before it or the wrapping of Docker around it.
 * @returns `undefined` for a line that is none
 */
export function entryIn(line: string): ReturnType<typeof entryOf> {
  const start = line.charCodeAt(0) === 123 ? 0 : line.indexOf('{"');
  if (start < 0) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(start === 0 ? line : line.slice(start));
  } catch {
    return undefined;
  }
  const found = entryOf(json);
  if (found) return found;
  // Docker's own log wraps each line of a container.
  const wrapped = (json as { log?: unknown } | null)?.log;
  return typeof wrapped === "string" && wrapped.includes('{"') ? entryIn(wrapped.trimEnd()) : undefined;
}
