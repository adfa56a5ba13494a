import { cellInWords } from "../../../../review/report/map/words";
import { revision } from "../../revision";
import { columnAt, matrixOf, rowAt } from "./map";

const READS = revision({
  policies: { app: 'path "secret/data/app" { capabilities = ["read"] }' },
  roles: { app: ["app"] },
});
const UNREADABLE = revision({
  policies: { app: "" },
  roles: { app: ["app"] },
  doubts: [{ reason: "a bracket is never closed", principals: ["auth/approle/role/app"] }],
});

function cellOf(base: typeof READS, head: typeof READS) {
  const matrix = matrixOf(base, head);
  return matrix.cell(rowAt(matrix, "secret/app"), columnAt(matrix, "AppRole app"));
}

test("what a policy granted that nobody can read any more is not certain, and not told as lost", () => {
  const cell = cellOf(READS, UNREADABLE);
  expect(cell.change).toBe("uncertain");
  expect(cell.slots[0]).toMatchObject({ before: "full", after: "unknown", change: "uncertain" });
  expect(cellInWords(cell, true)).toBe(
    "not certain: read values. Before: read values. After: read values (not certain)",
  );
});

test("what a policy grants that nobody could read before is not certain to be gained", () => {
  expect(cellOf(UNREADABLE, READS).slots[0]).toMatchObject({
    before: "unknown",
    after: "full",
    change: "uncertain",
  });
});

test("where all can be read, what went is lost", () => {
  const nothing = revision({ policies: { app: "" }, roles: { app: ["app"] } });
  expect(cellOf(READS, nothing).change).toBe("lost");
});
