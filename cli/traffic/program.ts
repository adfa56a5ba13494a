import type { Command } from "commander";

const FILES = "audit logs of file devices, plain or gzip; - is standard input";
const FROM = "what decides: a folder, a plan, a git revision, live … (the working tree)";

/** `strongroom traffic …`: what recorded requests say of policies; one command a file, loaded when it is run. */
export function addTrafficCommands(program: Command): void {
  const traffic = program
    .command("traffic")
    .description("what recorded requests (audit logs) say of a change, of grants and of denials");
  traffic
    .command("replay")
    .description("which recorded requests a change would decide otherwise; 1 when it would deny some")
    .argument("<file...>", FILES)
    .option(
      "--base <source>",
      "before: the same sources as review takes (where HEAD left the default branch)",
    )
    .option("--head <source>", "after (the working tree)")
    .option("--json", "machine-readable")
    .action(async (files, options) => (await import("./replay")).trafficReplayCommand(files, options));
  traffic
    .command("unused")
    .description("which grants and rules no recorded request used, and what would be left without them")
    .argument("<file...>", FILES)
    .option("--from <source>", FROM)
    .option("--json", "machine-readable")
    .action(async (files, options) => (await import("./unused")).trafficUnusedCommand(files, options));
  traffic
    .command("denied")
    .description("recorded requests that policies denied, and the grant that would allow each")
    .argument("<file...>", FILES)
    .option("--from <source>", FROM)
    .option("--json", "machine-readable")
    .action(async (files, options) => (await import("./denied")).trafficDeniedCommand(files, options));
}
