import { readFileSync } from "node:fs";
import type { Pool } from "undici";
import { OperationalError } from "../base/errors";

export interface ConnectionOptions {
  readonly caFile?: string;
  readonly connections?: number;
  readonly timeoutMs?: number;
}

/** The pool, made at the first call: undici is not loaded by commands that never reach a server. */
export class Connection {
  private pool: Promise<Pool> | undefined;

  constructor(
    readonly origin: string,
    private readonly options: ConnectionOptions,
  ) {}

  open(): Promise<Pool> {
    this.pool ??= import("undici").then(({ Pool }) => {
      const { caFile, connections = 8, timeoutMs = 30_000 } = this.options;
      const ca = caFile === undefined ? {} : { ca: readCa(caFile) };
      return new Pool(this.origin, { connections, connect: { timeout: timeoutMs, ...ca } });
    });
    return this.pool;
  }

  async close(): Promise<void> {
    const pool = await this.pool?.catch(() => undefined);
    this.pool = undefined;
    await pool?.close();
  }
}

function readCa(caFile: string): Buffer {
  try {
    return readFileSync(caFile);
  } catch (cause) {
    throw new OperationalError(`Cannot read the CA file ${caFile}.`, "Check its path and its mode.", {
      cause,
    });
  }
}
