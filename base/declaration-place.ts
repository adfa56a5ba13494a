import { relative } from "node:path";

/**
 * Where in the user's own files a construct was declared, as `systems/dotmac.ts:31`, so that a message can point
 * at the line to mend. Taking one costs little: V8 formats the stack only when it is read.
 */
export class DeclarationPlace {
  private readonly holder: { stack?: string } = {};

  /** @param below a function or class: frames from it upwards are left out, as in `Error.captureStackTrace` */
  constructor(below: object) {
    Error.captureStackTrace(this.holder, below as () => void);
  }

  /** @returns `file:line` relative to the working directory, or `undefined` when no frame is the user's */
  toString(): string {
    const frames = (this.holder.stack ?? "").split("\n").slice(1);
    for (const frame of frames) {
      const match = /\(?((?:file:\/\/)?\/[^()]+|[A-Za-z]:\\[^()]+):(\d+):\d+\)?$/.exec(frame.trim());
      const file = match?.[1]?.replace(/^file:\/\//, "");
      if (file && !isOurs(file)) {
        return `${relative(process.cwd(), file)}:${match?.[2]}`;
      }
    }
    return "an unknown place";
  }
}

/** The vocabulary itself is never the place to mend. */
function isOurs(file: string): boolean {
  const [first = ""] = relative(process.cwd(), file).split(/[\\/]/);
  return (
    file.startsWith("node:") ||
    /[\\/]node_modules[\\/]/.test(file) ||
    ["constructs", "base", "dist"].includes(first)
  );
}
