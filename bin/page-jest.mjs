/** For jest: pages as text, the same text as in the bundle. */
import { createHash } from "node:crypto";
import { pageText } from "./page.mjs";

export default {
  process: (_, file) => ({
    code: `module.exports = { __esModule: true, default: ${JSON.stringify(pageText(file))} };`,
  }),
  // What the page is made of is more than the file that names it.
  getCacheKey: (_, file) => createHash("sha256").update(pageText(file)).digest("hex"),
};
