import { parseTime } from "../../policies/language/duration";
import { LINTS } from "../../policies/rules/all";
import type { Suppression } from "../../policies/rules/lint";
import { type Mistake, mistakesIn } from "../written/mistakes";
import { refuse } from "../written/refuse";
import type { Schema } from "../written/schema";
import type { Written } from "../written/written";

/** The file in which a project says what of its policies is as it is meant to be. */
export const LINT_FILE = "strongroom.lint.yaml";

/** What stands in it. */
export interface LintSettings {
  readonly file: string;
  readonly suppressions: readonly LineSuppression[];
  /** KV v2 mounts, which policy files do not tell of. */
  readonly kv2: readonly string[];
}

/** A suppression with its line. */
export interface LineSuppression extends Suppression {
  readonly line: number;
}

/** The JSON schema (draft 2020-12) of the file, published as docs/schema/lint.schema.json. */
export const LINT_FILE_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "What policy lint is to know of a project",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: "For editors." },
    kv2: {
      type: "array",
      items: { type: "string" },
      description: "KV v2 mounts: policy files do not tell of them.",
    },
    suppress: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "reason"],
        additionalProperties: false,
        properties: {
          id: { enum: LINTS.map(({ id }) => id) },
          policy: { type: "string", description: "Default: every policy." },
          path: { type: "string", description: "The path of the rule, as written. Default: every rule." },
          reason: { type: "string", description: "Why the finding is fine." },
          until: { type: "string", description: "RFC 3339; from then on the finding counts again." },
        },
      },
    },
  },
} as const satisfies Schema & { readonly [key: string]: unknown };

/** @throws UsageError with the line of every mistake */
export function lintSettings(written: Written): LintSettings {
  const value = written.value ?? {};
  refuse(written, mistakesIn(value, LINT_FILE_SCHEMA));
  const { suppress = [], kv2 = [] } = value as {
    readonly suppress?: readonly Suppression[];
    readonly kv2?: readonly string[];
  };
  refuse(written, suppress.flatMap(mistakesOf));
  const suppressions = suppress.map((each, index) => ({
    ...each,
    line: written.place(["suppress", index]).line,
  }));
  return { file: written.file, suppressions, kv2 };
}

function mistakesOf({ reason, until }: Suppression, index: number): Mistake[] {
  const found: Mistake[] = [];
  if (reason.trim() === "")
    found.push({
      steps: ["suppress", index, "reason"],
      of: "value",
      what: "the reason is empty",
      fix: "Say why the finding is fine.",
    });
  if (until !== undefined && parseTime(until) === undefined)
    found.push({
      steps: ["suppress", index, "until"],
      of: "value",
      what: `"${until}" is no time`,
      fix: "Write 2030-01-31T00:00:00Z.",
    });
  return found;
}
