import type { Command } from "commander";

/** What a pipeline does with a review once it is made: the commands that action.yml and the GitLab template call. */
export function addPipelineCommands(program: Command): void {
  program
    .command("review-render")
    .description("show a review that was written as JSON in another format")
    .requiredOption("--review <file>", "what `strongroom review --format json` wrote")
    .requiredOption("--format <format>", "terminal, markdown, json, sarif or junit")
    .option("--folder <path>", "the project's folder below the root of the repository, for places")
    .option("--key <name>", "tells several reviews of one change apart")
    .action(async (options) => (await import("./review-render")).reviewRenderCommand(options));
  program
    .command("review-comment")
    .description("leave one comment with a review on its pull or merge request, or update it")
    .requiredOption("--review <file>", "what `strongroom review --format json` wrote")
    .requiredOption("--platform <name>", "github ($GITHUB_TOKEN) or gitlab ($STRONGROOM_GITLAB_TOKEN)")
    .option("--pull-request <number>", "its number, where the job's event does not tell")
    .option("--folder <path>", "the project's folder below the root of the repository, for links")
    .option("--key <name>", "tells several reviews of one change apart")
    .option("--when-nothing <what>", "update or delete a comment that stands when nothing is found (update)")
    .action(async (options) => (await import("./review-comment")).reviewCommentCommand(options));
}
