import { compareRevisions } from "../../../review/ask/compare-revisions";
import { revision } from "../revision";

const told = (...[before, after]: Parameters<typeof compareRevisions>) =>
  compareRevisions(before, after).differences.map(
    ({ difference, holders }) =>
      `${holders.join(", ")}: ${difference.kind} ${difference.capability} ${difference.witness}`,
  );

const read = 'path "a" { capabilities = ["read"] }';
const list = 'path "a" { capabilities = ["list"] }';

test("principals of the same difference are told together, with the line on each side", () => {
  const before = revision({ policies: { p: read }, roles: { one: ["p"], two: ["p"], idle: [] } });
  const after = revision({
    policies: { p: `# moved\n${read.replace("read", "update")}` },
    roles: { one: ["p"], two: ["p"], idle: [] },
  });
  const { differences, unchanged } = compareRevisions(before, after);
  expect(told(before, after)).toEqual([
    "AppRole one, AppRole two: gained update a",
    "AppRole one, AppRole two: lost read a",
  ]);
  expect(differences[0]).toMatchObject({ before: [{ place: { line: 1 } }], after: [{ place: { line: 2 } }] });
  expect(unchanged).toBe(1);
});

test("single files are compared whatever they are called, folders by name", () => {
  expect(told(revision({ policies: { old: read } }), revision({ policies: { new: list } }))).toHaveLength(2);
  const folder = (one: string) => revision({ policies: { one, two: read } });
  expect(told(folder(read), folder("# nothing"))).toEqual(["Policy one: lost read a"]);
  expect(told(folder(read), folder(read))).toEqual([]);
});

test("who came or went is told so", () => {
  const before = revision({ policies: { p: read }, roles: { old: ["p"] } });
  const after = revision({ policies: { p: read }, roles: { new: ["p"] } });
  expect(told(before, after)).toEqual([
    "AppRole old (gone): lost read a",
    "AppRole new (new): gained read a",
  ]);
});

test("what a source could not tell is a difference that nobody can rule out", () => {
  const doubtful = revision({
    policies: { p: read },
    roles: { one: ["p"] },
    doubts: [{ reason: "its policies are not known" }],
  });
  expect(compareRevisions(doubtful, doubtful).differences.map(({ difference }) => difference.kind)).toEqual([
    "unknown",
  ]);
});
