/** The HTML report in a real browser, from the disk: what it shows, how it is moved through, and that it keeps to itself. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { renderAccessMap, renderReport } from "../../review/report/report";
import { sampleHead, sampleReview } from "../review/report/sample";
import { revision } from "../review/revision";
import { startBrowser, Visit } from "./browser";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "strongroom-report-"));
let browser: Browser;
let visit: Visit;

/** Puts a page on the disk. @returns its address */
function written(name: string, page: string): string {
  const file = join(folder, `${name}.html`);
  writeFileSync(file, page);
  return pathToFileURL(file).href;
}

const REVIEW = written("review", renderReport(sampleReview()));
const MAP = written("map", renderAccessMap({ revision: sampleHead() }));
const CELL =
  "row=secret%2Fgoblin-assistant%2Fproviders%2Fanthropic&column=auth%2Fapprole%2Frole%2Fgoblin-assistant";

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Whatever a test does, the page asks nobody for anything and complains of nothing. */
afterEach(async () => {
  expect(visit.complaints).toEqual([]);
  expect(visit.requests.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"))).toEqual([]);
  expect(visit.requests.filter((url) => url.startsWith("file:"))).toHaveLength(1);
  await visit.close();
});

const focused = () => visit.page.evaluate("document.activeElement.textContent") as Promise<string>;
/** What is typed is answered when the typing stops. */
const counted = (text: RegExp) => visit.page.locator(".count", { hasText: text }).waitFor();
const count = () => visit.page.locator(".count").textContent();

describe("findings", () => {
  test("the worst come first, and a finding leads to why", async () => {
    visit = await Visit.open(browser, REVIEW);
    const titles = await visit.page.locator(".findings h2").allTextContents();
    expect(titles).toEqual(["Guardrails1", "Escalation1", "Gained2", "Lost1", "Principals1"]);
    await visit.picture("findings-light");
    await visit.page.getByRole("button", { name: /Why.*can no longer see names/ }).click();
    const panel = visit.page.locator(".panel");
    await panel.waitFor();
    expect(await panel.locator("h2").textContent()).toContain("goblin-assistant/providers/");
    expect(await panel.locator(".rule.wins").first().textContent()).toContain(
      'path "secret/metadata/goblin-assistant/*"',
    );
    expect(await panel.locator(".rule.loses").first().textContent()).toContain("outranks it");
    expect(await panel.textContent()).toContain("policies/readonly.hcl:1");
    await visit.picture("why-light");
  });

  test("an intent that takes several capabilities names them", async () => {
    const { review, base, head } = sampleReview();
    const [first] = review.findings as [(typeof review.findings)[number]];
    const access = { ...(first.access as NonNullable<typeof first.access>), intent: "write" as const };
    const findings = [
      { ...first, access: { ...access, capabilities: ["create", "update"] as const } },
      first,
    ];
    visit = await Visit.open(
      browser,
      written("capabilities", renderReport({ review: { ...review, findings }, base, head })),
    );
    expect(await visit.page.getByText("(on the API: create, update)").count()).toBe(1);
  });

  test("guardrails that one rule breaks are told once, each with its own why", async () => {
    const { review, base, head } = sampleReview();
    const broken = review.findings.find(({ kind }) => kind === "guardrail-broken");
    const access = review.findings.find(({ id }) => id === "g1")?.access;
    if (!broken || !access) throw new Error("the sample has no broken guardrail");
    const findings = ["one", "two", "three", "four"].map((id) => ({
      ...broken,
      id,
      rule: `nobody may ${id}`,
      access,
    }));
    const page = renderReport({ review: { ...review, findings }, base, head });
    visit = await Visit.open(browser, written("together", page));
    expect(await visit.page.locator(".findings .finding").count()).toBe(1);
    expect(await visit.page.locator(".findings .finding p").first().textContent()).toContain(
      'breaks 4 guardrails: what they forbid is allowed by path "secret/data/*" of dotmac',
    );
    expect(await visit.page.locator(".broken li").count()).toBe(4);
    expect(await visit.page.locator(".broken").isVisible()).toBe(false);
    await visit.page.getByText("The 4 guardrails").click();
    expect(await visit.faults()).toEqual([]);
    await visit.page.locator(".broken").getByRole("button", { name: /Why/ }).nth(1).click();
    expect(await visit.page.locator(".panel h2").textContent()).toContain("providers/openai-gpt4");
  });

  test("guardrails are there with those who break them", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=guardrails`);
    expect(await visit.page.locator("#view-guardrails .finding").first().textContent()).toContain(
      "Broken: only goblin-ci may write",
    );
    await visit.picture("guardrails-light");
  });
});

describe("the map", () => {
  test("opens with what changed, and shows before and after in letters and in words", async () => {
    visit = await Visit.open(browser, REVIEW);
    await visit.page.getByRole("tab", { name: "Access map" }).click();
    expect(await count()).toMatch(/^18 of 20 rows · 6 of 10 principals · \d+ matches$/);
    const cell = visit.page.locator(".cell.changed-altered").first();
    expect(await cell.locator(".slots").textContent()).toBe("R−N+M····");
    expect(await cell.locator(".spoken").textContent()).toContain(
      "lost: see names. Before: read values, see names",
    );
    await visit.page.getByRole("button", { name: "Before", exact: true }).click();
    expect(await visit.page.locator(".grid .slot.gained").count()).toBe(0);
    await visit.picture("map-light");
  });

  test("is searched and filtered, and says how much is left", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map`);
    expect(await count()).toBe("20 rows · 10 principals");
    await visit.page.getByLabel("Secrets", { exact: true }).fill("queue");
    await counted(/^1 of/);
    expect(await count()).toBe("1 of 20 rows · 6 of 10 principals · 4 matches");
    expect(visit.page.url()).toContain("secret=queue");
    await visit.page.getByLabel("May").selectOption("destroy");
    expect(await count()).toContain("3 of 10 principals");
    await visit.page.getByRole("combobox", { name: "Show" }).selectOption("lost");
    expect(await visit.page.getByText("Nothing answers to all of this.").isVisible()).toBe(true);
    await visit.page.getByRole("button", { name: "Clear filters" }).click();
    expect(await count()).toBe("20 rows · 10 principals");
    await visit.page.getByLabel("Principals", { exact: true }).fill("kubernetes");
    await counted(/2 of 10/);
    await visit.page.getByLabel("System").selectOption("dotmac");
    expect(await count()).toBe("5 of 20 rows · 2 of 10 principals · 5 matches");
  });

  test("what is typed into the wrong field leads to what was meant", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map`);
    await visit.page.getByLabel("Secrets", { exact: true }).fill("goblin-ci");
    await visit.page.getByRole("button", { name: "Principals named “goblin-ci”" }).click();
    expect(await count()).toMatch(/ · 1 of 10 principals/);
    expect(await visit.page.evaluate("document.activeElement.closest('.grid') !== null")).toBe(true);
    expect(await visit.faults()).toEqual([]);
  });

  test("is used by keys alone", async () => {
    visit = await Visit.open(browser, REVIEW);
    const { keyboard } = visit.page;
    await keyboard.press("/");
    expect(await visit.page.evaluate("document.activeElement.type")).toBe("search");
    await keyboard.type("anthropic");
    await counted(/^1 of/);
    while (!(await visit.page.evaluate("document.activeElement.closest('.grid') !== null")))
      await keyboard.press("Tab");
    await keyboard.press("Control+Home");
    expect(await focused()).toBe("Secret");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await keyboard.press(key);
    expect(await focused()).toContain("lost: see names");
    await keyboard.press("Enter");
    expect(await focused()).toContain("goblin-assistant/providers/anthropic");
    await keyboard.press("Escape");
    expect(await visit.page.locator(".panel").isVisible()).toBe(false);
    expect(await focused()).toContain("lost: see names");
    await keyboard.press("Home");
    expect(await focused()).toBe("goblin-assistant/providers/anthropic");
    await keyboard.press("Enter");
    expect(await visit.page.locator(".panel h3").textContent()).toContain("may do something here");
  });

  test("a cell without access tells why at once", async () => {
    visit = await Visit.open(
      browser,
      `${MAP}#view=map&row=secret%2Fsupervisor%2Ftls&column=auth%2Fapprole%2Frole%2Fgoblin-ci`,
    );
    const panel = visit.page.locator(".panel");
    expect(await panel.getByText("May do nothing here.").isVisible()).toBe(true);
    expect(await panel.getByText("denied: no rule matches the path").first().isVisible()).toBe(true);
  });

  test("headings fold their rows, and the focus stays", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map`);
    const heading = visit.page.locator(".line.group .cell", { hasText: "dotmac" });
    await heading.click();
    expect(await heading.getAttribute("aria-expanded")).toBe("false");
    expect(await focused()).toContain("dotmac");
    await visit.page.keyboard.press(" ");
    expect(await heading.getAttribute("aria-expanded")).toBe("true");
  });

  test("a link leads to a cell and its why", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map&${CELL}`);
    expect(await visit.page.locator(".panel h2").textContent()).toContain(
      "goblin-assistant/providers/anthropic",
    );
    expect(await visit.page.locator('[role="gridcell"][aria-selected="true"] .slots').textContent()).toBe(
      "R−N+M····",
    );
  });

  test("of thousands of cells holds those in sight, and keys reach the last", async () => {
    const names = Array.from({ length: 400 }, (_, index) => `folder-${index % 7}/secret-${index}`);
    const many = revision({
      policies: Object.fromEntries(
        names.map((path, index) => [`p${index}`, `path "secret/data/${path}" { capabilities = ["read"] }`]),
      ),
      roles: Object.fromEntries(
        names.slice(0, 80).map((_, index) => [`app-${index}`, [`p${index}`, `p${399 - index}`]]),
      ),
      secrets: names.map((path) => ({ mount: "secret/", path, title: path, system: "many" })),
    });
    visit = await Visit.open(browser, written("many", renderAccessMap({ revision: many })));
    const grid = visit.page.locator(".grid");
    expect(await grid.getAttribute("aria-rowcount")).toBe("405");
    expect(await grid.getAttribute("aria-colcount")).toBe("81");
    expect(await visit.page.locator(".line").count()).toBeLessThan(50);
    await visit.page.locator(".corner").focus();
    await visit.page.keyboard.press("Control+End");
    const last = visit.page.locator('[aria-rowindex="405"] [aria-colindex="81"]');
    expect(await last.evaluate((cell) => cell === cell.ownerDocument.activeElement)).toBe(true);
    for (const key of ["ArrowUp", "ArrowUp", "ArrowUp", "Home"]) await visit.page.keyboard.press(key);
    expect(await focused()).toMatch(/^folder-6\/secret-\d+$/);
    expect(await visit.page.locator(".line").count()).toBeLessThan(50);
    await visit.picture("many-light");
  });

  test("of one revision has no before", async () => {
    visit = await Visit.open(browser, MAP);
    expect(await visit.page.getByRole("button", { name: "Before", exact: true }).count()).toBe(0);
    expect(await visit.page.getByRole("combobox", { name: "Show" }).count()).toBe(0);
    expect(await visit.page.getByRole("tab").allTextContents()).toEqual([
      "Access map",
      "Ways to everything1",
      "Guardrails2",
    ]);
    await visit.picture("one-revision-light");
  });

  test("an address with a view that this page has not leads to one that it has", async () => {
    visit = await Visit.open(browser, `${MAP}#view=findings`);
    expect(await visit.page.locator(".grid").isVisible()).toBe(true);
    await visit.page.evaluate('location.hash = "view=notes"');
    await visit.page.waitForTimeout(100);
    expect(await visit.page.locator(".grid").isVisible()).toBe(true);
  });

  test("headings of groups say how many columns they are over", async () => {
    visit = await Visit.open(browser, MAP);
    const columns = await visit.page.locator(".grid").getAttribute("aria-colcount");
    expect(await visit.page.locator(".line.group .cell").first().getAttribute("aria-colspan")).toBe(columns);
    expect(await visit.faults()).toEqual([]);
  });

  test("goes to paper with all of its rows, as wide as the paper and in light colours", async () => {
    visit = await Visit.open(browser, REVIEW, { colorScheme: "dark", width: 718, height: 1000 });
    await visit.page.getByRole("button", { name: /Theme/ }).click();
    await visit.page.getByRole("button", { name: /Theme/ }).click();
    expect(await visit.page.locator(".paper tr").count()).toBe(0);
    await visit.page.emulateMedia({ media: "print" });
    await visit.page.evaluate("dispatchEvent(new Event('beforeprint'))");
    const rows = await visit.page.locator(".paper tbody tr:not(.group) th").allTextContents();
    expect(new Set(rows).size).toBe(18);
    expect(await visit.page.locator(".paper thead th").allTextContents()).toContain("AppRolegoblin-ci");
    expect(await visit.page.locator(".findings").isVisible()).toBe(true);
    expect(await visit.page.locator(".toolbar").isVisible()).toBe(false);
    expect(await visit.page.locator(".grid").isVisible()).toBe(false);
    expect(await visit.page.evaluate("document.documentElement.scrollWidth")).toBe(718);
    expect(await visit.page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      "rgb(250, 250, 247)",
    );
    expect(await visit.page.locator(".paper .about").first().textContent()).toContain("X destroy for good");
    await visit.picture("paper");
    await visit.page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await visit.page.locator(".paper tr").count()).toBe(0);
  });
});

