import fc from "fast-check";
import { renderMarkdown } from "../../../review/render/markdown";
import { link } from "../../../review/render/markdown-text";
import { bearsMarker, markerOf } from "../../../review/render/marker";
import { anyText } from "./arbitrary";
import { EVERY_KIND, finding, HOSTILE, hostileReview, long, NOTHING, SHORT } from "./sample";

// Tries many texts: slow on a busy machine.
jest.setTimeout(30_000);

const LIMIT = 65_536;

test("a short review is a table with the worst first, and the reasons folded", () => {
  expect(renderMarkdown(SHORT)).toMatchInlineSnapshot(`
    "<!-- strongroom-review -->
    ### Strongroom review: 2 gained · 1 lost · 1 guardrail broken

    \`4f1c2aa\` → \`91b07de\`

    | | Who | What | Where |
    |---|---|---|---|
    | \`+\` gained | AppRole \`dotmac\` | can now destroy versions of all of the above | \`systems/dotmac.ts:18\` |
    | \`✗\` guardrail broken |  | guardrail "only goblin-ci may write values of \`goblin-assistant/providers/*\`" is broken | \`systems/goblin-assistant.ts:52\` |
    | \`+\` gained | AppRole \`dotmac\` | can now read values of \`goblin-assistant/providers/*\` and 31 other secrets | \`systems/dotmac.ts:18\` |
    | \`-\` lost | KubernetesRole \`pod\` | can no longer see names under \`secret/dotmac/\` |  |

    <details><summary>Access gained (2)</summary>

    - \`+\` AppRole \`dotmac\` can now destroy versions of all of the above \`systems/dotmac.ts:18\`
      - owners: \`team-platform\`
    - \`+\` AppRole \`dotmac\` can now read values of \`goblin-assistant/providers/*\` and 31 other secrets \`systems/dotmac.ts:18\`
      - on \`goblin-assistant/providers/{provider}\`, \`datligent/database/connection\`
      - witness: read \`secret/data/goblin-assistant/providers/openai-gpt4\`: denied (no rule matches) → allowed by path "\`secret/data/*\`" of dotmac
      - owners: \`team-platform\`

    </details>

    <details><summary>Access lost (1)</summary>

    - \`-\` KubernetesRole \`pod\` can no longer see names under \`secret/dotmac/\`
      - because \`policies/readonly.hcl:3\`, which was added, outranks its list rule
      - witness: list \`secret/metadata/dotmac/\`: allowed by path "\`secret/metadata/dotmac/*\`" of dotmac → denied by path "\`secret/metadata/dotmac/\`" of readonly
      - owners: \`team-platform\`

    </details>

    <details><summary>Guardrails (1)</summary>

    - \`✗\` guardrail "only goblin-ci may write values of \`goblin-assistant/providers/*\`" is broken \`systems/goblin-assistant.ts:52\`
      - on \`goblin-assistant/providers/{provider}\`, \`datligent/database/connection\`
      - witness: update \`secret/data/goblin-assistant/providers/openai-gpt4\`: denied (no rule matches) → allowed by path "\`secret/data/*\`" of dotmac
      - owners: \`team-platform\`

    </details>

    Unchanged: 8 principals. 13 of 14 guardrails hold. Nothing is unknown.
    "
  `);
});

test("the engine's capabilities are named on demand, and only then", () => {
  expect(renderMarkdown(SHORT, { capabilities: true })).toContain("\n  - on the API: read\n");
  expect(renderMarkdown(SHORT)).not.toContain("on the API");
});

test("a review of nothing is one quiet line behind the marker", () => {
  const text = renderMarkdown(NOTHING);
  expect(text.startsWith("<!-- strongroom-review -->\n**Strongroom review**: no change in access.")).toBe(
    true,
  );
  expect(text).not.toContain("|");
  expect(text).not.toContain("<details>");
});

test("the marker stands first, and a key tells reviews apart", () => {
  expect(renderMarkdown(SHORT, { key: "production" }).split("\n")[0]).toBe(
    "<!-- strongroom-review production -->",
  );
  expect(bearsMarker(renderMarkdown(SHORT, { key: "production" }), "production")).toBe(true);
  expect(bearsMarker(renderMarkdown(SHORT, { key: "production" }))).toBe(false);
  expect(bearsMarker(renderMarkdown(SHORT), "production")).toBe(false);
});

test.each(["", "a b", "--><script>", "a--b", "x".repeat(65)])("the key %j is refused", (key) => {
  expect(() => markerOf(key)).toThrow("The key of a review comment");
});

