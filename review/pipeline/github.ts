import * as v from "valibot";
import { OperationalError, UsageError } from "../../base/errors";
import { ApiClient, type ApiOptions } from "./api-client";
import type { CommentPlatform, PlatformComment } from "./platform";

/** Which pull request, and how its API is reached. */
export interface GithubOptions extends Pick<ApiOptions, "wait" | "timeoutMs"> {
  /** @default https://api.github.com */
  readonly api?: string;
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
  /** The account that the token writes as. @default asked of the API; for a job's own token `github-actions[bot]` */
  readonly author?: string;
}

/** GitHub refuses longer ones: "Body is too long (maximum is 65536 characters)". */
const LIMIT = 65_536;
/** Who a job's own token writes as; such a token may not ask who it is. */
const JOBS_OWN = "github-actions[bot]";

const comment = v.object({
  id: v.number(),
  body: v.nullish(v.string(), ""),
  html_url: v.optional(v.string()),
  user: v.nullable(v.object({ login: v.string() })),
});

/** The conversation of a pull request, by GitHub's REST API ("Issue comments"; every pull request is an issue). */
export class GithubComments implements CommentPlatform {
  readonly limit = LIMIT;
  readonly #api: ApiClient;
  readonly #issues: string;
  readonly #pullRequest: number;
  #author: string | undefined;

  constructor(options: GithubOptions) {
    this.#api = githubApi(options);
    this.#issues = `repos/${repositoryName(options.repository)}/issues`;
    this.#pullRequest = options.pullRequest;
    this.#author = options.author;
  }

  async list(): Promise<PlatformComment[]> {
    const author = await this.#whoAmI();
    const found = await this.#api.all(`${this.#issues}/${this.#pullRequest}/comments?per_page=100`);
    return found.map((one) => read(one, author));
  }

  async create(body: string): Promise<PlatformComment> {
    const answer = await this.#api.call("POST", `${this.#issues}/${this.#pullRequest}/comments`, { body });
    return read(answer.body, await this.#whoAmI());
  }

  async update(id: number, body: string): Promise<PlatformComment | undefined> {
    const answer = await this.#api.call("PATCH", `${this.#issues}/comments/${id}`, { body }, [404, 410]);
    return answer.status < 300 ? read(answer.body, await this.#whoAmI()) : undefined;
  }

  async remove(id: number): Promise<void> {
    await this.#api.call("DELETE", `${this.#issues}/comments/${id}`, undefined, [404, 410]);
  }

  async #whoAmI(): Promise<string> {
    if (this.#author !== undefined) return this.#author;
    const { status, body } = await this.#api.call("GET", "user", undefined, [403]);
    const asked = v.safeParse(v.object({ login: v.string() }), body);
    this.#author = status < 300 && asked.success ? asked.output.login : JOBS_OWN;
    return this.#author;
  }
}

/** The REST API with the headers that GitHub asks for. */
export function githubApi({
  api = "https://api.github.com",
  token,
  wait,
  timeoutMs,
}: Pick<GithubOptions, "api" | "token" | "wait" | "timeoutMs">): ApiClient {
  return new ApiClient({
    base: api,
    headers: {
      accept: "application/vnd.github+json",
      authorization: `Bearer ${token}`,
      "user-agent": "strongroom",
      "x-github-api-version": "2022-11-28",
    },
    ...(wait === undefined ? {} : { wait }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

/** `owner/name`, and nothing that would lead to another path of the API. */
export function repositoryName(text: string): string {
  if (/^[A-Za-z0-9-]+\/(?!\.\.?$)[A-Za-z0-9._-]+$/.test(text)) return text;
  throw new UsageError(`${JSON.stringify(text)} is no repository.`, "Write owner/name.");
}

function read(value: unknown, author: string): PlatformComment {
  const parsed = v.safeParse(comment, value);
  if (!parsed.success)
    throw new OperationalError(
      "GitHub answered with something that is no comment.",
      "Check the API's address.",
    );
  const { id, body, html_url, user } = parsed.output;
  return { id, body, mine: user?.login === author, ...(html_url === undefined ? {} : { url: html_url }) };
}