describe("very many findings", () => {
  const { review, base, head } = sampleReview();
  const [first] = review.findings as [(typeof review.findings)[number]];
  const findings = Array.from({ length: 120 }, (_, index) => ({ ...first, id: `many-${index}` }));
  const page = renderReport({ review: { ...review, findings }, base, head });

  test("the rest is shown when asked for, and the focus goes on where it begins", async () => {
    visit = await Visit.open(browser, written("findings", page));
    expect(await visit.page.locator(".findings .finding").count()).toBe(50);
    await visit.page.getByRole("button", { name: "Show 70 more" }).focus();
    await visit.page.keyboard.press("Enter");
    expect(await visit.page.locator(".findings .finding").count()).toBe(120);
    expect(await visit.page.evaluate("document.activeElement.id")).toBe("finding-many-50");
  });

  test("are searched, and the address says for what", async () => {
    visit = await Visit.open(browser, written("findings", page));
    await visit.page.keyboard.press("/");
    await visit.page.keyboard.type("nobody of this name");
    await visit.page.locator(".findings .count", { hasText: "0 of 120 findings" }).waitFor();
    expect(await visit.page.getByText("No finding has all of these words.").isVisible()).toBe(true);
    await visit.page.getByLabel("Search findings").fill("team-goblin");
    await visit.page.locator(".findings .count", { hasText: /^$/ }).waitFor({ state: "attached" });
    expect(await visit.page.locator(".findings .finding").count()).toBe(50);
    expect(visit.page.url()).toContain("find=team-goblin");
    expect(await visit.faults()).toEqual([]);
    await visit.picture("findings-searched");
  });

  test("all of them go to paper, once", async () => {
    visit = await Visit.open(browser, written("findings", page));
    for (const _ of ["first", "again"]) await visit.page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await visit.page.locator(".findings .finding").count()).toBe(120);
  });
});

