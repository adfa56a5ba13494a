/**
 * Takes the pictures of a report for README.md, light and dark:
 * `npx strongroom review --output review.html && node docs/images/access-map.mjs review.html 'view=map&secret=database'`.
 * What stands behind the # of the report's address chooses what is seen. Needs Chromium.
 */
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, view = "view=map"] = process.argv.slice(2);
if (!file) throw new Error("Name the page: node docs/images/access-map.mjs review.html");
const here = dirname(fileURLToPath(import.meta.url));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({
    viewport: { width: 1400, height: 660 },
    colorScheme,
    reducedMotion: "reduce",
  });
  await page.goto(`${pathToFileURL(resolve(file))}#${view}`);
  await page.waitForSelector("html[data-ready]");
  // A page that is opened at a cell has its focus on the heading; whoever came by the pointer sees no ring.
  await page.evaluate("document.activeElement.blur()");
  await page.screenshot({ path: join(here, `access-map-${colorScheme}.png`) });
  await page.close();
}
await browser.close();
