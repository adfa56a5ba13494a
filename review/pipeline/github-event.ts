import * as v from "valibot";
import { OperationalError } from "../../base/errors";
import type { ApiClient } from "./api-client";
import { repositoryName } from "./github";

/** The pull request that a job is about, by what GitHub itself says of it. */
export interface ReviewedChange {
  readonly pullRequest: number;
  /** The commit that was reviewed. */
  readonly sha: string;
  /** Where that commit is, `owner/name`. */
  readonly repository: string;
  /** From a fork: the token of the job that reviews it may not write. */
  readonly fork: boolean;
  /** The run that reviewed it, where it is another one than this. */
  readonly runUrl?: string;
}

const sha = v.pipe(v.string(), v.regex(/^[0-9a-f]{40,64}$/));
const number = v.pipe(v.number(), v.integer(), v.minValue(1));
const repository = v.object({ full_name: v.string() });
const pull = v.object({
  number,
  head: v.object({ sha, repo: v.nullish(repository) }),
  base: v.object({ repo: repository }),
});
const run = v.object({
  event: v.string(),
  head_sha: sha,
  head_branch: v.nullable(v.string()),
  head_repository: v.nullable(v.object({ full_name: v.string(), owner: v.object({ login: v.string() }) })),
  html_url: v.optional(v.string()),
});
const pullRequestEvent = v.object({ pull_request: pull });
const workflowRunEvent = v.object({ workflow_run: run });

/**
 * The pull request of an event. For `pull_request` it stands there. For `workflow_run` it is looked up by the commit and
 * the branch that GitHub recorded of the run, for the event names none when the change comes from a fork; nothing that the
 * run itself made is asked. Undefined where that commit is no longer the head of exactly one open pull request.
 */
export async function changeOfEvent(
  event: unknown,
  name: string,
  api: ApiClient,
): Promise<ReviewedChange | undefined> {
  const own = repositoryName(name);
  const direct = v.safeParse(pullRequestEvent, event);
  if (direct.success) return changeOf(direct.output.pull_request, own);
  const later = v.safeParse(workflowRunEvent, event);
  if (later.success) return changeOfRun(later.output.workflow_run, own, api);
  throw new OperationalError(
    "This job's event is about no pull request.",
    "Run it on pull_request or workflow_run, or give --pull-request.",
  );
}

async function changeOfRun(
  { event, head_sha, head_branch, head_repository, html_url }: v.InferOutput<typeof run>,
  own: string,
  api: ApiClient,
): Promise<ReviewedChange | undefined> {
  if (event !== "pull_request" || head_branch === null || head_repository === null) return undefined;
  const head = encodeURIComponent(`${head_repository.owner.login}:${head_branch}`);
  const found = await api.all(`repos/${own}/pulls?state=open&head=${head}&per_page=100`);
  const pulls = v.parse(v.array(pull), found).filter((one) => {
    const same = (text: string | undefined, other: string): boolean =>
      text?.toLowerCase() === other.toLowerCase();
    return (
      one.head.sha === head_sha &&
      same(one.head.repo?.full_name, head_repository.full_name) &&
      same(one.base.repo.full_name, own)
    );
  });
  const [only] = pulls;
  if (only === undefined || pulls.length > 1) return undefined;
  return { ...changeOf(only, own), ...(html_url === undefined ? {} : { runUrl: html_url }) };
}

/** A fork that is gone is still one: its commit is then to be found in this repository. */
function changeOf({ number: pullRequest, head }: v.InferOutput<typeof pull>, own: string): ReviewedChange {
  const from = head.repo?.full_name;
  const fork = from?.toLowerCase() !== own.toLowerCase();
  return { pullRequest, sha: head.sha, repository: repositoryName(from ?? own), fork };
}
