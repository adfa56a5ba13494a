import { UsageError } from "./errors";

/** Whose server it is. */
export type EngineProduct = "openbao" | "vault";

/** The server software and its version, written `openbao@2.7.2` wherever a person meets it. */
export interface EngineId {
  readonly product: EngineProduct;
  /** A plain semantic version, without a leading `v`. */
  readonly version: string;
}

/** @throws UsageError when `text` is not `openbao@X.Y.Z` or `vault@X.Y.Z` */
export function parseEngineId(text: string): EngineId {
  const match = /^(openbao|vault)@(\d+\.\d+\.\d+)$/.exec(text);
  if (!match) {
    throw new UsageError(
      `"${text}" is not an engine.`,
      "Write the product and its version, for example openbao@2.7.2 or vault@1.21.1.",
    );
  }
  return { product: match[1] as EngineProduct, version: match[2] as string };
}

/** `openbao@2.7.2`: the way back from `parseEngineId`. */
export function printEngineId(engine: EngineId): string {
  return `${engine.product}@${engine.version}`;
}
