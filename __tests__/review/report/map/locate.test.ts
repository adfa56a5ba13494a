import { locate } from "../../../../review/report/map/locate";
import { sampleReview } from "../sample";
import { matrixOf } from "./map";

const { review, base, head } = sampleReview();
const matrix = matrixOf(base, head);

function place(id: string): string[] | undefined {
  const finding = review.findings.find((each) => each.id === id);
  const spot = finding && locate(matrix, finding);
  return spot && [matrix.rows[spot.row]?.key ?? "", matrix.columns[spot.column]?.key ?? ""];
}

test("a finding leads to the cell of its witness", () => {
  expect(place("g1")).toEqual(["secret/goblin-assistant/providers/openai-gpt4", "auth/approle/role/dotmac"]);
});

test("one about a folder leads to a secret in it", () => {
  expect(place("l1")?.[0]).toMatch(/^secret\/goblin-assistant\/providers\//);
});

test("one that is about no access leads to no cell", () => {
  expect(place("e1")).toBeUndefined();
});
