import { OperationalError, UsageError } from "../../../base/errors";
import { askGit, checkRepository, commitOf, isShallow, tooShallow } from "./git";

/**
 * The commit against which a change is reviewed by default: where HEAD left the default branch. A pull request's pipeline
 * says its target (GITHUB_BASE_REF) or the commit itself (CI_MERGE_REQUEST_DIFF_BASE_SHA; of a merged result, which holds the
 * target as well, CI_MERGE_REQUEST_TARGET_BRANCH_SHA).
 * @param project the project's folder
 * @returns a full commit id
 * @throws UsageError outside of git, or without a default branch; OperationalError where the clone is too shallow to tell, with
 * the depth to fetch
 */
export async function defaultBase(project: string, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  await checkRepository(project);
  const said = env.CI_MERGE_REQUEST_TARGET_BRANCH_SHA || env.CI_MERGE_REQUEST_DIFF_BASE_SHA;
  if (said) return commitOf(project, said);
  const branch = await targetBranch(project, env);
  const base = await askGit(project, ["merge-base", "HEAD", branch]);
  if (base) return base;
  if (await isShallow(project)) throw tooShallow(`the commit where HEAD left ${branch}`);
  throw new OperationalError(
    `HEAD and ${branch} have no commit in common.`,
    "Give the base yourself: --base REV, or a plan, a folder, a server.",
  );
}

async function targetBranch(project: string, env: NodeJS.ProcessEnv): Promise<string> {
  const wanted = env.GITHUB_BASE_REF || env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  const named = await askGit(project, ["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"]);
  const candidates = wanted
    ? [`origin/${wanted}`, wanted]
    : [...(named ? [named] : []), "origin/main", "origin/master", "main", "master"];
  for (const branch of candidates) {
    const found = await askGit(project, ["rev-parse", "--verify", "--quiet", `${branch}^{commit}`]);
    if (found) return branch;
  }
  if (await isShallow(project))
    throw tooShallow(wanted ? `the target branch ${wanted}` : "the default branch");
  throw new UsageError(
    wanted
      ? `git knows no branch "${wanted}".`
      : "git knows no default branch: neither main nor master, here or at origin.",
    wanted
      ? `Fetch it: \`git fetch origin ${wanted}\`.`
      : "Give the base yourself: --base REV, or a plan, a folder, a server.",
  );
}
