/** An element of a document that was read. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN =
  /<(?<close>\/)?(?<name>[A-Za-z][\w.-]*)(?<attributes>(?:\s+[\w.:-]+="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)/uy;
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Reads the XML that tests meet, and refuses what is not well-formed: strict where readers of CI systems are. */
export function readXml(xml: string): XmlElement {
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(prolog)) throw new Error("no prolog");
  if (FORBIDDEN.test(xml)) throw new Error("a character that XML does not allow");
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  TOKEN.lastIndex = prolog.length;
  while (TOKEN.lastIndex < xml.length) {
    const at = TOKEN.lastIndex;
    const { close, name, attributes, empty, text } =
      TOKEN.exec(xml)?.groups ?? fail(`unreadable at ${xml.slice(at, at + 60)}`);
    const current = open.at(-1) ?? fail("behind the end");
    if (text !== undefined) current.text += decoded(text);
    else if (close) {
      if (current.name !== name) fail(`</${name}> closes <${current.name}>`);
      open.pop();
    } else {
      const element = {
        name: name ?? "",
        attributes: attributesOf(attributes ?? ""),
        children: [],
        text: "",
      };
      current.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length !== 1) fail(`<${open.at(-1)?.name}> stays open`);
  return root.children.length === 1 && root.text.trim() === ""
    ? (root.children[0] as XmlElement)
    : fail("not one root");
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(/([\w.:-]+)="([^"]*)"/g)) {
    if (name in found) fail(`${name} twice`);
    found[name] = decoded(value);
  }
  return found;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decoded(text: string): string {
  if (text.includes("]]>")) fail("]]> in character data");
  return text.replace(/&(\w*);?/g, (whole, name: string) =>
    whole.endsWith(";") && name in ENTITIES ? (ENTITIES[name] as string) : fail(`${whole} is no entity`),
  );
}

function fail(reason: string): never {
  throw new Error(reason);
}
