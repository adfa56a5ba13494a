import { relative } from "node:path";
import { rooms } from "./rooms.json";
import { type SourcePosition, sourcePosition } from "./source-position";

/**
 * Where in the user's own files a construct was declared, as `systems/dotmac.ts:31`, so that a message can point
 * at the line to mend. Taking one costs little: V8 formats the stack, and the bundle's source map is read, only when
 * somebody asks.
 */
export class DeclarationPlace {
  /** V8 puts it here, and formats it when it is read. */
  declare private readonly stack?: string;

  /** @param below a function or class: frames from it upwards are left out, as in `Error.captureStackTrace` */
  constructor(below: object) {
    const usual = Error.stackTraceLimit;
    // A handful of frames leads out of the vocabulary into the user's file; each one costs time, and there are thousands.
    Error.stackTraceLimit = FRAMES;
    Error.captureStackTrace(this, below as () => void);
    Error.stackTraceLimit = usual;
  }

  /** Where something was thrown that nobody foresaw. */
  static thrownBy({ stack }: Error): DeclarationPlace {
    const place = new DeclarationPlace(DeclarationPlace.thrownBy);
    return Object.assign(place, { stack: stack ?? "" });
  }

  /** @returns `file:line` relative to the working directory, or `an unknown place` when no frame is the user's */
  toString(): string {
    const found = this.position();
    return found ? `${found.file}:${found.line}` : "an unknown place";
  }

  /** The file, relative to the working directory, and the line; `undefined` when no frame is the user's. */
  position(): { readonly file: string; readonly line: number } | undefined {
    const frames = (this.stack ?? "").split("\n").slice(1);
    for (const frame of frames) {
      const position = positionOf(frame);
      if (position && !isOurs(position.file)) {
        return { file: relative(process.cwd(), position.file), line: position.line };
      }
    }
    return undefined;
  }
}

const FRAMES = 5;

/** `at Dotmac.secret (file:///home/me/strongroom/dist/cli.mjs:12:34)`, with or without a name. */
function positionOf(frame: string): SourcePosition | undefined {
  const place = frame.trim().replace(/^at (async )?/, "");
  const match = /(?:^| \()((?:file:\/\/)?\/.*|[A-Za-z]:[\\/].*):(\d+):(\d+)\)?$/.exec(place);
  if (!match?.[1]) return undefined;
  return sourcePosition({ file: match[1], line: Number(match[2]), column: Number(match[3]) });
}

/** What is never the place to mend: the rooms of Strongroom, the vocabulary first of all, and what is made of them. */
const OURS: readonly string[] = [...rooms, "main.ts", "dist"];

function isOurs(file: string): boolean {
  const [first = ""] = relative(process.cwd(), file).split(/[\\/]/);
  return file.startsWith("node:") || /[\\/]node_modules[\\/]/.test(file) || OURS.includes(first);
}
