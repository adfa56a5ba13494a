import pc from "picocolors";
import writeFileAtomic from "write-file-atomic";
import { namedPath, shownPath } from "../../base/called-from";
import { OperationalError, UsageError } from "../../base/errors";
import { PolicySyntaxError } from "../../policies/errors";
import { type FormattedPolicy, formatPolicy } from "../../policies/format/format";
import { policyFiles } from "../../review/policy-files/policy-files";
import { bytesOf } from "../../review/policy-files/read-policy-file";
import { refusalOf } from "../../review/policy-files/refusal";
import { printable } from "../../review/render/printable";
import { MARKS } from "../terminal";
import { readInput } from "./input";

export interface FmtOptions {
  readonly check?: boolean;
}

/** `strongroom policy fmt`: rewrites files, or prints standard input so. With `--check` 1 when it would change one. */
export async function fmtCommand(words: readonly string[], options: FmtOptions): Promise<void> {
  if (words.length === 0)
    throw new UsageError("No policy is named.", "Name files or folders, or - for standard input.");
  if (words.includes("-")) {
    if (words.length > 1) throw new UsageError("- is standard input and stands alone.", "Name files, or -.");
    return formatInput(options);
  }
  // All are read before the first is written: one that cannot be formatted leaves the others as they are.
  const files = policyFiles(words.map(namedPath)).map((file) => {
    const before = bytesOf(file);
    return { file, before, after: formatted(before, shownPath(file)) };
  });
  const changed = files.filter(({ before, after }) => !Buffer.from(after.text).equals(before));
  for (const { file, after } of files) {
    const change = changed.find((each) => each.file === file);
    if (change && !options.check) await write(file, after.text);
    if (change) process.stdout.write(`${printable(shownPath(file))}${aside(after)}\n`);
  }
  if (options.check && changed.length > 0) process.exitCode = 1;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new OperationalError(`${shownPath(file)} cannot be written (${code}).`, "Make it writable.", {
      cause,
    });
  }
}

async function formatInput(options: FmtOptions): Promise<void> {
  const before = await readInput();
  const after = formatted(before, "standard input");
  if (options.check) process.exitCode = Buffer.from(after.text).equals(before) ? 0 : 1;
  else process.stdout.write(after.text);
  if (after.because) process.stderr.write(`${MARKS.unknown} standard input${aside(after)}\n`);
}

function formatted(source: Uint8Array, file: string): FormattedPolicy {
  try {
    return formatPolicy(source, file);
  } catch (error) {
    throw error instanceof PolicySyntaxError ? refusalOf([{ file, findings: error.findings }]) : error;
  }
}

/** Why only the layout was changed. */
function aside({ because }: FormattedPolicy): string {
  if (!because) return "";
  return pc.dim(
    `   layout only: the canonical form has no place for ${because.what} in line ${because.line}`,
  );
}
