import { readFileSync } from "node:fs";
import { OperationalError, UsageError } from "../../base/errors";
import { GithubComments, githubApi } from "../../review/pipeline/github";
import { changeOfEvent, type ReviewedChange } from "../../review/pipeline/github-event";
import { GitlabNotes } from "../../review/pipeline/gitlab";
import { githubPlaceUrl, gitlabPlaceUrl } from "../../review/pipeline/place-urls";
import type { CommentPlatform } from "../../review/pipeline/platform";
import type { RenderUrls } from "../../review/render/options";

/** What the command line says of the target; the rest is in the variables of the platform's jobs. */
export interface CommentTargetOptions {
  readonly platform: string;
  readonly pullRequest?: string;
}

/** Where to comment, with what the comment links to. */
export interface CommentTarget {
  readonly platform: CommentPlatform;
  readonly urls: RenderUrls;
  /** What readers of the comment have to know besides. */
  readonly notes: readonly string[];
  /** A token that may not write is no failure here. */
  readonly mayBeRefused: boolean;
}

/** Undefined where the commit that was reviewed is no longer the head of exactly one open pull request. */
export async function targetOf(options: CommentTargetOptions): Promise<CommentTarget | undefined> {
  if (options.platform === "github") return githubTarget(options);
  if (options.platform === "gitlab") return gitlabTarget(options);
  throw new UsageError(`--platform is ${JSON.stringify(options.platform)}.`, "Give github or gitlab.");
}

async function githubTarget({ pullRequest }: CommentTargetOptions): Promise<CommentTarget | undefined> {
  const { GITHUB_API_URL: api = "https://api.github.com", GITHUB_SERVER_URL: server = "https://github.com" } =
    process.env;
  const repository = variable("GITHUB_REPOSITORY");
  const token = variable("GITHUB_TOKEN");
  const change: Partial<ReviewedChange> | undefined =
    pullRequest === undefined
      ? await changeOfEvent(eventOfJob(), repository, githubApi({ api, token }))
      : { pullRequest: wholeNumber(pullRequest) };
  if (change?.pullRequest === undefined) return undefined;
  const { GITHUB_RUN_ID: run, GITHUB_ACTOR: actor, STRONGROOM_COMMENT_AUTHOR: author } = process.env;
  const full = change.runUrl ?? (run ? `${server}/${repository}/actions/runs/${run}` : undefined);
  const { sha, repository: head = repository } = change;
  return {
    platform: new GithubComments({
      api,
      repository,
      token,
      pullRequest: change.pullRequest,
      ...(author ? { author } : {}),
    }),
    urls: { ...(sha ? { place: githubPlaceUrl(server, head, sha) } : {}), ...(full ? { full } : {}) },
    // Who may change the code that reviews may change what it says.
    notes:
      change.runUrl === undefined
        ? []
        : ["This review was made by the fork's own copy of the code, which may say anything."],
    // Dependabot's runs have a token like that of a fork.
    mayBeRefused: change.fork === true || actor === "dependabot[bot]",
  };
}

function gitlabTarget({ pullRequest }: CommentTargetOptions): CommentTarget {
  // Of a merged result the job's own commit is nowhere to be seen.
  const sha = process.env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || process.env.CI_COMMIT_SHA;
  const { CI_JOB_URL: full, CI_MERGE_REQUEST_SOURCE_PROJECT_URL: source } = process.env;
  return {
    platform: new GitlabNotes({
      api: variable("CI_API_V4_URL"),
      // In a fork's pipeline the job's own project is the fork.
      project: process.env.CI_MERGE_REQUEST_PROJECT_ID || variable("CI_PROJECT_ID"),
      mergeRequest: wholeNumber(pullRequest ?? variable("CI_MERGE_REQUEST_IID")),
      token: variable("STRONGROOM_GITLAB_TOKEN"),
    }),
    urls: { ...(source && sha ? { place: gitlabPlaceUrl(source, sha) } : {}), ...(full ? { full } : {}) },
    notes: [],
    mayBeRefused: false,
  };
}

function eventOfJob(): unknown {
  const path = variable("GITHUB_EVENT_PATH");
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new OperationalError(
      `Cannot read this job's event, ${path}.`,
      "Give the number by --pull-request.",
      { cause },
    );
  }
}

function variable(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new UsageError(`The variable ${name} is not set.`, "Run this in a job of the platform, or set it.");
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new UsageError(`${JSON.stringify(text)} is no number of a pull request.`, "Give --pull-request 17.");
}
