import { execFileSync } from "node:child_process";
import { type Action, type GitlabJob, type Step, textOf, type Workflow, yamlOf } from "./yaml-files";

const action = yamlOf<Action>("action.yml");
const review = yamlOf<Workflow>(".github/workflows/access-review.yml");
const comment = yamlOf<Workflow>(".github/workflows/access-review-comment.yml");
const gitlab = yamlOf<Record<string, GitlabJob>>("ci/gitlab-review.yml");

const stepsOf = (workflow: Workflow): Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);
const everyStep = [...action.runs.steps, ...stepsOf(review), ...stepsOf(comment)];
const scripts = everyStep.flatMap(({ run }) => (run === undefined ? [] : [run]));

/** Variables that GitHub's runners set themselves ("Variables reference"). */
const GITHUBS_OWN = [
  "RUNNER_TEMP",
  "GITHUB_REPOSITORY",
  "GITHUB_ACTOR",
  "GITHUB_SHA",
  "GITHUB_OUTPUT",
  "GITHUB_STEP_SUMMARY",
];

test("no script holds an expression: what people write never becomes code", () => {
  expect(scripts.length).toBeGreaterThan(6);
  for (const script of scripts) expect(script).not.toContain("${{");
});

test("every script is one that bash can read", () => {
  const bash = (script: string) =>
    execFileSync("bash", ["-n"], { input: script, stdio: ["pipe", "pipe", "pipe"] });
  for (const script of scripts) bash(script);
  bash(
    Object.values(gitlab)
      .flatMap(({ script }) => script)
      .join("\n"),
  );
  expect(() => bash("if true; then")).toThrow();
});

test("every step of the action says its shell, as composite actions must", () => {
  expect(action.runs.using).toBe("composite");
  for (const { run, shell } of action.runs.steps) expect(shell).toBe(run === undefined ? undefined : "bash");
});

test("every input that is used exists, every input is used, and each says what it is for", () => {
  const used = [...textOf("action.yml").matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
  for (const { description } of Object.values(action.inputs)) expect(description.length).toBeGreaterThan(20);
});

test("every output of a step that is used is written by an earlier step", () => {
  const steps = action.runs.steps;
  for (const [index, step] of steps.entries()) {
    for (const [, id, name] of JSON.stringify(step).matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      const source = steps.slice(0, index).find((earlier) => earlier.id === id);
      expect(source?.run).toMatch(new RegExp(`echo "${name}=`));
    }
  }
});

test("every variable of a script is given to it, made by it, or GitHub's own", () => {
  for (const { run = "", env = {} } of everyStep) {
    const made = [...run.matchAll(/(?:^|[\s;(])([A-Za-z_]+)=|for (\w+) in|!? ?([A-Z]+)=/g)].flatMap((match) =>
      match.slice(1),
    );
    const known = new Set([...Object.keys(env), ...made, ...GITHUBS_OWN]);
    for (const [, name = ""] of run.matchAll(/\$\{?([A-Za-z_]\w*)/g)) expect([...known]).toContain(name);
  }
});

test("every variable stands in quotes", () => {
  for (const script of scripts) {
    const outside = script.replace(/"(?:\\.|[^"\\])*"/gs, "").replace(/\[\[.*?\]\]/gs, "");
    expect(outside.match(/\$[A-Za-z_{][\w]*/g) ?? []).toEqual([]);
  }
});

test("every action of others is pinned by a full commit with its version beside it", () => {
  const others = everyStep.flatMap(({ uses }) => (uses === undefined || uses.startsWith("./") ? [] : [uses]));
  expect(others.length).toBeGreaterThan(4);
  for (const uses of others) expect(uses).toMatch(/@[0-9a-f]{40}$/);
  for (const file of [
    "action.yml",
    ".github/workflows/access-review.yml",
    ".github/workflows/access-review-comment.yml",
  ]) {
    for (const line of textOf(file).match(/^.*uses: (?!\.\/).*$/gm) ?? [])
      expect(line).toMatch(/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  }
});

test("the review's workflow has the least rights, and gives the action only inputs that it has", () => {
  expect(review.permissions).toEqual({
    contents: "read",
    "pull-requests": "write",
    "security-events": "write",
  });
  expect(Object.keys(review.on)).toEqual(["pull_request"]);
  const given = stepsOf(review).find(({ uses }) => uses === "./")?.with ?? {};
  for (const name of Object.keys(given)) expect(Object.keys(action.inputs)).toContain(name);
});

test("the workflow with a token that writes runs nothing of a fork", () => {
  expect(comment.on.workflow_run?.workflows).toEqual([review.name]);
  expect(Object.keys(comment.on)).toEqual(["workflow_run"]);
  expect(comment.permissions).toEqual({});
  const [job] = Object.values(comment.jobs);
  expect(job?.permissions).toEqual({ contents: "read", actions: "read", "pull-requests": "write" });
  expect(job?.if).toContain("head_repository.full_name != github.repository");
  const checkout = job?.steps.find(({ uses }) => uses?.startsWith("actions/checkout@"));
  expect(checkout?.with).toEqual({ "persist-credentials": false });
  // What the fork's run made is unpacked outside the checkout, and read by one command only.
  const touching = job?.steps.filter((step) => JSON.stringify(step).includes("untrusted")) ?? [];
  expect(touching.map(({ name }) => name)).toEqual(["Fetch the review", "Comment"]);
  expect(touching[0]?.with?.path).toMatch(/^\$\{\{ runner\.temp \}\}\//);
  expect(touching[1]?.run).toMatch(/^node bin\/strongroom\.mjs review-comment [^;|&]*$/);
});

test("only the steps that write have the token", () => {
  const withToken = everyStep
    .filter((step) => /github\.token|inputs\.token/.test(JSON.stringify(step)))
    .map(({ name }) => name);
  expect(withToken).toEqual(["Comment", "Fetch the review", "Comment"]);
});

test("the artifact that the second workflow fetches is the one that the action keeps", () => {
  const kept = action.runs.steps.find(({ name }) => name === "Keep the review")?.with?.name;
  const fetched = stepsOf(comment).find(({ name }) => name === "Fetch the review")?.with?.name;
  expect(kept?.replace(/\$\{\{ inputs\.key \}\}/, action.inputs.key?.default ?? "")).toBe(fetched);
});

test("the GitLab job keeps its report whatever comes of it, and its token stands in no command", () => {
  const { "access-review": job } = gitlab;
  expect(job?.artifacts).toMatchObject({ when: "always", reports: { junit: "access-review/review.xml" } });
  const commands = job?.script.join("\n") ?? "";
  expect(commands).not.toMatch(/echo [^\n]*\$\{?STRONGROOM_GITLAB_TOKEN/);
  expect(commands.match(/STRONGROOM_GITLAB_TOKEN/g)).toHaveLength(2);
  for (const name of commands.match(/(?<=\$\{?)STRONGROOM_(?!GITLAB)\w+/g) ?? [])
    expect(Object.keys(job?.variables ?? {})).toContain(name);
});
