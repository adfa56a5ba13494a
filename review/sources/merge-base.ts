/**
 * The commit against which a change is reviewed by default: where HEAD left the default branch.
 * @param project the project's folder
 * @returns a full commit id
 * @throws UsageError outside of git; OperationalError where the clone is too shallow to tell, with the depth to fetch
 */
export async function defaultBase(project: string, _env: NodeJS.ProcessEnv = process.env): Promise<string> {
  throw new Error(project);
}
