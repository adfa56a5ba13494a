import { dialectOf } from "../../policies/dialect";
import { PolicyDocument, type PolicyRule } from "../../policies/document";
import { AccessList } from "../../policies/semantics/access-list";
import { MISMATCHES } from "../policies/mismatches";
import { oraclesFor } from "./conformance/oracles/all";
import { runConformance } from "./conformance/run";
import { Stage } from "./conformance/stage";
import type { TestedEngine } from "./policies-engine";

/** Every run uses this seed, so that a difference can be seen again; CONFORMANCE_SEED takes another. */
const SEED = Number(process.env.CONFORMANCE_SEED ?? 20_260_101);
/** Decisions for each engine; `npm run conformance` asks more. */
const DECISIONS = 40_000 * Number(process.env.CONFORMANCE_SCALE ?? 1);

/** Holds the library against a running engine: what it accepts, what sys/capabilities says, what requests get. */
export function conformsTo(engine: TestedEngine): void {
  let stage: Stage;

  beforeAll(async () => {
    stage = await Stage.open(engine);
  }, 60_000);

  afterAll(async () => {
    await stage.close();
  });

  test("answers as recorded wherever the library was once wrong", async () => {
    for (const { name, source, openbao, vault } of MISMATCHES) {
      const accepted = await stage.server.writePolicy("accept", source);
      expect({ name, accepted }).toEqual({ name, accepted: stage.isOpenBao ? openbao : vault });
    }
  });

  test("lists are resolved in the mode that its version says", async () => {
    const seat = await stage.seat("mode", 1);
    const asked = async (rules: readonly PolicyRule[]): Promise<boolean> => {
      await stage.install(seat, [rules]);
      const [found] = await stage.server.capabilities(seat.token, ["kv/metadata/app/"]);
      return found?.includes("list") ?? false;
    };
    const rule = (path: string, capability: "read" | "list"): PolicyRule => ({
      path,
      capabilities: [capability],
    });
    const answers = [
      await asked([rule("kv/*", "read"), rule("kv/metadata/app/*", "list")]),
      await asked([rule("kv/*", "list"), rule("kv/metadata/app/*", "read")]),
      await asked([rule("kv/metadata/+", "list")]),
    ];
    const modes = {
      L0: [true, false, false],
      L1: [false, true, true],
      L2: [true, true, true],
      L3: [true, false, true],
    };
    expect(answers).toEqual(modes[dialectOf(engine).listMode]);
  });

  if (engine.startsWith("openbao")) {
    test("a policy counts until it ends", async () => {
      const policy = 'path "ends" { capabilities = ["read"] }';
      const token = await stage.server.token(["ending"]);
      await stage.root("PUT", "sys/policies/acl/ending", { policy, ttl: "2s" });
      const written = await stage.root("GET", "sys/policies/acl/ending");
      const { expiration } = written.data as { expiration: string };
      const ours = (now: number) =>
        AccessList.compile([{ name: "ending", document: PolicyDocument.parse(policy), expiration }], {
          engine,
          now,
        }).capabilities("ends");
      expect(await stage.server.capabilities(token, ["ends"])).toEqual([ours(Date.parse(expiration) - 1)]);
      await new Promise((resolve) => setTimeout(resolve, Date.parse(expiration) + 50 - Date.now()));
      expect(await stage.server.capabilities(token, ["ends"])).toEqual([ours(Date.now())]);
    });
  }

  const oracles = oraclesFor(engine);
  const shares = oracles.reduce((sum, { share }) => sum + share, 0);
  test.each(oracles.map((oracle) => [oracle.name, oracle] as const))(
    "%s",
    async (_, oracle) => {
      const decisions = Math.ceil((DECISIONS * oracle.share) / shares);
      const { byOracle, mismatches } = await runConformance(stage, [oracle], { decisions, seed: SEED });
      expect(mismatches).toEqual([]);
      expect(byOracle.get(oracle.name)).toBeGreaterThanOrEqual(decisions);
    },
    60_000 + DECISIONS * 5,
  );
}
