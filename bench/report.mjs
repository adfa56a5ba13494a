import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "../bin/build.mjs";
import { ceiling, spread, timed } from "./measure.mjs";

const RUNS = 5;

/** The HTML report of 1,000 principals with 10,000 policies, of which 20 change: made, weighed and opened in Chromium. */
export async function measureReport({ scratch, say }) {
  const built = join(scratch, "report");
  await bundle(process.cwd(), built, { page: "bench/report-page.ts" });
  const file = join(scratch, "report.html");
  const made = Array.from({ length: RUNS }, () =>
    JSON.parse(timed("node", [join(built, "page.mjs"), file]).stdout),
  );
  const result = {
    render: spread(made.map(({ seconds }) => seconds)),
    megabytes: spread(made.map(({ bytes }) => bytes / 1e6)),
    peak_mb: spread(made.map(({ peak_mb }) => peak_mb)),
    ...(await opened(pathToFileURL(file).href)),
  };
  for (const [name, value] of Object.entries(result)) say(`${name}: ${JSON.stringify(value)}`);
  return {
    ...result,
    figures: [
      ceiling("report of 10,000 policies", result.megabytes, 5, "MB"),
      ceiling("most memory of that, workload included", result.peak_mb, 500, "MB"),
      ceiling("until the report can be used", result.interactive, 1, "s"),
    ],
  };
}

/** Seconds from asking for the page until keys and clicks are answered, and from a question to its answer. */
async function opened(url) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--headless",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
  const interactive = [];
  const answer = [];
  try {
    for (let run = 0; run < RUNS; run++) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(url);
      await page.waitForSelector("html[data-ready]");
      interactive.push(Number(await page.getAttribute("html", "data-ready")) / 1000);
      const before = await page.locator(".count").textContent();
      const started = performance.now();
      await page.getByLabel("Secrets", { exact: true }).fill("system-7/");
      await page.locator(".count").filter({ hasNotText: before }).waitFor();
      answer.push((performance.now() - started) / 1000);
      await page.close();
    }
  } finally {
    await browser.close();
  }
  return { interactive: spread(interactive), search_answered: spread(answer) };
}
