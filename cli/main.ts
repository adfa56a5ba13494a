import { Command } from "commander";
import { adopt, type GlobalOptions } from "./choices";
import { fail } from "./fail";
import { addPipelineCommands } from "./pipeline/program";
import { addPolicyCommands } from "./policy/program";
import { SOURCES_HELP } from "./sources-help";
import { addTrafficCommands } from "./traffic/program";
import { usageText } from "./usage-text";

/** The command line: one command a file, loaded when it is run. */
const program = new Command("strongroom")
  .description("Secrets on Vault or OpenBao: provisioned, bootstrapped and verified from typed declarations.")
  .option("--env <name>", "the environment: dev, staging or production ($STRONGROOM_ENV; dev)")
  .option("--target <kind>", "container, process or existing ($STRONGROOM_TARGET)")
  .option(
    "--engine <engine>",
    "another engine than the environment's, for example vault@1.21.1 ($STRONGROOM_ENGINE)",
  )
  .option("--port <port>", "another port on loopback ($STRONGROOM_PORT)")
  .option("--instance <name>", "a second server of the same environment ($STRONGROOM_INSTANCE)")
  .option("--address <url>", "the address of an existing server ($STRONGROOM_ADDRESS)")
  .option("--debug", "show stack traces of errors ($STRONGROOM_DEBUG)")
  .configureHelp({ showGlobalOptions: true })
  .configureOutput({ outputError: (text, write) => write(usageText(text)) })
  .exitOverride()
  .hook("preAction", (_, command) => adopt(command.optsWithGlobals<GlobalOptions>()));

program
  .command("up")
  .description("bring the environment up: server, keys, access, and verify it")
  .action(async () => (await import("./up")).upCommand());
program
  .command("down")
  .description("stop the server; its data stays")
  .option("--volumes", "remove its data and its state too: every secret is lost")
  .option("-y, --yes", "do not ask")
  .action(async (options) => (await import("./down")).downCommand(options));
program
  .command("status")
  .description("what runs where, and in which state")
  .option("--json", "machine-readable")
  .action(async (options) => (await import("./status")).statusCommand(options));
program
  .command("doctor")
  .description("which tools there are, where from, and how to get what is missing")
  .option("--json", "machine-readable")
  .action(async (options) => (await import("./doctor")).doctorCommand(options));
program
  .command("tools")
  .description("fetch or build the tools that are missing, and say where each is")
  .option("--opentofu", "OpenTofu instead of Terraform")
  .option("--vault", "Vault 1.21.1 instead of the environment's engine")
  .action(async (options) => (await import("./tools")).toolsCommand(options));
program
  .command("login")
  .description("a token for yourself, good for an hour: reads and writes every secret of the environment")
  .option("--print", "print it instead of storing it in ~/.vault-token")
  .action(async (options) => (await import("./login")).loginCommand(options));
program
  .command("unseal")
  .description("unseal the server from custody")
  .action(async () => (await import("./unseal")).unsealCommand());
program
  .command("verify")
  .description("log in as every principal and compare what the server allows with what is declared")
  .action(async () => (await import("./verify")).verifyCommand());
program
  .command("review")
  .description("what a change does to access: who gains, who loses, what nobody can tell")
  .option(
    "--base <source>",
    "before: a git revision, a plan, a folder, live, none (where HEAD left the default branch)",
  )
  .option("--head <source>", "after: the same (the working tree)")
  .option("--fail-on <threshold>", "gained, any, guardrail, unknown or never", "gained")
  .option("--format <format>", "terminal, markdown, json, sarif, junit or html", "terminal")
  .option(
    "--output <file...>",
    "write it to files as well, each by its ending: .html .sarif .md .json .xml .txt",
  )
  .option("--base-engine <engine>", "whose rules decide before: vault@1.21.1")
  .option("--head-engine <engine>", "whose rules decide after: openbao@2.7.2")
  .option("--base-missing <what>", "new: against a base that cannot be read everything is new")
  .option("--accept-new-approvals", "count approvals that the change itself adds")
  .option("--capabilities", "name the engine's capabilities behind each intent as well")
  .option("--traffic <file...>", "audit logs: what the change would have done to recorded requests")
  .addHelpText("after", SOURCES_HELP)
  .action(async (options) => (await import("./review")).reviewCommand(options));
program
  .command("drift")
  .description("in what the server differs from what is declared; asks it by GET and LIST alone")
  .option("--declared <source>", "what should be: the same sources as review takes (the working tree)")
  .option("--server <address>", "the server to look at (the environment's own)", "live")
  .option("--fail-on <threshold>", "gained, any, guardrail, unknown or never", "any")
  .option("--format <format>", "terminal, markdown, json, sarif, junit or html", "terminal")
  .option(
    "--output <file...>",
    "write it to files as well, each by its ending: .html .sarif .md .json .xml .txt",
  )
  .addHelpText("after", SOURCES_HELP)
  .action(async (options) => (await import("./drift")).driftCommand(options));
program
  .command("bootstrap")
  .description("initialise and unseal the server that runs; part of up, and of cdktf deploy")
  .action(async () => (await import("./bootstrap")).bootstrapCommand());
program
  .command("await-mount <path>", { hidden: true })
  .description("wait until a new KV v2 mount takes requests; part of the access stack")
  .action(async (path: string) => (await import("./await-mount")).awaitMountCommand(path));
program
  .command("synth")
  .description("write the stacks to cdktf.out")
  .action(async () => (await import("./synth")).synthCommand());
addPolicyCommands(program);
addPipelineCommands(program);
addTrafficCommands(program);

// A reader that has seen enough, as `head` does, is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}
