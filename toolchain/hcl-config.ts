/**
 * Reads as much HCL as Terraform's own configuration file has: blocks, attributes with strings, numbers, words, lists
 * and maps, and the three kinds of comment.
 */
export interface ConfigBlock {
  readonly type: string;
  readonly attributes: Readonly<Record<string, ConfigValue>>;
  readonly blocks: readonly ConfigBlock[];
}

type ConfigValue = string | readonly ConfigValue[];

/** @throws SyntaxError when `text` is not such a file */
export function parseConfig(text: string): ConfigBlock {
  const tokens = tokenize(text);
  return readBody({ tokens, at: 0 }, "", undefined);
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

const token = /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\.)*"|[A-Za-z0-9_.-]+|[{}[\]=,:])/y;

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new SyntaxError(`cannot read "${text.slice(from, from + 20)}"`);
    if (match[1] !== undefined) tokens.push(match[1]);
  }
  return tokens;
}

function readBody(reader: Reader, type: string, end: "}" | undefined): ConfigBlock {
  const attributes: Record<string, ConfigValue> = {};
  const blocks: ConfigBlock[] = [];
  for (;;) {
    const name = reader.tokens[reader.at++];
    if (name === end) return { type, attributes, blocks };
    if (name === undefined || /^[{}[\]=,:]$/.test(name))
      throw new SyntaxError(`unexpected ${name ?? "end of file"}`);
    if (reader.tokens[reader.at] === "=") {
      reader.at++;
      attributes[unquote(name)] = readValue(reader);
      continue;
    }
    while (reader.tokens[reader.at]?.startsWith('"')) reader.at++;
    if (reader.tokens[reader.at++] !== "{") throw new SyntaxError(`expected "{" after ${name}`);
    blocks.push(readBody(reader, name, "}"));
  }
}

/** A map's values are read past: no setting that is looked at here has one. */
function readValue(reader: Reader): ConfigValue {
  const first = reader.tokens[reader.at++];
  if (first === undefined) throw new SyntaxError("unexpected end of file");
  if (first !== "[" && first !== "{") return unquote(first);
  const close = first === "[" ? "]" : "}";
  const items: ConfigValue[] = [];
  while (reader.tokens[reader.at] !== close) {
    if (/^[,=:]$/.test(reader.tokens[reader.at] ?? "")) reader.at++;
    else items.push(readValue(reader));
  }
  reader.at++;
  return items;
}

function unquote(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text;
}
