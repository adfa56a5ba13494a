import type { ReportingDescriptor } from "sarif";
import type { Finding } from "../finding";
import { KIND_HELP } from "./kind-help";
import { KINDS } from "./kinds";
import { clipped, printable } from "./printable";
import { message } from "./sarif-message";

/** `gained`, `lint/KV2-MISSING-DATA`. */
export function ruleId({ kind, rule }: Finding): string {
  return kind === "lint" && rule ? `lint/${clipped(printable(rule), 100)}` : kind;
}

/** What code scanning tells of a rule beside its results. */
export function ruleOf(finding: Finding): ReportingDescriptor {
  const { kind, rule } = finding;
  const { meaning, help, securitySeverity } = KIND_HELP[kind];
  return {
    id: ruleId(finding),
    name: words(kind === "lint" && rule ? rule : kind),
    shortDescription: message(kind === "lint" && rule ? `Lint ${rule}` : KINDS[kind].one),
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

/** `KV2-MISSING-DATA` and `gained` as the names of rules are written, which have to differ from their ids: `AccessGained`. */
function words(text: string): string {
  const parts = text.match(/[A-Za-z0-9]+/g) ?? ["Finding"];
  const named = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase());
  return named.length === 1 ? `Access${named[0]}` : named.join("");
}
