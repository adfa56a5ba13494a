import { bearsMarker } from "../render/marker";
import { fitBody } from "./fit-body";
import { type CommentPlatform, type PlatformComment, UnclearError } from "./platform";

/** What is to be said, and how. */
export interface CommentRequest {
  readonly body: string;
  readonly key?: string;
  /** Nothing was found: no comment is made for that, and one that stands is made quiet or removed. */
  readonly nothing: boolean;
  /** @default "update" */
  readonly whenNothing?: "update" | "delete";
}

/** What became of the comment. */
export interface CommentOutcome {
  readonly action: "created" | "updated" | "unchanged" | "deleted" | "none";
  readonly url?: string;
}

const CREATE_ATTEMPTS = 3;

/**
 * Leaves exactly one comment of ours with the marker of `key`, and it says `body`; none where there is nothing to say and
 * nothing was said before. Comments of others are never touched, even with the marker in them. Of several of ours, which
 * two runs at once can leave, the oldest stays.
 */
export async function postComment(
  platform: CommentPlatform,
  request: CommentRequest,
): Promise<CommentOutcome> {
  const [standing, ...others] = await ours(platform, request.key);
  for (const { id } of others) await platform.remove(id);
  if (standing === undefined) return request.nothing ? { action: "none" } : create(platform, request);
  if (request.nothing && request.whenNothing === "delete") {
    await platform.remove(standing.id);
    return { action: "deleted" };
  }
  return update(platform, request, standing);
}

async function update(
  platform: CommentPlatform,
  request: CommentRequest,
  standing: PlatformComment,
): Promise<CommentOutcome> {
  const body = fitBody(request.body, platform.limit);
  // Platforms trim, and one of them changes the ends of lines.
  if (normal(standing.body) === normal(body)) return outcome("unchanged", standing);
  const updated = await platform.update(standing.id, body);
  if (updated) return outcome("updated", updated);
  return request.nothing ? { action: "none" } : create(platform, request);
}

/** A request whose fate is unclear is not repeated blindly: it could have made the comment. */
async function create(platform: CommentPlatform, request: CommentRequest): Promise<CommentOutcome> {
  const body = fitBody(request.body, platform.limit);
  for (let attempt = 1; ; attempt++) {
    try {
      return outcome("created", await platform.create(body));
    } catch (error) {
      if (!(error instanceof UnclearError) || attempt === CREATE_ATTEMPTS) throw error;
      const [made] = await ours(platform, request.key);
      if (made) return outcome("created", made);
    }
  }
}

async function ours(platform: CommentPlatform, key: string | undefined): Promise<PlatformComment[]> {
  return (await platform.list()).filter(({ mine, body }) => mine && bearsMarker(body, key));
}

function outcome(action: CommentOutcome["action"], { url }: PlatformComment): CommentOutcome {
  return url === undefined ? { action } : { action, url };
}

function normal(body: string): string {
  return body.replaceAll("\r\n", "\n").trim();
}
