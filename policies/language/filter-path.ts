/** The functions of the engine's templates, and Go's own. */
const FUNCTIONS = new Set(
  (
    "random truncate truncate_sha256 uppercase lowercase replace sha256 base64 decode_base64 hex decode_hex unix_time " +
    "unix_time_millis timestamp uuid glob and call html index slice js len not or print printf println urlquery eq ge gt " +
    "le lt ne if else end range with template define block break continue nil true false"
  ).split(" "),
);

/** What `{{ end }}` ends. */
const OPENING = new Set(["if", "range", "with", "define", "block"]);

/**
 * What is wrong with the template in `list_scan_response_keys_filter_path`, if anything is. The engine compiles it,
 * and refuses one that gives the same path for two different keys.
 */
export function filterProblem(template: string): string | undefined {
  const name = "list_scan_response_keys_filter_path";
  let usesKey = false;
  let open = 0;
  for (const [index, piece] of template.split("{{").entries()) {
    if (index === 0) continue;
    const action = /^((?:"(?:[^"\\]|\\.)*"|`[^`]*`|[^"`}]|\}(?!\}))*)\}\}/.exec(piece)?.[1];
    if (action === undefined) return `${name} has {{ without }}`;
    const words = action.replace(/"(?:[^"\\]|\\.)*"|`[^`]*`/g, " ");
    for (const [, word] of words.matchAll(/(?<![.$\w])([a-zA-Z_]\w*)/g)) {
      if (!FUNCTIONS.has(word as string)) return `${name} uses ${word}, which is no function of templates`;
    }
    if (/\btruncate\s+(0|-)/.test(words)) return `${name} truncates to nothing`;
    const first = /^-?\s*([a-z]+)/.exec(words)?.[1] ?? "";
    if (OPENING.has(first)) open++;
    else if (first === "end") open--;
    if (open < 0) return `${name} has {{ end }} without a beginning`;
    // A condition decides on the key without putting it into the path.
    if (first === "if" || first === "else") continue;
    usesKey ||= /\.key\b/.test(words) || /(^|\s)\.(\s|$)/.test(words) || /\b(random|uuid)\b/.test(words);
  }
  if (open > 0) return `${name} has a block without {{ end }}`;
  return usesKey ? undefined : `${name} gives the same path for every key`;
}
