import type { Location, Log, Region, ReportingDescriptor, Result } from "sarif";
import type { Finding, Review } from "../finding";
import type { Place } from "../model";
import { jsonText } from "./json-text";
import { KINDS } from "./kinds";
import type { RenderOptions } from "./options";
import { clipped, printable } from "./printable";
import { closingWords, counted, isApproved, reasonsOf, weight } from "./told";
import { artifactUri } from "./uri";
import { VERSION } from "./version";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/** Code scanning refuses a run with more results, and reads so many further locations of each. */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 100;
/**
 * Code scanning wants a place for every result. A finding that no line shows is put at the head of the project's own file,
 * and says so.
 */
const NOWHERE: Place = { file: "cdktf.json" };

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
    message: message(text),
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

/** `gained`, `lint/KV2-MISSING-DATA`. */
function ruleId({ kind, rule }: Finding): string {
  return kind === "lint" && rule ? `lint/${clipped(printable(rule), 100)}` : kind;
}

function ruleOf(finding: Finding): ReportingDescriptor {
  const { kind, rule } = finding;
  const { meaning, help, securitySeverity, one } = KINDS[kind];
  return {
    id: ruleId(finding),
    name: words(kind === "lint" && rule ? rule : kind),
    shortDescription: message(kind === "lint" && rule ? `Lint ${rule}` : one),
    fullDescription: message(meaning),
    help: message(help),
    defaultConfiguration: { level: "warning" },
    properties: {
      precision: "very-high",
      tags: securitySeverity === undefined ? ["access"] : ["access", "security"],
      ...(securitySeverity === undefined ? {} : { "security-severity": securitySeverity.toFixed(1) }),
    },
  };
}

/** `KV2-MISSING-DATA` and `guardrail-broken` as the names of rules are written: `Kv2MissingData`. */
function words(text: string): string {
  const parts = text.match(/[A-Za-z0-9]+/g) ?? ["Finding"];
  return parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase()).join("");
}

function resultOf(finding: Finding, indices: ReadonlyMap<string, number>): Result {
  const { id, severity, titles, principals, sentence, place, approval } = finding;
  const related = relatedOf(finding);
  const text = [`${titles.join(", ")} ${sentence}`.trim(), ...reasonsOf(finding)];
  if (!place) text.push("(No line of the files under review shows this.)");
  return {
    ruleId: ruleId(finding),
    ruleIndex: indices.get(ruleId(finding)) ?? -1,
    level: severity,
    message: message(text.map((line) => clipped(printable(line), 2000)).join("\n")),
    locations: [
      {
        physicalLocation: physical(place ?? NOWHERE),
        ...(principals.length === 0
          ? {}
          : {
              logicalLocations: principals
                .slice(0, MOST_LOCATIONS)
                .map((name) => ({ fullyQualifiedName: printable(name), kind: "principal" })),
            }),
      },
    ],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    // The second is all that code scanning looks at. Left to the uploader, it would be a hash of the line, and two findings
    // of a line would be one alert.
    partialFingerprints: {
      "strongroomFinding/v1": printable(id),
      primaryLocationLineHash: `${printable(id)}:1`,
    },
    ...(approval && isApproved(finding)
      ? {
          suppressions: [
            {
              kind: "external",
              status: "accepted",
              justification: printable(`approved by ${approval.by}: ${approval.reason}`),
            },
          ],
        }
      : {}),
  };
}

/** The rules that decided before and decide now, and the further lines of the same fact. */
function relatedOf({ access, alsoAt = [] }: Finding): Location[] {
  const places: [Place | undefined, string][] = [
    [access?.before.place, "the rule that decided before"],
    [access?.after.place, "the rule that decides now"],
    ...alsoAt.map((place): [Place, string] => [place, "also here"]),
  ];
  return places
    .flatMap(([place, text]) =>
      place ? [{ physicalLocation: physical(place), message: message(text) }] : [],
    )
    .slice(0, MOST_LOCATIONS)
    .map((location, id) => ({ id, ...location }));
}

function physical(place: Place): NonNullable<Location["physicalLocation"]> {
  return { artifactLocation: { uri: artifactUri(place.file) }, region: regionOf(place) };
}

/** Code scanning wants a line; the head of the file where none is known. */
function regionOf({ line, column, endLine, endColumn }: Place): Region {
  const startLine = known(line) ?? 1;
  const startColumn = known(line) === undefined ? undefined : known(column);
  const last = known(endLine);
  const end = last !== undefined && last >= startLine ? last : undefined;
  const lastColumn = end === undefined ? undefined : known(endColumn);
  const backwards = end === startLine && lastColumn !== undefined && lastColumn < (startColumn ?? 1);
  return {
    startLine,
    ...(startColumn === undefined ? {} : { startColumn }),
    ...(end === undefined ? {} : { endLine: end }),
    ...(lastColumn === undefined || backwards ? {} : { endColumn: lastColumn }),
  };
}

function known(number: number | undefined): number | undefined {
  return number !== undefined && Number.isInteger(number) && number > 0 ? number : undefined;
}

/** Plain text, in which braces stand for placeholders and `[text](address)` for a link unless they are escaped (3.11.5, 3.11.6). */
function message(text: string): { text: string } {
  return { text: text.replace(/[{}]/g, "$&$&").replaceAll("](", "\\](") };
}
