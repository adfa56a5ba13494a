import { readFileSync } from "node:fs";
import { OperationalError, UsageError } from "../base/errors";
import { GithubComments, githubApi } from "../review/pipeline/github";
import { changeOfEvent, type ReviewedChange } from "../review/pipeline/github-event";
import { GitlabNotes } from "../review/pipeline/gitlab";
import { githubPlaceUrl, gitlabPlaceUrl } from "../review/pipeline/place-urls";
import { type CommentPlatform, NotPermittedError } from "../review/pipeline/platform";
import { type CommentOutcome, postComment } from "../review/pipeline/post-comment";
import { rebasePlaces } from "../review/pipeline/rebase-places";
import { renderMarkdown } from "../review/render/markdown";
import type { RenderUrls } from "../review/render/options";
import { readReviewFile } from "./review-file";

export interface ReviewCommentOptions {
  readonly review: string;
  readonly platform: string;
  readonly key?: string;
  readonly whenNothing?: string;
  readonly folder?: string;
  readonly pullRequest?: string;
}

/** Where to comment, with what the comment links to. */
interface Target {
  readonly platform: CommentPlatform;
  readonly urls: RenderUrls;
  /** What readers of the comment have to know besides. */
  readonly notes: readonly string[];
  /** A token that may not write is no failure here. */
  readonly mayBeRefused: boolean;
}

/**
 * `strongroom review-comment`: leaves one comment with a review that was written as JSON. Tokens, addresses and numbers come
 * from the variables that the platform's jobs have.
 */
export async function reviewCommentCommand(options: ReviewCommentOptions): Promise<void> {
  const { key, whenNothing = "update", folder = "" } = options;
  if (whenNothing !== "update" && whenNothing !== "delete")
    throw new UsageError(`--when-nothing is ${JSON.stringify(whenNothing)}.`, "Give update or delete.");
  const review = rebasePlaces(readReviewFile(options.review), folder);
  const target = await targetOf(options);
  if (target === undefined) {
    say("no comment: the commit that was reviewed is not the head of exactly one open pull request");
    return;
  }
  const named = key === undefined || key === "" ? {} : { key };
  const noted = { ...review, notes: [...target.notes, ...review.notes] };
  const body = renderMarkdown(noted, { urls: target.urls, ...named });
  try {
    const nothing = review.findings.length === 0;
    say(words(await postComment(target.platform, { body, nothing, whenNothing, ...named })));
  } catch (error) {
    if (!(error instanceof NotPermittedError) || !target.mayBeRefused) throw error;
    say(`no comment: this job's token may not write here, as for every change from outside (${error.what})`);
  }
}

async function targetOf(options: ReviewCommentOptions): Promise<Target | undefined> {
  if (options.platform === "github") return githubTarget(options);
  if (options.platform === "gitlab") return gitlabTarget(options);
  throw new UsageError(`--platform is ${JSON.stringify(options.platform)}.`, "Give github or gitlab.");
}

async function githubTarget({ pullRequest }: ReviewCommentOptions): Promise<Target | undefined> {
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

function gitlabTarget({ pullRequest }: ReviewCommentOptions): Target {
  const { CI_COMMIT_SHA: sha, CI_JOB_URL: full, CI_MERGE_REQUEST_SOURCE_PROJECT_URL: source } = process.env;
  return {
    platform: new GitlabNotes({
      api: variable("CI_API_V4_URL"),
      project: variable("CI_PROJECT_ID"),
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

function words({ action, url }: CommentOutcome): string {
  const told = {
    created: "comment created",
    updated: "comment updated",
    unchanged: "the comment says so already",
    deleted: "comment deleted: nothing was found",
    none: "no comment: nothing was found",
  };
  return url === undefined ? told[action] : `${told[action]}: ${url}`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
