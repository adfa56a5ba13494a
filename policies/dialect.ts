import type { Dialect, Product } from "./dialects/dialect";
import { nearest } from "./dialects/known";
import { openbao } from "./dialects/openbao";
import { vault } from "./dialects/vault";
import { PolicyUsageError } from "./errors";

export type { Dialect, ListMode } from "./dialects/dialect";

/** What a policy is judged by where neither a person nor a source names an engine. */
export const DEFAULT_ENGINE = "openbao@2.7.2";

const RESOLVED = new Map<string, Dialect>();

/**
 * The dialect of an engine named `openbao@2.7.2` or `vault@1.21.1`. A version that is not known gets the nearest known
 * one, and says so in `note`.
 * @throws PolicyUsageError when the name is no engine.
 */
export function dialectOf(engine: string): Dialect {
  let dialect = RESOLVED.get(engine);
  if (!dialect) {
    dialect = resolve(engine);
    RESOLVED.set(engine, dialect);
  }
  return dialect;
}

function resolve(engine: string): Dialect {
  const match = /^(openbao|vault)@v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:[-+].*)?$/.exec(engine);
  if (!match) {
    throw new PolicyUsageError(
      `"${engine}" names no engine.`,
      "Write the product and its version, for example openbao@2.7.2 or vault@1.21.1.",
    );
  }
  const product = match[1] as Product;
  const asked = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)] as const;
  const version = nearest(product, asked);
  const note =
    version.join(".") === asked.join(".")
      ? undefined
      : `${product} ${asked.join(".")} is not among the versions that are known here; ${product} ${version.join(".")} stands in for it`;
  const resolved = product === "openbao" ? openbao(engine, version) : vault(engine, version);
  return note === undefined ? resolved : { ...resolved, note };
}
