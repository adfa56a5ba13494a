import { UsageError } from "../../base/errors";
import { NotPermittedError } from "../../review/pipeline/platform";
import { type CommentOutcome, postComment } from "../../review/pipeline/post-comment";
import { rebasePlaces } from "../../review/pipeline/rebase-places";
import { renderMarkdown } from "../../review/render/markdown";
import { targetOf } from "./comment-target";
import { readReviewFile } from "./review-file";

export interface ReviewCommentOptions {
  readonly review: string;
  readonly platform: string;
  readonly key?: string;
  readonly whenNothing?: string;
  readonly folder?: string;
  readonly pullRequest?: string;
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
