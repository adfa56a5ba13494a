import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

/** What cannot be run from inside the tests, and where it is run instead. */
const ELSEWHERE = new Set(["npm test"]);

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

/** A second instance that a document names must not meet one on this machine. */
function inTheStage(command: string, stage: Stage): string {
  return command
    .replace(/STRONGROOM_INSTANCE=(\w+)/, `STRONGROOM_INSTANCE=${stage.instance}-$1`)
    .replace(/STRONGROOM_PORT=\d+/, `STRONGROOM_PORT=${stage.port + 1}`);
}
