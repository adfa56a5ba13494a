const CLOSE = "\n</details>\n";
const NOTICE = "\n**The rest is left out here for want of room; the JSON of the review has it.**\n";

/** The body, or as many whole lines of it as the platform takes, with a word about the rest. Folds are closed. */
export function fitBody(body: string, limit: number): string {
  if (body.length <= limit) return body;
  const room = limit - NOTICE.length - CLOSE.length;
  const kept = body.slice(0, body.lastIndexOf("\n", room) + 1);
  const open = count(kept, "<details>") > count(kept, "</details>");
  return `${kept}${open ? CLOSE : ""}${NOTICE}`;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
