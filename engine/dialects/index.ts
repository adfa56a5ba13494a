import lt from "semver/functions/lt";
import { type EngineId, type EngineProduct, printEngineId } from "../../base/engine-id";
import { UsageError } from "../../base/errors";
import type { Dialect } from "./dialect";
import { openbao } from "./openbao";
import { vault } from "./vault";

export { auditFileIn, type Dialect, type ServerConfigOptions } from "./dialect";

const products: Record<EngineProduct, { oldest: string; make: (engine: EngineId) => Dialect }> = {
  openbao: { oldest: "2.5.0", make: openbao },
  vault: { oldest: "1.20.0", make: vault },
};

/**
 * The dialect of an engine.
 * @throws UsageError when the version is older than the dialect describes
 */
export function dialectOf(engine: EngineId): Dialect {
  const { oldest, make } = products[engine.product];
  if (lt(engine.version, oldest)) {
    throw new UsageError(
      `${printEngineId(engine)} is older than what Strongroom speaks with.`,
      `Use ${engine.product}@${oldest} or later.`,
    );
  }
  return make(engine);
}
