import pc from "picocolors";
import { printable } from "../review/render/printable";

/**
 * What Commander says of a command line that cannot be right, in the form of every other error.
 * @param text `error: unknown option '--bse'`, and on a second line perhaps `(Did you mean --base?)`
 */
export function usageText(text: string): string {
  const [first = "", second = ""] = text.trim().split("\n");
  const what = first.replace(/^error: /, "").replace(/\.$/, "");
  const meant = /^\((.*)\)$/.exec(second)?.[1];
  const nextStep = meant ?? "The same command with --help says how it is called.";
  return `\n${pc.red(pc.bold("✗"))} ${printable(what)}.\n  ${printable(nextStep)}\n`;
}