test("every finding is told, with witness, cause, owners and approval", () => {
  const text = renderMarkdown(EVERY_KIND);
  expect(text.match(/^- `/gm)).toHaveLength(EVERY_KIND.findings.length);
  expect(text).toContain("witness: read `secret/data/goblin-assistant/providers/openai-gpt4`");
  expect(text).toContain("because `policies/readonly.hcl:3`, which was added, outranks its list rule");
  expect(text).toContain("owners: `team-platform`");
  expect(text).toContain("approved by `@org/security` until `2027-01-31`: the new ingest");
  const { findings } = EVERY_KIND;
  const many = renderMarkdown({
    ...EVERY_KIND,
    findings: findings.filter(({ titles }) => titles.length > 3),
  });
  expect(many).toContain(
    "| `+` new principal (approved) | AppRole `a`, AppRole `b`, AppRole `c` and 2 more |",
  );
});

test("places link to where the caller says, and to nothing but web pages", () => {
  const place = (address: string) => renderMarkdown(SHORT, { urls: { place: () => address } });
  expect(place("https://git.example/dotmac.ts#L18")).toContain(
    "[`systems/dotmac.ts:18`](https://git.example/dotmac.ts#L18)",
  );
  expect(place("javascript:alert(1)")).not.toContain("javascript");
  expect(link("x", "https://git.example/a)b|c(d")).toBe("[x](https://git.example/a%29b%7Cc%28d)");
});

test.each([1, 30, 400, 5000])(
  "%d findings stay within the limit of a comment, and what is left out is told",
  (count) => {
    const text = renderMarkdown(long(count), {
      urls: { full: "https://ci.example/run/1" },
    });
    expect(Buffer.byteLength(text)).toBeLessThan(LIMIT);
    const told = text.match(/^- `/gm)?.length ?? 0;
    const left = Number(/\*\*(\d+) findings? left out/.exec(text)?.[1] ?? 0);
    expect(told + left).toBe(count);
    if (left > 0) expect(text).toContain("[the report](https://ci.example/run/1)");
  },
);

test("the table of a long review has the worst 25, the worst of all first", () => {
  const rows = renderMarkdown(long(400)).match(/^\| `.*$/gm) ?? [];
  expect(rows).toHaveLength(25);
  expect(rows[0]).toContain("team-399");
});

test("names as long as files neither fill the comment nor push others out", () => {
  const giant = finding("gained", {
    titles: ["x".repeat(100_000)],
    sentence: `can read ${"y/".repeat(100_000)}`,
  });
  const text = renderMarkdown({
    ...NOTHING,
    base: { label: "z".repeat(100_000), engine: "e" },
    findings: [giant, ...SHORT.findings],
  });
  expect(Buffer.byteLength(text)).toBeLessThan(5_000);
  expect(text).toContain("can now destroy versions");
});

test.each(HOSTILE)("%j does nothing in a comment", (text) => expectHarmless(text));

test("notes stand on lines of their own, and of very many it says how many are left out", () => {
  const notes = Array.from({ length: 23 }, (_, index) => `seen ${index + 1}`);
  expect(renderMarkdown({ ...NOTHING, notes: notes.slice(0, 2) })).toContain(
    "> note: seen 1  \n> note: seen 2\n",
  );
  expect(renderMarkdown({ ...NOTHING, notes })).toContain("> note: seen 20  \n> and 3 more notes\n");
});

test("names of principals look alike, whatever letters they have", () => {
  const titles = ["AppRole app", "AppRole app-2", "AppRole two words"];
  expect(renderMarkdown({ ...NOTHING, findings: [finding("lost", { titles })] })).toContain(
    "| AppRole `app`, AppRole `app-2`, AppRole `two words` |",
  );
});

test("no text at all breaks the table, adds markup, links or calls anybody", () => {
  fc.assert(fc.property(anyText, expectHarmless));
});

/** What is left of a comment once code spans and our own skeleton are gone may hold nothing that a platform acts on. */
function expectHarmless(text: string): void {
  const markdown = renderMarkdown(hostileReview(text));
  const lines = markdown.split("\n");
  expect(lines.filter((line) => line.startsWith("|"))).toHaveLength(6);
  for (const row of lines.filter((line) => line.startsWith("|"))) expect(row.match(/\|/g)).toHaveLength(5);
  const rest = lines
    .filter((line) => !/^(<!-- strongroom-review -->|<\/?details>.*|\|---.*)$/.test(line))
    .map((line) =>
      line
        .replace(/`[^`]+`/g, "")
        .replace(/^(### |> | {2}- |- )/, "")
        .replace(/^\|.*\|$/, (row) => row.replaceAll("|", "")),
    );
  expect(rest.join("\n")).not.toMatch(/[`<>@#[\]{}|*_~$&\\/=+!]|www\.|https?:|\w@\w/);
  expect(markdown).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
}
