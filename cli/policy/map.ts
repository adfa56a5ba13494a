import { pathToFileURL } from "node:url";
import pc from "picocolors";
import { shownPath } from "../../base/called-from";
import { counted } from "../../base/words";
import { holdersOf } from "../../review/ask/holders";
import { printable } from "../../review/render/printable";
import { renderAccessMap } from "../../review/report/report";
import { saveFile } from "../save-file";
import { notesText } from "../terminal";
import { readAsked, type SubjectOptions } from "./subject";

export interface MapOptions extends SubjectOptions {
  /** Where the page goes; `-` is standard output. */
  readonly output: string;
}

/** `strongroom policy map`: who may do what to which secret, as one page. It is a picture and no verdict: exit code 0. */
export async function mapCommand(options: MapOptions): Promise<void> {
  const { revision: asked, notes } = await readAsked(options);
  const revision = { ...asked, principals: holdersOf(asked) };
  const page = renderAccessMap({ revision, notes, now: Date.now() });
  if (options.output === "-") {
    process.stdout.write(page);
    return;
  }
  const file = saveFile(options.output, page);
  const what = [
    counted(revision.principals.length, "principal"),
    counted(revision.secrets.length, "secret"),
    `${printable(revision.label)} on ${printable(revision.engine.replace("@", " "))}`,
  ];
  process.stdout.write(
    ` ${pc.green("✔")} ${pc.bold(printable(shownPath(file)))}   ${what.join(" · ")}\n   ${pc.dim(`open ${pathToFileURL(file)}`)}\n${notesText(notes)}`,
  );
}
