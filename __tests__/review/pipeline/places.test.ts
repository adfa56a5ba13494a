import { githubPlaceUrl, gitlabPlaceUrl } from "../../../review/pipeline/place-urls";
import { rebasePlaces } from "../../../review/pipeline/rebase-places";
import { finding, NOTHING, SHORT } from "../render/sample";

const SHA = "91b07de".padEnd(40, "0");
const github = githubPlaceUrl("https://github.com", "org/vault", SHA);

test("a place has its page on the host, at its lines", () => {
  const place = { file: "systems/dotmac.ts", line: 18, endLine: 20 };
  expect(github(place)).toBe(`https://github.com/org/vault/blob/${SHA}/systems/dotmac.ts#L18-L20`);
  expect(gitlabPlaceUrl("https://gitlab.com/g/p", SHA)(place)).toBe(
    `https://gitlab.com/g/p/-/blob/${SHA}/systems/dotmac.ts#L18-20`,
  );
  expect(github({ file: "a b#1.hcl" })).toBe(`https://github.com/org/vault/blob/${SHA}/a%20b%231.hcl`);
});

test.each(["/etc/passwd", "../x", "a/../../x", "", "a//b"])(
  "the file %j outside of the repository has none",
  (file) => {
    expect(github({ file })).toBeUndefined();
  },
);

test("places of a project in a folder are told from the root, everywhere in a finding", () => {
  const review = {
    ...SHORT,
    findings: [
      finding("lint", { ...SHORT.findings[0], alsoAt: [{ file: "a.hcl" }, { file: "/tmp/b.hcl" }] }),
    ],
  };
  const [moved] = rebasePlaces(review, "infra/vault/").findings;
  expect(moved?.place).toEqual({
    file: "infra/vault/systems/dotmac.ts",
    line: 18,
    column: 5,
    endLine: 18,
    endColumn: 44,
  });
  expect(moved?.access?.after.place?.file).toBe("infra/vault/systems/dotmac.ts");
  expect(moved?.alsoAt).toEqual([{ file: "infra/vault/a.hcl" }, { file: "/tmp/b.hcl" }]);
});

test.each(["", ".", "./"])("a project at the root (%j) keeps its places", (folder) => {
  expect(rebasePlaces(SHORT, folder)).toEqual(SHORT);
  expect(rebasePlaces(NOTHING, folder)).toEqual(NOTHING);
});
