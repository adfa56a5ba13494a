import { EVERYTHING } from "../../../../review/report/map/filter";
import { columnsNamed, rowsNamed } from "../../../../review/report/map/search";
import { suggestionsFor } from "../../../../review/report/map/suggest";
import { sampleBase, sampleHead } from "../sample";
import { matrixOf } from "./map";

const matrix = matrixOf(sampleBase(), sampleHead());
const rows = (query: string) => rowsNamed(matrix, query).map((row) => matrix.rows[row]?.key);
const columns = (query: string) =>
  columnsNamed(matrix, query).map((column) => matrix.columns[column]?.principals[0]?.title);

test.each([
  ["jwt", "secret/jwt"],
  ["secret/jwt", "secret/jwt"],
  ["secret/data/jwt", "secret/jwt"],
  ["SECRET/metadata/JWT", "secret/jwt"],
  ["secret/destroy/supervisor/tls", "secret/supervisor/tls"],
  ["queue team-supervisor", "secret/supervisor/queue"],
  ["sys/mounts", "sys/mounts"],
])("%s names %s", (query, key) => expect(rows(query)).toEqual([key]));

test("a member of a family leads to the family, and an unknown name to what else its mount may hold", () => {
  expect(rows("projects/odin/key")).toEqual(["secret/projects/+/+"]);
  expect(rows("secret/data/projects/odin/key")).toEqual(["secret/projects/+/+"]);
  expect(rows("secret/never/declared")).toEqual(["secret/*"]);
  expect(rows("projects/odin")).not.toContain("secret/projects/+/+");
});

test("one's own folder leads to the template that it comes from", () => {
  expect(rows("secret/people/ann/key")).toContain("secret/people/{{identity.entity.name}}/*");
});

test("a path with its mount is looked for in no other mount", () => {
  const two = [
    { path: "secret/", type: "kv", kvVersion: 2 as const },
    { path: "other/", type: "kv", kvVersion: 2 as const },
  ];
  const map = matrixOf(undefined, { ...sampleHead(), mounts: two });
  const keys = (query: string) => rowsNamed(map, query).map((row) => map.rows[row]?.key);
  expect(keys("secret/never/declared")).toEqual(["secret/*"]);
  expect(keys("never/declared").sort()).toEqual(["other/*", "secret/*"]);
});

test("a word without a path stands for nothing else", () => expect(rows("odin")).toEqual([]));

test("principals are found by title, address, owner and the policy that they hold", () => {
  expect(columns("goblin-ci")).toEqual(["AppRole goblin-ci"]);
  expect(columns("auth/kubernetes/")).toEqual(["AppRole dotmac"]);
  expect(columns("team-operations")).toEqual(["TokenRole operator"]);
  expect(columns("readonly")).toEqual(["AppRole goblin-assistant"]);
  expect(columns("nobody-of-this-name")).toEqual([]);
});

test("where nothing is found, what may have been meant is told", () => {
  const suggest = (filter: object) =>
    suggestionsFor(matrix, { ...EVERYTHING, ...filter }).map(({ words }) => words);
  expect(suggest({ secret: "goblin-ci" })).toEqual(["Principals named “goblin-ci”"]);
  expect(suggest({ principal: "tls" })).toEqual(["Secrets named “tls”"]);
  expect(suggest({ secret: "destroy" })).toEqual(["Who may destroy versions for good"]);
  expect(suggest({ principal: "sudo" })).toEqual(["Who may use sudo"]);
  expect(suggest({ secret: "jwt", show: "lost" })).toEqual(["Changed or not"]);
  expect(suggest({ secret: "jwt", system: "supervisor" })).toEqual(["In all systems"]);
  expect(suggest({ secret: "jwt", may: "configure" })).toEqual(["Whatever they may do"]);
  expect(suggest({ secret: "nothing-like-that" })).toEqual([]);
  expect(suggest({})).toEqual([]);
});
