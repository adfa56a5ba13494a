import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import type { AccessChange } from "../../../review/finding";
import { columnsOf, wrapped } from "../../../review/render/columns";
import { GROUPS } from "../../../review/render/groups";
import { renderTerminal } from "../../../review/render/terminal";
import { anyText } from "./arbitrary";
import { EVERY_KIND, finding, HOSTILE, hostileReview, long, NOTHING, SHORT } from "./sample";

// Tries many texts: slow on a busy machine.
jest.setTimeout(30_000);

const ESCAPE = "\u001b";

test("a short review reads as a table: counts, sides, who, what, where, and the request that shows it", () => {
  expect(renderTerminal(SHORT)).toMatchInlineSnapshot(`
    "Strongroom review · 2 gained · 1 lost · 1 guardrail broken                         base 4f1c2aa → head 91b07de

     +  AppRole dotmac      can now destroy versions of all of the above            systems/dotmac.ts:18
     +  AppRole dotmac      can now read values of goblin-assistant/providers/*     systems/dotmac.ts:18
                            and 31 other secrets
                            witness: read secret/data/goblin-assistant/providers/openai-gpt4: denied (no rule
                            matches) → allowed by path "secret/data/*" of dotmac

     -  KubernetesRole pod  can no longer see names under secret/dotmac/
                            because policies/readonly.hcl:3, which was added, outranks its list rule
                            witness: list secret/metadata/dotmac/: allowed by path "secret/metadata/dotmac/*" of
                            dotmac → denied by path "secret/metadata/dotmac/" of readonly

     ✗  guardrail "only goblin-ci may write values of                               systems/goblin-assistant.ts:52
        goblin-assistant/providers/*" is broken
        witness: update secret/data/goblin-assistant/providers/openai-gpt4: denied (no rule matches) → allowed by
        path "secret/data/*" of dotmac

     Unchanged: 8 principals. 13 of 14 guardrails hold. Nothing is unknown.
    "
  `);
});

test("the engine's capabilities are named on demand, and only then", () => {
  expect(renderTerminal(SHORT, { capabilities: true })).toContain("on the API: read");
  expect(renderTerminal(SHORT)).not.toContain("on the API");
});

test("a review of nothing says so in one line, and what it looked at", () => {
  const text = renderTerminal(NOTHING);
  expect(text).toContain("Strongroom review · no change in access");
  expect(text).toContain("Unchanged: 8 principals. 14 guardrails hold. Nothing is unknown.");
});

test("drift that finds nothing says that the server is as declared", () => {
  expect(renderTerminal({ ...NOTHING, command: "drift" })).toContain(
    "Strongroom drift · the server is as declared",
  );
});

test("a review of every kind has a heading for every group, and every finding's sentence", () => {
  const text = renderTerminal(EVERY_KIND, { width: 400 });
  for (const heading of Object.values(GROUPS)) expect(text).toContain(heading);
  for (const { sentence } of EVERY_KIND.findings) expect(text).toContain(sentence);
  expect(text).toContain("1 thing is unknown: to be read as the worst.");
  expect(text).toContain("base 4f1c2aa (openbao@2.7.2) → head working tree (vault@1.21.1)");
});

test("an approval is told with its author, and one that does not count says why", () => {
  const text = renderTerminal(EVERY_KIND, { width: 400 });
  expect(text).toContain("approved by @org/security until 2027-01-31: the new ingest");
  expect(text).toContain(
    "approved by team-app: short-lived (added by this change, and so it does not count)",
  );
});

test("what is approved says so where it is read first, what is not yet does not", () => {
  const text = renderTerminal(EVERY_KIND, { width: 400 });
  expect(text).toContain("are new, and can read values of datligent/* (approved)");
  expect(text).not.toContain("with other parameters (approved)");
});

test("a witness shows its parameters and wrapping", () => {
  expect(renderTerminal(EVERY_KIND, { width: 400 })).toContain(
    'witness: update app/db with {"ttl":"1h"} wrapped for 60 s',
  );
});

test("a rule that decides on both sides is named once", () => {
  const decision = { level: "none", rule: "secret/data/app", policies: ["app"] } as const;
  const access = {
    ...(SHORT.findings[0]?.access as AccessChange),
    before: decision,
    after: { ...decision, level: "full" as const },
  };
  const text = renderTerminal({ ...NOTHING, findings: [finding("gained", { access })] }, { width: 400 });
  expect(text).toContain('gpt4: denied → allowed by path "secret/data/app" of app\n');
});

test("of wider or narrower conditions the witness says which side refuses it", () => {
  const decision = { level: "conditional", rule: "db/creds/app", policies: ["app"] } as const;
  const access: AccessChange = {
    ...(SHORT.findings[0]?.access as AccessChange),
    witness: { capability: "update", path: "db/creds/app", aclOnly: false },
    before: decision,
    after: decision,
  };
  const shown = (kind: "widened" | "narrowed" | "changed") =>
    renderTerminal({ ...NOTHING, findings: [finding(kind, { access })] }, { width: 400 });
  expect(shown("widened")).toContain('db/creds/app: denied → allowed by path "db/creds/app" of app\n');
  expect(shown("narrowed")).toContain('db/creds/app: allowed → denied by path "db/creds/app" of app\n');
  expect(shown("changed")).toContain("db/creds/app: allowed with conditions → allowed with conditions by");
});

