import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

/** Where screenshots stay, for whoever wants to see what a run saw. Not part of the repository. */
const PICTURES = join(process.cwd(), "test-results", "report");

const FLAGS = [
  "--no-sandbox",
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser of the machine, with a profile of its own for each window. */
export async function startBrowser(): Promise<Browser> {
  const folders = ["/usr/bin", ...(process.env.PATH ?? "").split(delimiter)];
  const executablePath = folders.map((folder) => join(folder, "chromium")).find((file) => existsSync(file));
  if (executablePath === undefined) throw new Error("there is no chromium on PATH");
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Look {
  readonly colorScheme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
  /** As in the high contrast of Windows. */
  readonly forcedColors?: "active";
}

/** One page, with all that it asked for and complained of. */
export class Visit {
  readonly requests: string[] = [];
  readonly complaints: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on("request", (request) => this.requests.push(request.url()));
    page.on("console", (message) => this.complaints.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => this.complaints.push(`error: ${error.message}`));
  }

  /** Opens a page from the disk, and waits until it can be used. */
  static async open(browser: Browser, url: string, look: Look = {}): Promise<Visit> {
    const { colorScheme = "light", width = 1440, height = 900, forcedColors = "none" } = look;
    const context = await browser.newContext({ colorScheme, forcedColors, viewport: { width, height } });
    const visit = new Visit(context, await context.newPage());
    await visit.page.goto(url);
    await visit.page.waitForSelector("html[data-ready]");
    return visit;
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  async picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  /** Every fault that axe-core finds, however small, each with where. */
  async faults(): Promise<string[]> {
    // By the debugger, because the page's own policy lets no other script run.
    const debug = await this.context.newCDPSession(this.page);
    await debug.send("Runtime.evaluate", { expression: axe.source });
    const { violations } = await this.page.evaluate(() =>
      (globalThis as unknown as { axe: typeof axe }).axe.run(),
    );
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }
}
