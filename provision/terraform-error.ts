import { basename } from "node:path";
import { OperationalError } from "../base/errors";

/** Terraform's own word on what went wrong ("Machine-Readable UI", diagnostic). */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

/** Terraform refused or failed. Nothing that it had applied before is lost: the state knows it. */
export class TerraformError extends OperationalError {
  /** @param tail the last lines that were no messages, for failures that come without a diagnostic */
  constructor(
    verb: string,
    directory: string,
    readonly diagnostics: readonly Diagnostic[],
    tail: readonly string[],
  ) {
    super(
      `Terraform could not ${verb} the stack ${basename(directory)}: ${reason(diagnostics, tail)}`,
      nextStep(diagnostics),
    );
  }
}

function reason(diagnostics: readonly Diagnostic[], tail: readonly string[]): string {
  if (diagnostics.length === 0) return onOneLine(tail.join(" ")) || "it gave no reason.";
  const told = diagnostics
    .slice(0, TOLD)
    .map(({ summary, detail, address }) =>
      [address, summary, detail].filter(Boolean).map(onOneLine).join(": "),
    );
  const more = diagnostics.length > TOLD ? [`and ${diagnostics.length - TOLD} more`] : [];
  return [...told, ...more].join("\n    ");
}

/** More than these are seldom news. */
const TOLD = 3;

function onOneLine(text = ""): string {
  return text.replace(/\s+/g, " ").trim();
}

function nextStep(diagnostics: readonly Diagnostic[]): string {
  const words = diagnostics.map(({ summary, detail }) => `${summary} ${detail ?? ""}`).join(" ");
  if (/state lock/i.test(words))
    return "Another run holds the state: wait for it to end, then run the command again.";
  if (/prevent_destroy/i.test(words)) {
    return "What holds secrets is never destroyed by an apply: undo the change that asks for it, or move the data first.";
  }
  if (/already in use|already exists/i.test(words)) {
    return "The server was set up from another clone: run this there, or bring its state/ folder here, which knows what exists.";
  }
  if (/permission denied|Code: 403/i.test(words))
    return "Run `npm start`: it makes a new token for Terraform and applies again.";
  if (/Code: 503|sealed/i.test(words)) return "Run `npx strongroom unseal`, then the command again.";
  return "Mend the cause and run the command again: what was applied already stays, and the rest follows.";
}