test("many findings are counted by severity in the headline, few by kind", () => {
  expect(renderTerminal(EVERY_KIND).split("\n")[0]).toMatch(/^Strongroom review · \d+ findings · 5 errors/);
  expect(renderTerminal(long(40)).split("\n")[0]).toContain("10 gained · 10 lost · 10 unknown · 10 lints");
});

test("of too many kinds the gravest are told by name", () => {
  const [first = ""] = renderTerminal(EVERY_KIND, { width: 400 }).split("\n");
  expect(first).toContain("2 gained · 1 widened · 1 unknown · 1 escalation path gained · 1 guardrail broken");
});

test("a headline breaks between its counts, and titles between principals", () => {
  const titles = ["AppRole first-of-all", "KubernetesRole second", "AppRole third", "AppRole fourth"];
  const kinds = ["gained", "lost", "guardrail-broken", "principal-added", "constraint-widened"] as const;
  const findings = kinds.map((kind) => finding(kind, { titles }));
  const lines = renderTerminal({ ...NOTHING, findings }, { width: 80 }).split("\n");
  expect(lines.slice(0, 2)).toEqual([
    "Strongroom review · 1 gained · 1 lost · 1 guardrail broken · 1 login widened ·",
    "1 new principal",
  ]);
  expect(
    lines
      .map((line) => line.slice(4, 30).trim())
      .filter((line) => line !== "")
      .slice(3, 6),
  ).toEqual(["AppRole first-of-all,", "KubernetesRole second,", "AppRole third and 1 other"]);
});

test("reasons begin right below the sentence, beside titles that take more lines", () => {
  const titles = ["AppRole ops-of-everything", "KubernetesRole people", "Group fleet"];
  const found = finding("gained", { titles, sentence: "can now read secret/a", cause: "because it may" });
  const lines = renderTerminal({ ...NOTHING, findings: [found] }, { width: 80 }).split("\n");
  expect(lines.slice(2, 5)).toEqual([
    " +  AppRole ops-of-everything,  can now read secret/a",
    "    KubernetesRole people,      because it may",
    "    Group fleet",
  ]);
});

test("one endless path does not fill the screen", () => {
  const path = "segment/".repeat(2_000);
  const text = renderTerminal({
    ...NOTHING,
    findings: [finding("gained", { sentence: `can now read ${path}` })],
  });
  expect(text.split("\n").length).toBeLessThan(40);
  expect(text).toContain("…");
});

test.each([40, 60, 80, 110, 200])("no line is wider than %d columns, unless one name alone is", (width) => {
  for (const line of renderTerminal(EVERY_KIND, { width }).split("\n")) {
    const longestName = Math.max(...line.trim().split(/[ /]/).map(columnsOf));
    expect(columnsOf(line)).toBeLessThanOrEqual(Math.max(width, longestName + 40));
  }
});

test("a path that is longer than its column ends a line behind a slash, never inside a name", () => {
  const lines = wrapped("read secret/data/goblin-assistant/providers/openai-gpt4 now", 24);
  expect(lines).toEqual(["read", "secret/data/", "goblin-assistant/", "providers/openai-gpt4", "now"]);
});

test("letters of East Asia and emoji take two columns, marks none", () => {
  expect(columnsOf("日本")).toBe(4);
  expect(columnsOf("e\u0301")).toBe(1);
});

test("without colour there is no escape sequence, with colour the words are the same", () => {
  const plain = renderTerminal(EVERY_KIND);
  const coloured = renderTerminal(EVERY_KIND, { colour: true });
  expect(plain).not.toContain(ESCAPE);
  expect(coloured).toContain(ESCAPE);
  expect(stripVTControlCharacters(coloured)).toBe(plain);
});

test.each(HOSTILE)("%j reaches the terminal with everything in it visible", (text) => {
  const shown = renderTerminal(hostileReview(text));
  expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
});

test("a name that turns the direction of reading is shown by its number", () => {
  const review = {
    ...NOTHING,
    findings: [finding("gained", { titles: ["AppRole \u202edmin"] })],
  };
  expect(renderTerminal(review)).toContain("AppRole \\u{202e}dmin");
});

test("no text at all can put a control or bidi character on the terminal", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = renderTerminal(hostileReview(text));
      expect(shown.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
  );
});

test("of a group with very many findings the worst are shown, and how many more there are", () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      finding("lost", { id: `lost-${at}`, sentence: `can no longer read ${at}` }),
    );
  const worst = finding("lost", { id: "worst", severity: "error", sentence: "can no longer log in" });
  const text = renderTerminal({ ...NOTHING, findings: [...many(30), worst] });
  expect(text).toContain("can no longer log in");
  expect(text.match(/can no longer/g)).toHaveLength(25);
  expect(text).toContain("and 6 more: --output review.html shows all of them");
  expect(renderTerminal({ ...NOTHING, findings: many(25) })).not.toContain("more:");
  const written = renderTerminal({ ...NOTHING, findings: many(30) }, { urls: { full: "all.html" } });
  expect(written).toContain("and 5 more\n");
  expect(written).toContain("In full: all.html");
});
