import fc from "fast-check";
import type { Review } from "../../../review/finding";
import { renderJunit } from "../../../review/render/junit";
import { anyText } from "./arbitrary";
import { EVERY_KIND, finding, HOSTILE, hostileReview, long, NOTHING, SHORT } from "./sample";
import { readXml, type XmlElement } from "./xml";

// Tries many texts: slow on a busy machine.
jest.setTimeout(30_000);

const casesOf = (review: Review): XmlElement[] => suitesOf(review).flatMap(({ children }) => children);

function suitesOf(review: Review): XmlElement[] {
  const root = readXml(renderJunit(review));
  expect(root.name).toBe("testsuites");
  expect(root.attributes).toMatchObject(totals(root.children.flatMap(({ children }) => children)));
  for (const suite of root.children) {
    expect(suite.name).toBe("testsuite");
    expect(suite.attributes).toMatchObject(totals(suite.children));
    for (const { name, attributes } of suite.children) {
      expect(name).toBe("testcase");
      expect(attributes.name && attributes.classname).toBeTruthy();
    }
  }
  return root.children;
}

function totals(cases: readonly XmlElement[]): Record<string, string> {
  const count = (outcome: string) =>
    `${cases.filter(({ children }) => children[0]?.name === outcome).length}`;
  return { tests: `${cases.length}`, failures: count("failure"), errors: count("error") };
}

test("a warning fails, with place and witness; a note passes and says what it says", () => {
  const cases = casesOf(SHORT);
  const gained = cases.find(({ attributes }) => attributes.name?.includes("read values"));
  expect(gained?.attributes).toMatchObject({
    classname: "strongroom.gained",
    file: "systems/dotmac.ts",
    line: "18",
  });
  expect(gained?.children[0]).toMatchObject({ name: "failure", attributes: { type: "gained" } });
  expect(gained?.children[0]?.text).toContain(
    "witness: read secret/data/goblin-assistant/providers/openai-gpt4",
  );
  const lost = cases.find(({ attributes }) => attributes.classname === "strongroom.lost");
  expect(lost?.children[0]?.name).toBe("system-out");
});

test("what cannot be decided is an error, and what is approved passes", () => {
  const outcome = (kind: string) =>
    casesOf(EVERY_KIND).find(({ attributes }) => attributes.classname === `strongroom.${kind}`)?.children[0]
      ?.name;
  expect(outcome("unknown")).toBe("error");
  expect(outcome("principal-added")).toBe("system-out");
  expect(outcome("guardrail-broken")).toBe("failure");
});

test("every finding is a case", () => expect(casesOf(EVERY_KIND)).toHaveLength(EVERY_KIND.findings.length));

test("a review of nothing is one case that passes", () => {
  expect(renderJunit({ ...NOTHING, command: "drift" })).toContain('classname="strongroom.drift"');
  const cases = casesOf(NOTHING);
  expect(cases).toHaveLength(1);
  expect(cases[0]?.attributes.name).toBe("no change in access");
  expect(cases[0]?.children[0]?.name).toBe("system-out");
});

test("a long review counts right", () => expect(casesOf(long(100))).toHaveLength(100));

test("what XML does not allow is gone, and what it reads as markup is escaped", () => {
  const xml = renderJunit({
    ...NOTHING,
    findings: [finding("gained", { sentence: 'can read <a> & "b"\uFFFE\u0000' })],
  });
  expect(xml).toContain('message="can read &lt;a&gt; &amp; &quot;b&quot;\\u{0}"');
});

test.each(HOSTILE)("%j makes no broken XML", (text) => void suitesOf(hostileReview(text)));

test("no text at all makes broken XML", () => {
  fc.assert(fc.property(anyText, (text) => void suitesOf(hostileReview(text))));
});

test.each([
  "<a>",
  "<a b=1/>",
  "<a/><b/>",
  "<a>&x;</a>",
  "<a>&</a>",
  "<a></b>",
  "<a b='c'/>",
  "<a>]]></a>",
  "<a>\u0001</a>",
])("the reader of these tests refuses %s", (xml) =>
  expect(() => readXml(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)).toThrow(),
);
