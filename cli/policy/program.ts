import type { Command } from "commander";

const FROM = "where policies are read: a folder, a plan, a git revision, live (the working tree)";
const POLICY = "ask these policy files instead; with --from, these policies of it";
const KV2 = "KV v2 mounts that the source does not tell of";
const MACHINE = "machine-readable";

/** `strongroom policy …`: one command a file, loaded when it is run. */
export function addPolicyCommands(program: Command): void {
  const policy = program
    .command("policy")
    .description("ask, check, test, format and compare policies, by the engines' own rules");
  asking(policy.command("explain <operation> <path>"))
    .description("whether a request is allowed, by which rule, and what would change that")
    .option("--as <principal>", 'who asks: "AppRole dotmac", or dotmac')
    .option("--entity <json>", "the entity that asks, whose values fill templates; @file or - reads it")
    .option("--data <json>", "parameters of the request; @file or - reads them")
    .option("--wrap-ttl <duration>", "how long the answer is to be wrapped: 60, 5m")
    .option("--namespace <path>", "the namespace of the request")
    .action(async (operation, path, _, command) =>
      (await import("./explain")).explainCommand(operation, path, command.optsWithGlobals()),
    );
  asking(policy.command("who-can <intent> <secret>"))
    .description("everybody who may do something (an intent or operation) to a secret or API path")
    .action(async (intent, secret, _, command) =>
      (await import("./who-can")).whoCanCommand(intent, secret, command.optsWithGlobals()),
    );
  asking(policy.command("what-can [principal]"))
    .description("all that a principal is granted, rule by rule")
    .action(async (principal, _, command) =>
      (await import("./what-can")).whatCanCommand(principal, command.optsWithGlobals()),
    );
  asking(policy.command("escalations"))
    .description("who can come to everything by what they may write, step by step")
    .action(async (_, command) =>
      (await import("./escalations")).escalationsCommand(command.optsWithGlobals()),
    );
  policy
    .command("lint [paths...]")
    .description(
      "mistakes in policies, each with its line, its reason and what to write; - is standard input",
    )
    .option("--from <source>", FROM)
    .option("--kv2 <mount...>", KV2)
    .option("--together", "look at all policies as if one principal held them")
    .option("--fail-on <severity>", "exit code 1 on: error, warning or never (error)")
    .option("--settings <file>", "suppressions with reasons (strongroom.lint.yaml here or above)")
    .option("--quiet", "leave out what is for information")
    .option("--json", MACHINE)
    .action(async (paths, _, command) =>
      (await import("./lint")).lintCommand(paths, command.optsWithGlobals()),
    );
  policy
    .command("test <files...>")
    .description(
      "run cases of who may do what, in YAML or JSON; of a folder its *.cases.* files; - takes one a line",
    )
    .option("--policy <file...>", "policies for files that name none")
    .option("--from <source>", "a source for files that name none")
    .option("--as <principal>", "who asks in cases that do not say")
    .option("--verbose", "tell the cases that hold as well")
    .option("--json", MACHINE)
    .action(async (files, _, command) =>
      (await import("./test")).testCommand(files, command.optsWithGlobals()),
    );
  policy
    .command("fmt [files...]")
    .description("write policies in one form; no comment is lost; - formats standard input")
    .option("--check", "change nothing: exit code 1 where something would be")
    .action(async (files, _, command) =>
      (await import("./fmt")).fmtCommand(files, command.optsWithGlobals()),
    );
  policy
    .command("diff <base> <head>")
    .description("what changes in access between two files, folders or sources")
    .option("--kv2 <mount...>", KV2)
    .option("--json", MACHINE)
    .action(async (base, head, _, command) =>
      (await import("./diff")).diffCommand(base, head, command.optsWithGlobals()),
    );
  policy
    .command("map")
    .description("who may do what to which secret, as one page that needs no network")
    .option("--from <source>", FROM)
    .option("--kv2 <mount...>", KV2)
    .option("--output <file>", "where the page goes; - prints it", "access-map.html")
    .action(async (_, command) => (await import("./map")).mapCommand(command.optsWithGlobals()));
  policy
    .command("print <name>")
    .description(
      "print a policy that comes with Strongroom: reviewer, the least that reading a live server needs",
    )
    .action(async (name, _, command) =>
      (await import("./print")).printCommand(name, command.optsWithGlobals()),
    );
}

/** The flags of every question. */
function asking(command: Command): Command {
  return command
    .option("--from <source>", FROM)
    .option("--policy <file...>", POLICY)
    .option("--kv2 <mount...>", KV2)
    .option("--json", MACHINE);
}
