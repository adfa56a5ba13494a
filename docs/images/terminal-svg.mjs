/**
 * Draws a terminal's output as an SVG: `FORCE_COLOR=1 npm start | node docs/images/terminal-svg.mjs > docs/images/first-minute.svg`.
 * Knows the few colours that the command line uses.
 */
import { stripVTControlCharacters } from "node:util";

const STYLES = {
  1: "font-weight='bold'",
  2: "opacity='0.6'",
  31: "fill='#f47067'",
  32: "fill='#57ab5a'",
  33: "fill='#c69026'",
};
const OFF = { 22: [1, 2], 39: [31, 32, 33], 0: [1, 2, 31, 32, 33] };
/** A style being turned on or off, as terminals are told. */
const STYLE = new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m`);
const LINE = 19;
const CHARACTER = 8.2;

let text = "";
for await (const chunk of process.stdin) text += chunk;
const lines = text.replace(/\r/g, "").trimEnd().split("\n");
const width =
  Math.ceil(Math.max(...lines.map((line) => stripVTControlCharacters(line).length)) * CHARACTER) + 40;
const height = lines.length * LINE + 40;
const rows = lines.map(
  (line, index) => `<text x="20" y="${32 + index * LINE}" xml:space="preserve">${spans(line)}</text>`,
);
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="What npm start prints">` +
    `<rect width="100%" height="100%" rx="10" fill="#22272e"/>` +
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="13.6" fill="#cdd9e5">\n${rows.join("\n")}\n</g></svg>\n`,
);

function spans(line) {
  const on = new Set();
  return line
    .split(new RegExp(`(${STYLE.source.replace("(", "(?:")})`))
    .map((part) => {
      const codes = STYLE.exec(part)?.[1];
      if (codes === undefined)
        return part === ""
          ? ""
          : `<tspan ${[...on].map((code) => STYLES[code]).join(" ")}>${escapeXml(part)}</tspan>`;
      for (const code of codes.split(";").map(Number)) {
        if (OFF[code]) for (const each of OFF[code]) on.delete(each);
        else if (STYLES[code]) on.add(code);
      }
      return "";
    })
    .join("");
}

function escapeXml(part) {
  return part.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
