import { OperationalError } from "../../base/errors";

/** A comment on a change as its platform knows it. */
export interface PlatformComment {
  readonly id: number;
  readonly body: string;
  /** Whether the account of the token wrote it: nobody else's comment is ever touched, whatever it holds. */
  readonly mine: boolean;
  readonly url?: string;
}

/** The comments of one pull or merge request. */
export interface CommentPlatform {
  /** The longest body it takes, in characters. */
  readonly limit: number;
  /** All comments, the oldest first. */
  list(): Promise<PlatformComment[]>;
  create(body: string): Promise<PlatformComment>;
  /** The comment with its new body; undefined where it is no longer there. */
  update(id: number, body: string): Promise<PlatformComment | undefined>;
  /** Nothing where it is gone already. */
  remove(id: number): Promise<void>;
}

/** The platform does not let this token write: on changes from forks that is how it should be. */
export class NotPermittedError extends OperationalError {}

/** It may or may not have been done: a server failed or a connection broke after the request was sent. */
export class UnclearError extends OperationalError {}
