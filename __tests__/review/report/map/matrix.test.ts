import fc from "fast-check";
import { revision } from "../../revision";
import { sampleBase, sampleHead } from "../sample";
import { matrixOf } from "./map";

const SEGMENT = fc.constantFrom(
  "a",
  "b",
  "+",
  "a*",
  "*",
  "data",
  "metadata",
  "secret",
  "{{identity.entity.name}}",
);
const RULE = fc.record({
  path: fc
    .array(SEGMENT, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("/").replace(/\+\*/g, "+")),
  capabilities: fc.subarray(["read", "list", "create", "update", "delete", "deny"], { minLength: 1 }),
  condition: fc.constantFrom("", 'required_parameters = ["x"]', 'max_wrapping_ttl = "60s"'),
});
const POLICY = fc
  .array(RULE, { maxLength: 5 })
  .map((rules) =>
    rules
      .map(
        ({ path, capabilities, condition }) =>
          `path "${path}" { capabilities = ${JSON.stringify(capabilities)}\n${condition} }`,
      )
      .join("\n"),
  );

test("no row that is granted anything is missed, and none that changed", () => {
  fc.assert(
    fc.property(POLICY, POLICY, (before, after) => {
      const side = (text: string) =>
        revision({
          mounts: [
            { path: "secret/", type: "kv", kvVersion: 2 },
            { path: "b/", type: "kv", kvVersion: 1 },
          ],
          policies: { p: text === "" ? "# none" : text },
          roles: { r: ["p"] },
          secrets: ["secret/", "b/"].flatMap((mount) =>
            ["a", "a/b", "b/a", "b/+"].map((path) => ({ mount, path, title: path })),
          ),
        });
      const matrix = matrixOf(side(before), side(after));
      const all = matrix.rows.map((_, row) => row);
      expect(matrix.reached(0)).toEqual(all.filter((row) => !matrix.cell(row, 0).empty));
      expect(matrix.changed(0)).toEqual(all.filter((row) => matrix.cell(row, 0).change !== "same"));
    }),
    { numRuns: 300 },
  );
});

test("a revision held against itself changed nowhere", () => {
  const matrix = matrixOf(sampleHead(), sampleHead());
  expect(matrix.columns.flatMap((_, column) => matrix.changed(column))).toEqual([]);
});

test("what is gained one way round is lost the other", () => {
  const tell = (one: ReturnType<typeof matrixOf>, gained: string) =>
    one.columns
      .flatMap(({ principals }, column) =>
        one.rows.flatMap((row, index) =>
          one
            .cell(index, column)
            .slots.flatMap(({ parts }) =>
              parts
                .filter(({ change }) => change === gained)
                .map(({ part }) => `${principals[0]?.name} ${row.key} ${part.id}`),
            ),
        ),
      )
      .sort();
  const there = matrixOf(sampleBase(), sampleHead());
  const back = matrixOf(sampleHead(), sampleBase());
  expect(tell(there, "gained").length).toBeGreaterThan(20);
  expect(tell(back, "lost")).toEqual(tell(there, "gained"));
  expect(tell(back, "gained")).toEqual(tell(there, "lost"));
});