/** Letters that stand out of their place in a cell, and pills and headings that are cut or run over their neighbours. */
const OVERFLOWING = `[...document.querySelectorAll(".slot, .news li, .tabs button")]
  .filter((element) => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2)
  .map((element) => element.className + " " + element.textContent)`;

describe("moving about", () => {
  test("the browser's own way back leads from why to the findings", async () => {
    visit = await Visit.open(browser, REVIEW);
    await visit.page.getByRole("button", { name: /Why.*can no longer see names/ }).click();
    await visit.page.locator(".panel").waitFor();
    await visit.page.goBack();
    await visit.page.locator("#view-findings").waitFor();
    expect(await visit.page.locator(".panel").isVisible()).toBe(false);
    await visit.page.goForward();
    await visit.page.locator(".panel").waitFor();
    expect(await visit.page.getByLabel("Show").inputValue()).toBe("changed");
  });

  test("a finding about no cell leads to its principal", async () => {
    visit = await Visit.open(browser, REVIEW);
    await visit.page.getByRole("button", { name: /Who.*can now reach everything/ }).click();
    expect(await visit.page.locator(".panel h2").textContent()).toBe("Principal AppRole goblin-ci");
    await visit.page.keyboard.press("Escape");
    expect(await focused()).toContain("goblin-ci");
  });

  test("the address leads back to a row and to a column as well", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map`);
    await visit.page.locator(".cell.heading", { hasText: "supervisor" }).first().click();
    const column = visit.page.url();
    await visit.page.locator(".cell.first.secret", { hasText: "jwt" }).click();
    const row = visit.page.url();
    await visit.page.goto("about:blank");
    visit.requests.length = 0;
    await visit.page.goto(column);
    await visit.page.locator(".panel h2", { hasText: "AppRole supervisor" }).waitFor();
    await visit.page.evaluate(`location.hash = ${JSON.stringify(new URL(row).hash)}`);
    await visit.page.locator(".panel h2", { hasText: "jwt" }).waitFor();
  });

  test("a panel that covers the page keeps the focus, and gives it back", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map&${CELL}`, { width: 390 });
    for (let presses = 0; presses < 12; presses++) {
      await visit.page.keyboard.press("Tab");
      expect(
        await visit.page.evaluate(
          "document.activeElement === document.body || document.activeElement.closest('.panel') !== null",
        ),
      ).toBe(true);
    }
    await visit.page.locator(".panel").getByRole("button", { name: "Close" }).click();
    expect(await focused()).toContain("lost: see names");
  });

  test("the focus can be seen wherever Tab leads", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map&${CELL}`);
    for (let presses = 0; presses < 25; presses++) {
      await visit.page.keyboard.press("Tab");
      expect(
        await visit.page.evaluate(
          "document.activeElement === document.body || parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 1",
        ),
      ).toBe(true);
    }
  });

  test("the column of headings leaves the room to the cells where there is little", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map&${CELL}`, { width: 1024 });
    const width = () => visit.page.locator(".corner").evaluate((corner) => corner.clientWidth);
    expect(await width()).toBeLessThan(180);
    await visit.page.keyboard.press("Escape");
    await visit.page.waitForTimeout(200);
    expect(await width()).toBeGreaterThan(230);
    expect(await focused()).toContain("lost: see names");
  });

  test("a map of nothing but API paths opens with them", async () => {
    const paths = revision({
      policies: { app: 'path "sys/mounts" { capabilities = ["read"] }' },
      roles: { app: ["app"] },
      mounts: [],
    });
    visit = await Visit.open(browser, written("paths", renderAccessMap({ revision: paths })));
    expect(await visit.page.locator('[role="gridcell"] .slots').count()).toBeGreaterThan(0);
  });
});

