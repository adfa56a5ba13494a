import { UsageError } from "../../base/errors";
import { MAX_BYTES } from "../../review/policy-files/read-policy-file";

/** All of standard input. @param most in bytes; more is refused, because it may never end */
export async function readInput(most = MAX_BYTES): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most)
      throw new UsageError(
        `Standard input has more than ${Math.floor(most / 1e6)} MB, which are not read.`,
        "Give less of it, or name a file.",
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
