import { applyFilter, EVERYTHING, type Filter } from "../../../../review/report/map/filter";
import { sampleBase, sampleHead } from "../sample";
import { matrixOf } from "./map";

const matrix = matrixOf(sampleBase(), sampleHead());

function ask(filter: Partial<Filter>) {
  const { rows, columns, cells } = applyFilter(matrix, { ...EVERYTHING, ...filter });
  return {
    rows: rows.map((row) => matrix.rows[row]?.key),
    columns: columns.map((column) => matrix.columns[column]?.principals[0]?.title),
    cells,
  };
}

test("nothing asked shows everything, and counts no cells", () => {
  const { rows, columns, cells } = ask({});
  expect([rows.length, columns.length, cells]).toEqual([
    matrix.rows.length,
    matrix.columns.length,
    undefined,
  ]);
});

test("asked for a secret, only those stay who may do something to it", () => {
  expect(ask({ secret: "supervisor queue" })).toEqual({
    rows: ["secret/supervisor/queue"],
    columns: ["AppRole dotmac", "TokenRole operator", "AppRole legacy-backup", "AppRole supervisor"],
    cells: 4,
  });
});

test("asked for a principal, only what it may do something to stays", () => {
  expect(ask({ principal: "approle goblin-ci" }).rows).toEqual([
    "secret/goblin-assistant/providers/anthropic",
    "secret/goblin-assistant/providers/openai-gpt4",
    "auth/token/lookup-self",
    "cubbyhole/*",
    "sys/policies/acl/*",
  ]);
});

test("asked for an intent, both", () => {
  expect(ask({ may: "destroy", system: "dotmac" }).columns).toEqual(
    ["AppRole dotmac", "TokenRole operator"].slice(0, 2),
  );
  expect(ask({ may: "configure" })).toMatchObject({ rows: ["secret/"], columns: ["TokenRole operator"] });
});

test("kinds of change part what changed", () => {
  const changed = ask({ show: "changed" }).cells ?? 0;
  const parts = (["gained", "lost", "altered", "uncertain"] as const).map((show) => ask({ show }));
  // The second of them can no longer patch.
  expect(parts[1]?.columns).toEqual([
    "AppRole goblin-assistant",
    "AppRole goblin-ci",
    "AppRole legacy-backup",
  ]);
  expect(changed).toBeGreaterThan(20);
  for (const { cells } of parts) expect(cells ?? 0).toBeLessThan(changed);
});

test("what nothing answers to is empty", () => {
  expect(ask({ secret: "no such secret" })).toEqual({ rows: [], columns: [], cells: 0 });
});
