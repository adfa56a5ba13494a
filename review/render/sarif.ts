import type { Log } from "sarif";
import { counted } from "../../base/words";
import type { Review } from "../finding";
import { jsonText } from "./json-text";
import type { RenderOptions } from "./options";
import { weight } from "./order";
import { printable } from "./printable";
import { message } from "./sarif-message";
import { resultOf } from "./sarif-result";
import { ruleId, ruleOf } from "./sarif-rule";
import { closingWords } from "./summary";
import { VERSION } from "./version";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** Code scanning refuses a run with more results. */
const MOST_RESULTS = 25_000;

/**
 * The review as SARIF 2.1.0 (OASIS), for code scanning: a rule a kind of finding (a rule a lint), a result a finding, with
 * exact regions, relative URIs, a fingerprint from the finding's id and security severities. Approved findings are
 * suppressed. Beyond 25,000 results the least bad are left out and a notification says so.
 */
export function renderSarif(review: Review, options: RenderOptions = {}): string {
  const worst = review.findings.toSorted((a, b) => weight(a) - weight(b));
  const findings = worst.slice(0, MOST_RESULTS);
  const rules = new Map(findings.map((finding) => [ruleId(finding), ruleOf(finding)]));
  const indices = new Map([...rules.keys()].map((id, index) => [id, index]));
  const left = worst.length - findings.length;
  const told = [...review.notes, closingWords(review).join(" ")].map((text) => ({
    level: "note" as const,
    message: message(printable(text)),
  }));
  const log: Log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "strongroom",
            semanticVersion: options.version ?? VERSION,
            rules: [...rules.values()],
          },
        },
        automationDetails: { id: `strongroom-${review.command}/${options.key ?? "default"}/` },
        columnKind: "unicodeCodePoints",
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications:
              left === 0
                ? told
                : [
                    ...told,
                    {
                      level: "warning",
                      message: message(
                        `${counted(left, "finding")} left out: a run has room for ${MOST_RESULTS}.`,
                      ),
                    },
                  ],
          },
        ],
        results: findings.map((finding) => resultOf(finding, indices)),
      },
    ],
  };
  return jsonText(log);
}
