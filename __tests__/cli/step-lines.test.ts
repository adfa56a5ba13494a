import { stripVTControlCharacters } from "node:util";
import { stepLine } from "../../cli/step-lines";

const event = { kind: "done", step: "access", text: "63 added", unchanged: false, seconds: 1.94 } as const;
const line = (more: object = {}) => stripVTControlCharacters(stepLine({ ...event, ...more }));

test("a finished step is one line: its name, what came of it, and how long it took", () => {
  expect(line()).toMatch(/^ ✔ access {6}63 added {2}1\.94? s$/);
});

test("a step that found everything as it should be says so", () => {
  expect(line({ unchanged: true, text: "every resource in place" })).toContain(
    "unchanged · every resource in place",
  );
});

test("what belongs to a step stands below it", () => {
  expect(
    line({ details: ["dotmac: 2 principals"] })
      .split("\n")[1]
      ?.trim(),
  ).toBe("dotmac: 2 principals");
});
