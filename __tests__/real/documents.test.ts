import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

/** What needs more than a copy of the project, and the suite that runs it with what it needs. */
const ELSEWHERE = new Map([
  ["npm test", "itself"],
  ["terraform plan -out=plan && terraform show -json plan > plan.json", "review-sources"],
  ["npx strongroom review --base state.json --head plan.json", "review-sources"],
  ["npx strongroom drift --server https://vault.example.com:8200 --format json", "drift"],
  [
    "npx strongroom review-comment --review review.json --platform github --pull-request 17",
    "__tests__/review/pipeline",
  ],
]);

const documents = [
  "README.md",
  ...readdirSync("docs")
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];

/** Every command of the documents, in its order, in one copy of the project, as a reader would type it. */
describe.each(documents.filter((file) => commandsIn(file).length > 0))("%s", (file) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open();
    underGit(stage.folder);
  });
  afterAll(() => stage.close());

  it.each(commandsIn(file))("%s", async (command) => {
    const { exitCode, output } = await stage.run("sh", ["-c", inTheStage(command, stage)], {
      HOME: stage.root,
    });

    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.any(String) });
  });
});

it("finds commands in the documents at all", () => {
  expect(commandsIn("README.md")).toContain("npm start");
  expect(commandsIn("README.md").length).toBeGreaterThan(8);
});

/** The lines of `sh` blocks; what is only shown stands in `text` blocks. */
function commandsIn(file: string): string[] {
  const blocks = [...readFileSync(file, "utf8").matchAll(/^```sh\n(.*?)^```/gms)].map(
    (match) => match[1] ?? "",
  );
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/ +#.*$/, "").trim())
    .filter((line) => line !== "" && !line.startsWith("#") && !ELSEWHERE.has(line));
}

/** As a clone is: on a branch that left the default branch here. */
function underGit(folder: string): void {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
  git("init", "--initial-branch=main");
  git("config", "user.name", "A reader");
  git("config", "user.email", "reader@example.com");
  git("add", "--all");
  git("commit", "--message", "A clone");
  git("switch", "--create", "feature");
}

/** A second instance that a document names must not meet one on this machine. */
function inTheStage(command: string, stage: Stage): string {
  return command
    .replace(/STRONGROOM_INSTANCE=(\w+)/, `STRONGROOM_INSTANCE=${stage.instance}-$1`)
    .replace(/STRONGROOM_PORT=\d+/, `STRONGROOM_PORT=${stage.port + 1}`);
}