describe("no fault of access", () => {
  const views = ["findings", "map", "guardrails", "notes", `map&${CELL}`];
  test.each([
    ["light", 1440],
    ["dark", 1440],
    ["light", 390],
    ["dark", 390],
  ] as const)("%s, %d pixels wide", async (colorScheme, width) => {
    visit = await Visit.open(browser, REVIEW, { colorScheme, width });
    for (const [index, view] of views.entries()) {
      await visit.page.evaluate(`location.hash = "view=${view}"`);
      await visit.page.waitForTimeout(250);
      await visit.picture(`view-${index}-${colorScheme}-${width}`);
      expect(await visit.faults()).toEqual([]);
      expect(await visit.page.evaluate(OVERFLOWING)).toEqual([]);
    }
  });

  test("with the legend open, and with a row and a column told", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map`);
    await visit.page.getByText("Legend").click();
    expect(await visit.faults()).toEqual([]);
    expect(await visit.page.evaluate(OVERFLOWING)).toEqual([]);
    await visit.page.keyboard.press("Escape");
    for (const heading of [".cell.first.secret", ".cell.heading"]) {
      await visit.page.locator(heading).first().click();
      await visit.page.waitForTimeout(250);
      expect(await visit.faults()).toEqual([]);
    }
  });

  test("with the legend open on a phone, and with more places than fit, which are scrolled by keys too", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map`, { width: 390, height: 640 });
    await visit.page.getByText("Legend").click();
    expect(await visit.faults()).toEqual([]);
    await visit.close();
    const { review, base, head } = sampleReview();
    const [first] = review.findings as [(typeof review.findings)[number]];
    const access = first.access as NonNullable<typeof first.access>;
    const regions = Array.from({ length: 40 }, (_, index) => `secret/place-${index}`);
    const findings = [{ ...first, access: { ...access, regions } }];
    const page = renderReport({ review: { ...review, findings }, base, head });
    visit = await Visit.open(browser, written("places", page));
    await visit.page.getByText("40 places").click();
    expect(await visit.faults()).toEqual([]);
  });

  test("with forced colours, where nothing is told by a ground or a shadow", async () => {
    visit = await Visit.open(browser, `${REVIEW}#view=map&${CELL}`, { forcedColors: "active" });
    expect(await visit.faults()).toEqual([]);
    await visit.picture("forced-colours");
    const differs = (one: string, other: string, property: string) =>
      visit.page.evaluate(
        `getComputedStyle(document.querySelector('${one}')).${property} !== getComputedStyle(document.querySelector('${other}')).${property}`,
      );
    expect(
      await differs('.sides [aria-pressed="true"]', '.sides [aria-pressed="false"]', "backgroundColor"),
    ).toBe(true);
    expect(
      await differs('.tabs [aria-selected="true"]', '.tabs [aria-selected="false"]', "borderBottomColor"),
    ).toBe(true);
    expect(
      await differs('.grid [aria-selected="true"]', ".grid .cell:not([aria-selected])", "outlineStyle"),
    ).toBe(true);
    expect(await differs(".slot.lost", ".slot.full", "borderTopStyle")).toBe(true);
  });

  test("with very many news on a narrow window", async () => {
    const { review, base, head } = sampleReview();
    const [first] = review.findings as [(typeof review.findings)[number]];
    const kinds = ["unknown", "audit-device-removed", "constraint-widened", "lint", "mount-changed"] as const;
    const findings = [...review.findings, ...kinds.map((kind) => ({ ...first, id: kind, kind }))];
    const label = "/home/somebody/with/a/long/name/of/a/folder/base";
    const page = renderReport({
      review: { ...review, findings },
      base: { ...base, label },
      head: { ...head, label },
    });
    for (const width of [390, 768, 1024]) {
      visit = await Visit.open(browser, written("news", page), { width });
      expect(await visit.page.evaluate(OVERFLOWING)).toEqual([]);
      expect(await visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(await visit.faults()).toEqual([]);
      if (width < 1024) await visit.close();
    }
  });

  test("the search for faults finds one", async () => {
    visit = await Visit.open(browser, REVIEW);
    await visit.page.evaluate("document.querySelector('.theme').textContent = ''");
    expect(await visit.faults()).toEqual([expect.stringContaining("button-name")]);
  });

  test("the switch makes it dark against the system, and remembers", async () => {
    visit = await Visit.open(browser, REVIEW);
    const paper = () => visit.page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await paper();
    const button = visit.page.getByRole("button", { name: /Theme/ });
    await button.click();
    expect(await paper()).toBe(light);
    await button.click();
    expect(await paper()).not.toBe(light);
    expect(await visit.faults()).toEqual([]);
  });
});

