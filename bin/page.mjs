/**
 * Makes the page of the HTML report: review/report/page/index.html with its style and its bundled script in it, and a content
 * security policy that lets these two run and nothing else. A module imports it as text: `import page from "./page/index.html"`.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync } from "esbuild";

/** @param file the path of index.html; main.ts and style.css stand beside it */
export function pageText(file) {
  const folder = dirname(file);
  const style = bundled(join(folder, "style.css"));
  const script = bundled(join(folder, "main.ts"));
  // Either would end the element that it stands in, or keep it open.
  if (/<!--|<\/(script|style)/i.test(script + style))
    throw new Error("the page's script or style ends its element");
  const policy = [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return readFileSync(file, "utf8")
    .replace(/\n\s+/g, "\n")
    .replace("<!--policy-->", () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
    .replace("<!--style-->", () => `<style>${style}</style>`)
    .replace("<!--script-->", () => `<script>${script}</script>`);
}

/** For esbuild: pages as text. */
export const pages = {
  name: "pages",
  setup(build) {
    build.onLoad({ filter: /\.html$/ }, ({ path }) => ({ contents: pageText(path), loader: "text" }));
  },
};

function bundled(entry) {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    platform: "browser",
    // Browsers of 2024 and later: what the page needs beyond that is asked of none.
    target: ["chrome123", "firefox121", "safari17.5"],
    charset: "ascii",
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles[0].text.trimEnd();
}

function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
