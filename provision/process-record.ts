import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** One process and no other: ids are used again, ids with a start time are not. */
export interface ProcessRecord {
  readonly pid: number;
  readonly startedAt: string;
}

export async function recordOf(pid: number): Promise<ProcessRecord> {
  return { pid, startedAt: (await startTime(pid)) ?? "ended at once" };
}

/** Whether that very process still runs. */
export async function isProcess(record: ProcessRecord): Promise<boolean> {
  return (await startTime(record.pid)) === record.startedAt;
}

/** Linux tells it in /proc/<pid>/stat, field 22, in clock ticks since boot; elsewhere `ps` tells it in words. */
async function startTime(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
    // The second field is the command's name in brackets, which may hold anything.
    const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields?.[0] === "Z" ? undefined : fields?.[19];
  }
  const listed = await promisify(execFile)("ps", ["-o", "lstart=", "-p", String(pid)]).catch(() => undefined);
  return listed?.stdout.trim() || undefined;
}
