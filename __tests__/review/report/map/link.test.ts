import fc from "fast-check";
import { EVERYTHING, type Filter } from "../../../../review/report/map/filter";
import { readLink, writeLink } from "../../../../review/report/map/link";

const VIEWS = ["findings", "map"];

test("a link says only what is not so anyway", () => {
  expect(writeLink({ view: "map", filter: { ...EVERYTHING, secret: "db" }, side: "both" })).toBe(
    "#view=map&secret=db",
  );
});

test("every link leads back to where it was made", () => {
  const text = fc.string({ unit: "grapheme" });
  const key = text.filter((some) => some !== "");
  const link = fc.record({
    view: fc.constantFrom(...VIEWS),
    filter: fc.record({
      secret: text,
      principal: text,
      system: text,
      may: text,
      show: fc.constantFrom<Filter["show"]>("", "changed", "gained", "lost", "altered", "uncertain"),
    }),
    find: key,
    side: fc.constantFrom("both" as const, "before" as const, "after" as const),
    subject: fc
      .record({ row: key, column: key }, { requiredKeys: [] })
      .filter(({ row, column }) => row !== undefined || column !== undefined),
  });
  fc.assert(
    fc.property(link, (given) => {
      const { side = "both", ...read } = readLink(writeLink(given), VIEWS);
      expect({ ...read, side }).toEqual(given);
    }),
  );
});

test("what it does not know is as if it were not there", () => {
  expect(readLink("#view=evil&show=<script>&side=up&cell=only", VIEWS)).toEqual({ filter: EVERYTHING });
});
