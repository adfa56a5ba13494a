import { gzipSync } from "node:zlib";
import type { ReportData } from "./data";
import page from "./page/index.html";
import { shown } from "./shown";
import { titleOf } from "./title";

/**
 * The page with its data in it. The data is compressed and in base64, so that nothing that stands in a policy or a name can
 * be taken for markup; only the title is text, and escaped.
 */
export function documentOf(data: ReportData): string {
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString("base64");
  return page
    .replace("<!--title-->", () => `<title>${escaped(shown(titleOf(data)))}</title>`)
    .replace("<!--data-->", () => `<script type="text/plain" id="data">${packed}</script>`);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
