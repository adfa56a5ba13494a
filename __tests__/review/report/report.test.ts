import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { ReportData } from "../../../review/report/data";
import { renderAccessMap, renderReport } from "../../../review/report/report";
import { revision } from "../revision";
import { sampleHead, sampleReview } from "./sample";

function dataOf(page: string): ReportData {
  const packed = /<script type="text\/plain" id="data">([A-Za-z0-9+/=]+)<\/script>/.exec(page)?.[1] ?? "";
  return JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString("utf8"));
}

test("the page is whole: nothing in it is asked of anybody else", () => {
  const page = renderReport(sampleReview());
  expect(page).not.toMatch(/\b(src|href)="(?!data:)/);
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/)/);
  expect(page).not.toMatch(/<!--|@import|url\(/);
});

test("its policy lets its own script and style run, and nothing else", () => {
  const page = renderReport(sampleReview());
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
  const hash = (text: string | undefined) =>
    createHash("sha256")
      .update(text ?? "")
      .digest("base64");
  const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${hash(script)}'; style-src 'sha256-${hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'`,
  );
});

test("the same review is the same page", () => {
  expect(renderReport(sampleReview())).toBe(renderReport(sampleReview()));
});

test("what is told of everything that is no finding is told in the page too", () => {
  expect(dataOf(renderReport(sampleReview())).closing).toBe(
    "Unchanged: 4 principals. 1 of 2 guardrails hold. Nothing is unknown.",
  );
  expect(dataOf(renderAccessMap({ revision: sampleHead() })).closing).toBeUndefined();
});

test("two revisions that are nearly equal are carried once", () => {
  const review = sampleReview();
  const { policies, secrets, base, head } = dataOf(renderReport(review));
  expect(secrets.length).toBe(review.head.secrets.length);
  expect(policies.length).toBe(review.head.policies.length + 2);
  expect(base?.secrets).toEqual(head.secrets);
});

test("guardrails are judged as they stand, whoever broke them first", () => {
  const [writes, destroys] = dataOf(
    renderAccessMap({ revision: sampleHead(), now: Date.parse("2026-01-01") }),
  ).guardrails;
  expect(writes?.breaches.map(({ title, waived }) => [title, waived])).toEqual(
    expect.arrayContaining([
      ["AppRole dotmac", false],
      ["TokenRole operator", true],
    ]),
  );
  expect(destroys?.breaches.map(({ how }) => how)).toContain(
    'update secret/destroy/database/postgres, by path "secret/destroy/*"',
  );
});

test("a map says who can get everything, and a review leaves that to its findings", () => {
  expect(dataOf(renderAccessMap({ revision: sampleHead() })).escalations.map(({ title }) => title)).toEqual([
    "AppRole goblin-ci",
  ]);
  expect(dataOf(renderReport(sampleReview())).escalations).toEqual([]);
});

const HOSTILE = `</script><script>alert(1)</script><!-- "'\u2028\u202e{{data}}$&<img src=x onerror=alert(1)>`;

test("no name can break out of the page, not even out of its title", () => {
  const side = revision({
    label: HOSTILE,
    policies: { [HOSTILE]: "# none" },
    roles: { [HOSTILE]: [HOSTILE] },
  });
  const page = renderReport({ ...sampleReview(), base: side, head: side });
  expect(page.match(/<script/g)?.length).toBe(2);
  expect(page).not.toContain("alert(1)</script>");
  expect(page).not.toContain("<img");
  expect(page).not.toMatch(/[\u2028\u202e]/);
  expect(dataOf(page).head.label).toBe(HOSTILE);
});
