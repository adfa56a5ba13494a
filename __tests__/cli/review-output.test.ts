import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperationalError, UsageError } from "../../base/errors";
import { formatOf, outputsOf, writeReview } from "../../cli/review-output";
import { sampleReview } from "../review/report/sample";

test.each([
  ["review.html", "html"],
  ["review.HTM", "html"],
  ["a.b/review.sarif", "sarif"],
  ["review.sarif.json", "sarif"],
  ["REVIEW.SARIF.JSON", "sarif"],
  ["review.json", "json"],
  ["review.md", "markdown"],
  ["review.xml", "junit"],
  ["review.txt", "terminal"],
])("%s is written as %s", (path, format) => expect(outputsOf([path])).toEqual([{ path, format }]));

test.each(["review", "review.pdf"])("%j does not tell its format", (path) => {
  expect(() => outputsOf([path])).toThrow(UsageError);
});

test("a word that is no format is refused with those that are", () => {
  expect(formatOf("sarif")).toBe("sarif");
  expect(() => formatOf("pdf")).toThrow(UsageError);
});

describe("what is written", () => {
  const folder = mkdtempSync(join(tmpdir(), "strongroom-output-"));
  let printed = "";

  beforeEach(() => {
    printed = "";
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      printed += text;
      return true;
    });
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("every file has its format, and what is printed says where the page is", () => {
    const [page, json] = [join(folder, "deep", "review.html"), join(folder, "review.json")];
    writeReview(sampleReview(), "terminal", outputsOf([page, json]));
    expect(printed.replace(/\s+/g, " ")).toContain(`In full: ${page}`);
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>/);
    expect(JSON.parse(readFileSync(json, "utf8"))).toMatchObject({ schema_version: 1 });
  });

  test("a file that cannot be written is an error, and the review is printed all the same", () => {
    const file = join(folder, "review.md");
    writeReview(sampleReview(), "terminal", outputsOf([file]));
    printed = "";
    expect(() => writeReview(sampleReview(), "terminal", outputsOf([join(file, "below.md")]))).toThrow(
      OperationalError,
    );
    expect(printed).toContain("can now read values of");
  });
});
