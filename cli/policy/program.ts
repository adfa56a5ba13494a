import type { Command } from "commander";

const FROM = "where policies are read: a folder, a plan, a git revision, live … (the working tree)";
const KV2 = "KV v2 mounts that the source does not tell of";

/** `strongroom policy …`: one command a file, loaded when it is run. */
export function addPolicyCommands(program: Command): void {
  const policy = program
    .command("policy")
    .description("ask, check, test, format and compare policies, by the engines' own rules");
  policy
    .command("explain <operation> <path>")
    .description("whether a request is allowed, by which rule, and what would change that")
    .option("--as <principal>", 'who asks: "AppRole dotmac", or dotmac')
    .option("--policy <file...>", "ask these policy files instead; with --from, these policies of it")
    .option("--from <source>", FROM)
    .option("--data <json>", "parameters of the request; @file or - reads them")
    .option("--wrap-ttl <duration>", "how long the answer is to be wrapped: 60, 5m")
    .option("--namespace <path>", "the namespace of the request")
    .option("--kv2 <mount...>", KV2)
    .option("--json", "machine-readable")
    .action(async (operation, path, _, command) =>
      (await import("./explain")).explainCommand(operation, path, command.optsWithGlobals()),
    );
}
