import type { Location, Region, Result } from "sarif";
import type { Finding } from "../finding";
import type { Place } from "../model";
import { isApproved } from "../verdict";
import { clipped, printable } from "./printable";
import { reasonsOf } from "./reasons";
import { message } from "./sarif-message";
import { ruleId } from "./sarif-rule";
import { artifactUri } from "./uri";

/** Code scanning reads so many further locations of a result. */
const MOST_LOCATIONS = 100;
/**
 * Code scanning wants a place for every result. A finding that no line shows is put at the head of the project's own file,
 * and says so.
 */
const NOWHERE: Place = { file: "cdktf.json" };

/** One finding; `indices` has the place of each rule among the rules. */
export function resultOf(finding: Finding, indices: ReadonlyMap<string, number>): Result {
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
function relatedOf({ access, declaredAt, alsoAt = [] }: Finding): Location[] {
  const places: [Place | undefined, string][] = [
    [access?.before.place, "the rule that decided before"],
    [access?.after.place, "the rule that decides now"],
    [declaredAt, "the guardrail that is broken"],
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
