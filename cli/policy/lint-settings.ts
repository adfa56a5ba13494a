import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { calledFrom, namedPath, shownPath } from "../../base/called-from";
import { parseTime } from "../../policies/language/duration";
import { bytesOf } from "../../review/policy-files/read-policy-file";
import type { PolicyRemark } from "../../review/policy-lint/lint-revision";
import { LINT_FILE, type LintSettings, lintSettings } from "../../review/policy-lint/suppressions";
import { readWritten } from "../../review/written/written";

/** The file that is named, else the one of the folder where the person is, or of one above it. */
export function settingsOf(named: string | undefined): LintSettings | undefined {
  const file = named === undefined ? settingsAbove(calledFrom()) : namedPath(named);
  return file === undefined ? undefined : lintSettings(readWritten(bytesOf(file), shownPath(file)));
}

function settingsAbove(folder: string): string | undefined {
  const file = join(folder, LINT_FILE);
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : settingsAbove(dirname(folder));
}

/** Suppressions that ended, or that nothing is found for. */
export function settingsNotes(
  settings: LintSettings | undefined,
  remarks: readonly PolicyRemark[],
): string[] {
  return (settings?.suppressions ?? []).flatMap(({ id, reason, until, line }) => {
    const where = `${settings?.file}:${line}`;
    const end = until === undefined ? undefined : parseTime(until);
    if (end !== undefined && end < Date.now())
      return [`${where} no longer suppresses ${id}: it ended ${until}`];
    const used = remarks.some((remark) => remark.id === id && remark.suppressed === reason);
    return used ? [] : [`${where} suppresses ${id}, which is not found: remove it`];
  });
}
