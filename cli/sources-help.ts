/** What can stand for a source, below the help of commands that take one (review/sources/read-revision.ts, docs/review.md). */
export const SOURCES_HELP = `
Sources:
  .                     the working tree of this project, synthesized
  REV, git:REV          this project at a git revision, synthesized; git:REV also where a file has that name
  cdktf.out             a folder with stacks/ or cdk.tf.json, and catalog.json beside it
  plan.json             what \`terraform show -json\` prints of a plan or a state, or a cdk.tf.json
  policies/             a folder of .hcl and .json policies, with roles.yaml: who holds which
  live, https://…       a server, asked by GET and LIST alone; \`policy print reviewer\` prints the policy that is enough
  none                  nothing: against it everything is new
`;
