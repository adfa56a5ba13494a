import { askGit } from "./git";

/**
 * How a review calls the working tree of a project: by its commit, `91b07de`, where nothing in the project's folder differs from
 * it, as in a pipeline; else, and outside of git, `working tree`.
 */
export async function treeLabel(project: string): Promise<string> {
  const changes = await askGit(project, ["status", "--porcelain", "--untracked-files=normal", "--", "."]);
  if (changes !== "") return "working tree";
  const commit = await askGit(project, ["rev-parse", "--verify", "--quiet", "HEAD"]);
  return commit?.slice(0, 7) ?? "working tree";
}
