import * as v from "valibot";
import { OperationalError } from "../../base/errors";
import { ApiClient, type ApiOptions } from "./api-client";
import type { CommentPlatform, PlatformComment } from "./platform";

/** Which merge request, and how its API is reached. */
export interface GitlabOptions extends Pick<ApiOptions, "wait" | "timeoutMs"> {
  /** `https://gitlab.com/api/v4` */
  readonly api: string;
  /** Its number, or its path with namespace. */
  readonly project: string;
  /** The number in its project. */
  readonly mergeRequest: number;
  /** Of a project or group, with the scope `api`; a job's own token may not write notes. */
  readonly token: string;
}

const LIMIT = 1_000_000;

const note = v.object({
  id: v.number(),
  body: v.nullish(v.string(), ""),
  system: v.optional(v.boolean(), false),
  author: v.object({ id: v.number() }),
});

/** The notes of a merge request, by GitLab's REST API ("Notes"). */
export class GitlabNotes implements CommentPlatform {
  readonly limit = LIMIT;
  readonly #api: ApiClient;
  readonly #notes: string;
  #author: number | undefined;

  constructor({ api, project, mergeRequest, token, wait, timeoutMs }: GitlabOptions) {
    this.#api = new ApiClient({
      base: api,
      headers: { "private-token": token, "user-agent": "strongroom" },
      ...(wait === undefined ? {} : { wait }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    this.#notes = `projects/${encodeURIComponent(project)}/merge_requests/${mergeRequest}/notes`;
  }

  async list(): Promise<PlatformComment[]> {
    const author = await this.#whoAmI();
    const found = await this.#api.all(`${this.#notes}?sort=asc&order_by=created_at&per_page=100`);
    return found.map((one) => read(one, author));
  }

  async create(body: string): Promise<PlatformComment> {
    return read((await this.#api.call("POST", this.#notes, { body })).body, await this.#whoAmI());
  }

  async update(id: number, body: string): Promise<PlatformComment | undefined> {
    const answer = await this.#api.call("PUT", `${this.#notes}/${id}`, { body }, [404]);
    return answer.status < 300 ? read(answer.body, await this.#whoAmI()) : undefined;
  }

  async remove(id: number): Promise<void> {
    await this.#api.call("DELETE", `${this.#notes}/${id}`, undefined, [404]);
  }

  async #whoAmI(): Promise<number> {
    if (this.#author !== undefined) return this.#author;
    const asked = v.safeParse(v.object({ id: v.number() }), (await this.#api.call("GET", "user")).body);
    if (!asked.success)
      throw new OperationalError(
        "GitLab does not say whose the token is.",
        "Use a project's token with the scope api.",
      );
    this.#author = asked.output.id;
    return this.#author;
  }
}

function read(value: unknown, author: number): PlatformComment {
  const parsed = v.safeParse(note, value);
  if (!parsed.success)
    throw new OperationalError("GitLab answered with something that is no note.", "Check the API's address.");
  const { id, body, system, author: writer } = parsed.output;
  return { id, body, mine: !system && writer.id === author };
}