describe("hostile names", () => {
  const NAME = `</script><script>document.title="broken"</script><img src=x onerror="document.title='broken'">\u2028\u202etxt.exe"'\nx`;

  test("are shown as what they are, and run nothing", async () => {
    const side = (capability: string) =>
      revision({
        label: NAME,
        policies: {
          [NAME]: `path "secret/data/${NAME.replaceAll('"', "'")}" { capabilities = ["${capability}"] }`,
        },
        roles: { [NAME]: [NAME] },
        secrets: [
          { mount: "secret/", path: NAME, title: NAME, system: NAME, owner: NAME, place: { file: NAME } },
        ],
      });
    const { review } = sampleReview();
    const findings = review.findings.map((finding) => ({
      ...finding,
      titles: [NAME],
      sentence: NAME,
      owners: [NAME],
    }));
    const page = renderReport({
      review: { ...review, findings, notes: [NAME] },
      base: side("read"),
      head: side("update"),
    });
    visit = await Visit.open(browser, written("hostile", page));
    const title = await visit.page.title();
    expect(title).not.toBe("broken");
    for (const view of ["findings", "map", "notes"]) {
      await visit.page.evaluate(`location.hash = "view=${view}"`);
      await visit.page.waitForTimeout(100);
    }
    await visit.page.evaluate('location.hash = "view=map"');
    await visit.page.locator('[role="gridcell"]').first().click();
    expect(await visit.page.title()).toBe(title);
    expect(await visit.page.locator("img").count()).toBe(0);
    expect(await visit.page.locator("script").count()).toBe(2);
    expect(await visit.page.locator("main").textContent()).toContain("⟨2028⟩⟨202E⟩txt.exe");
    expect(await visit.page.evaluate("document.documentElement.outerHTML")).not.toMatch(/[\u2028\u202e]/);
    await visit.picture("hostile");
  });

  test("that never end leave the page in its place", async () => {
    const path = "segment/".repeat(1_250);
    const endless = revision({
      policies: { app: `path "secret/data/${path}x" { capabilities = ["read"] }` },
      roles: { app: ["app"], [path]: ["app"] },
    });
    visit = await Visit.open(
      browser,
      `${written("endless", renderAccessMap({ revision: endless }))}#view=map`,
    );
    for (const heading of [".cell.first.secret", ".cell.heading", '[role="gridcell"]']) {
      await visit.page.locator(heading).first().click();
      await visit.page.waitForTimeout(250);
      expect(
        await visit.page.locator(".panel > header").evaluate((header) => header.clientHeight),
      ).toBeLessThan(300);
      expect(await visit.page.evaluate("document.documentElement.scrollHeight <= innerHeight")).toBe(true);
      expect(await visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    }
    expect(await visit.faults()).toEqual([]);
  });
});
