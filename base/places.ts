import { homedir } from "node:os";
import { join } from "node:path";

/**
 * Where Strongroom keeps things outside the repository. Both can be moved, which is how tests and second
 * environments on one machine stay apart; the defaults follow the XDG base directories.
 */

/**
 * Custody, the operator's identity and short-lived tokens: nothing here may be shared or committed.
 * @default `$STRONGROOM_HOME`, else `$XDG_STATE_HOME/strongroom`, else `~/.local/state/strongroom`
 */
export function homeDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return env.STRONGROOM_HOME || join(env.XDG_STATE_HOME || join(homedir(), ".local", "state"), "strongroom");
}

/**
 * Tools that can be had again at any time: binaries, providers, downloads.
 * @default `$STRONGROOM_CACHE`, else `$XDG_CACHE_HOME/strongroom`, else `~/.cache/strongroom`
 */
export function cacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return env.STRONGROOM_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "strongroom");
}
