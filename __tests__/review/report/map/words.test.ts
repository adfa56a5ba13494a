import { cellInWords } from "../../../../review/report/map/words";
import { sampleBase, sampleHead } from "../sample";
import { columnAt, matrixOf, rowAt } from "./map";

function words(matrix: ReturnType<typeof matrixOf>, key: string, title: string): string {
  return cellInWords(matrix.cell(rowAt(matrix, key), columnAt(matrix, title)), matrix.before !== undefined);
}

test("a cell that changed says how, what was and what is", () => {
  const matrix = matrixOf(sampleBase(), sampleHead());
  expect(words(matrix, "secret/goblin-assistant/providers/anthropic", "AppRole goblin-assistant")).toBe(
    "gained: read metadata (ages, versions, custom fields); lost: see names. Before: read values, see names. After: read values, read metadata (ages, versions, custom fields)",
  );
});

test("one that did not says what is", () => {
  const matrix = matrixOf(sampleBase(), sampleHead());
  expect(words(matrix, "secret/projects/+/+", "AppRole supervisor")).toBe("read values");
  expect(words(matrix, "secret/jwt", "AppRole supervisor")).toBe("no access");
});

test("conditions and parts are said", () => {
  const matrix = matrixOf(undefined, sampleHead());
  expect(words(matrix, "secret/goblin-assistant/providers/anthropic", "AppRole goblin-ci")).toBe(
    "write new versions (under conditions)",
  );
  expect(words(matrix, "secret/supervisor/queue", "AppRole supervisor")).toContain("brought back (in part)");
});
