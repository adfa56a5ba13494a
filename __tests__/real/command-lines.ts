import { readdirSync, readFileSync } from "node:fs";

/**
 * Gathers the command lines and environments of every process while something runs, to be searched for values afterwards:
 * what stands there, any user of the machine can read.
 */
export class CommandLines {
  private readonly seen = new Set<string>();
  private readonly timer = setInterval(() => this.look(), 15);

  stop(): string {
    clearInterval(this.timer);
    return [...this.seen].join("\n");
  }

  private look(): void {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      for (const file of ["cmdline", "environ"]) {
        try {
          this.seen.add(readFileSync(`/proc/${pid}/${file}`, "utf8").replaceAll("\0", " "));
        } catch {
          // It ended in between.
        }
      }
    }
  }
}
