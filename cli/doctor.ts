import { homedir } from "node:os";
import Table from "cli-table3";
import pc from "picocolors";
import { environmentNamed } from "../environments";
import { resolveDeployment } from "../provision/deployment-record";
import { type DoctorRow, examine } from "../toolchain/doctor";
import { printJson } from "./terminal";

/** `strongroom doctor`: looks only. Exit code 1 where something is missing that the environment needs. */
export async function doctorCommand(options: { readonly json?: boolean }): Promise<void> {
  const { engine, target } = resolveDeployment(environmentNamed());
  const rows = await examine({ engine, target: target === "container" ? "container" : "process" });
  if (options.json) printJson({ parts: rows });
  else process.stdout.write(`${table(rows)}\n`);
  if (rows.some((row) => row.state === "missing")) process.exitCode = 1;
}

const MARKS: Readonly<Record<DoctorRow["state"], string>> = {
  ok: pc.green("✔ ok"),
  missing: pc.red("✗ missing"),
  optional: pc.dim("- optional"),
};

/** Columns by space alone: the table is copied into reports and chats, where frames fall apart. */
function table(rows: readonly DoctorRow[]): string {
  const drawn = new Table({
    head: ["", "part", "wanted", "found", "where from", "fix"],
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
    chars: NO_FRAME,
  });
  drawn.push(
    ...rows.map((row) => [
      MARKS[row.state],
      row.part,
      row.wanted,
      row.found,
      row.from.replace(homedir(), "~"),
      row.fix,
    ]),
  );
  return drawn.toString().replaceAll(/ +$/gm, "");
}

const NO_FRAME = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
    .map((part) => [part, ""]),
);
