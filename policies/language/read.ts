import { type Dialect, dialectOf } from "../dialect";
import { PolicySyntaxError } from "../errors";
import type { PolicyRule } from "../rule";
import { utf8Length } from "../utf8";
import { decodeDocument } from "./decode";
import type { PolicyFinding } from "./finding";
import { Findings } from "./findings";
import { parseHcl } from "./hcl-parser";
import { parseJson } from "./json-parser";
import { Places } from "./places";
import { SourceText } from "./position";

/** White space as Go knows it, which does not include the byte order mark, and then a brace. */
const JSON_START = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*\{/;

/** Whether the engines read the text as JSON; anything else is HCL. */
export function isJsonPolicy(text: string): boolean {
  return JSON_START.test(text);
}

export interface ReadOptions {
  /** The engine whose rules decide what is accepted, `openbao@2.7.2`. @default whatever any engine accepts */
  readonly engine?: string;
  /** Named in errors. */
  readonly file?: string;
  /** Milliseconds since 1970: engines do not look into rules that have expired. @default rules never expire */
  readonly now?: number;
}

/** A document as read: its rules, everything worth telling, and the place of each part. */
export interface ReadPolicy {
  readonly rules: readonly PolicyRule[];
  /** In reading order. With an `error` among them the engine refuses the document. */
  readonly findings: readonly PolicyFinding[];
  /** Whether the engine would accept the document. */
  readonly accepted: boolean;
  /** Where the rules stand in the source; `places.rule(i)` belongs to `rules[i]`. */
  readonly places: Places;
}

/**
 * Reads a policy in HCL 1 or JSON, by the rules of the engine's own parser. Never throws: what is wrong is in
 * `findings`, all of it, each with place, reason and fix. Bytes are decoded as UTF-8, and refused when they are not.
 */
export function readPolicy(source: string | Uint8Array, options: ReadOptions = {}): ReadPolicy {
  const decoded = typeof source === "string" ? { text: source, badAt: -1 } : decodeBytes(source);
  const text = new SourceText(decoded.text, options.file);
  // The byte order mark is told, and what follows read as it is meant.
  const json = isJsonPolicy(decoded.text.replace(/^\ufeff/, ""));
  const findings = new Findings(text, json);
  if (decoded.badAt >= 0) {
    findings.error(
      "encoding",
      decoded.badAt,
      decoded.badAt + 1,
      `the document is ${decoded.is16 ? "UTF-16" : "not UTF-8"}`,
      "Save it as UTF-8.",
    );
  } else if (decoded.text === "")
    findings.error(
      "empty",
      0,
      0,
      "the policy is empty, which the engine refuses",
      "Write a rule, or at least a comment.",
    );
  const dialect = options.engine === undefined ? undefined : dialectOf(options.engine);
  if (dialect) checkSize(text.text, dialect, findings);
  const items = json ? parseJson(findings) : parseHcl(findings);
  const decodedRules = decodeDocument(items, findings, { dialect, now: options.now });
  return {
    rules: decodedRules.map(({ rule }) => rule),
    findings: findings.sorted(),
    accepted: !findings.hasErrors,
    places: new Places(
      text,
      decodedRules.map(({ item }) => item),
    ),
  };
}

/** The rules of a document, or everything that is wrong with it. @throws PolicySyntaxError */
export function rulesOf(source: string | Uint8Array, options: ReadOptions = {}): readonly PolicyRule[] {
  const read = readPolicy(source, options);
  if (read.accepted) return read.rules;
  throw new PolicySyntaxError(
    read.findings.filter((finding) => finding.severity === "error"),
    options.file,
  );
}

/** Where a listener is set up otherwise, it takes more: nothing that the policy itself decides. */
function checkSize(text: string, { engine, largestText }: Dialect, findings: Findings): void {
  // An escape has at most six characters.
  if (largestText === undefined || text.length * 6 < largestText) return;
  const length = utf8Length(JSON.stringify(text)) - 2;
  if (length <= largestText) return;
  const reason = `this is ${length} bytes as JSON, and ${engine} takes no more than ${largestText} unless its listener's max_json_string_value_length allows it`;
  findings.warning("too-large", 0, 0, reason, "Split the policy.");
}

interface Decoded {
  readonly text: string;
  /** The offset of the first thing that is no UTF-8, or -1. */
  readonly badAt: number;
  /** Whether it is UTF-16 by its byte order mark; then there is no text to go on with. */
  readonly is16?: boolean;
}

/** UTF-8 to text. A byte order mark is kept. */
function decodeBytes(bytes: Uint8Array): Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return { text: "", badAt: 0, is16: true };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), badAt: -1 };
  } catch {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    return { text, badAt: Math.max(0, text.indexOf("\ufffd")) };
  }
}
