import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bundle } from "../bin/build.mjs";
import { ceiling, figure, spread } from "./measure.mjs";

const ROUNDS = 5;
const SIZES = ["10", "100", "1,000", "10,000"];
/** How often the reference asks all paths in a round: it scans its patterns, so more rules take it longer. */
const PASSES = [100, 50, 10, 1];

/**
 * The policies room, each measurement in processes of its own. Deciding, parsing and building are held against the engine's own
 * evaluator (bench/engine) in turns, on the same workload, and both must allow the same; without Go they are measured alone.
 */
export async function measurePolicies({ root, scratch, say }) {
  const built = join(scratch, "policies");
  await bundle(root, built, { policies: "bench/policies.ts" });
  const ours = (name) => json("node", ["--expose-gc", join(built, "policies.mjs"), name]);
  const engine = buildEngine(root, join(scratch, "engine"), say);
  const load = ours("workload").map((each, index) => ({ ...each, passes: PASSES[index], builds: 4 }));
  const rounds = { ours: [], engine: [] };
  for (let round = 0; round < ROUNDS; round++) {
    if (engine) rounds.engine.push(json(engine, [], JSON.stringify(load)));
    rounds.ours.push(ours("decide"));
    if (engine) sameAnswers(rounds.ours[round], rounds.engine[round]);
    say(`round ${round + 1} of ${ROUNDS}`);
  }
  const models = Array.from({ length: ROUNDS }, () => ours("models"));
  const result = {
    ours: bySize(rounds.ours),
    ...(engine ? { "the engine's own evaluator, Vault 1.21.1": bySize(rounds.engine) } : {}),
    "bytes a rule": spread(Array.from({ length: 3 }, () => ours("memory")).flat()),
    "500 rules against 500, ms": spread(Array.from({ length: ROUNDS }, () => ours("compare")).flat()),
    "two revisions of 1,000 principals over 10,000 policies, ms": spread(
      models.flatMap((each) => each.milliseconds),
    ),
    "of that, most memory, MB": spread(models.map((each) => each.megabytes)),
    "policy test, cases a second": spread(Array.from({ length: 3 }, () => ours("cases")).flat()),
  };
  for (const [what, numbers] of Object.entries(result)) say(`${what}: ${JSON.stringify(numbers)}`);
  return { ...result, figures: figures(result) };
}

/** The engine's evaluator, built with the modules and sums that the toolchain builds Vault with; `undefined` where there is no Go. */
function buildEngine(root, file, say) {
  const modules = join(root, "toolchain", "modules", "vault", "go.mod");
  const args = [
    "build",
    "-modfile",
    modules,
    "-mod=readonly",
    "-trimpath",
    "-buildvcs=false",
    "-ldflags",
    "-s -w",
  ];
  const { status, stderr, error } = spawnSync("go", [...args, "-o", file, "."], {
    cwd: join(root, "bench", "engine"),
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
    encoding: "utf8",
  });
  if (status === 0) return file;
  say(`measured without the engine's own evaluator: ${error ? "go is not on PATH" : stderr.trim()}`);
  return undefined;
}

function json(command, args, input) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    input,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} failed: ${error ?? stderr}`);
  return JSON.parse(stdout);
}

/** A figure of an evaluator that decides otherwise would mean nothing. */
function sameAnswers(ours, engine) {
  const allowed = (each) => [each.reads_allowed, each.lists_allowed];
  const [left, right] = [ours.map(allowed), engine.map(allowed)].map((each) => JSON.stringify(each));
  if (left !== right) throw new Error(`the engine allows ${right} of the paths, we ${left}`);
}

function bySize(rounds) {
  const collect = (size, key) => spread(rounds.flatMap((round) => round[size][key]));
  return Object.fromEntries(
    SIZES.map((rules, size) => [
      `${rules} rules`,
      {
        "read, ns": collect(size, "read_ns"),
        "list, ns": collect(size, "list_ns"),
        "parse and build, ms": collect(size, "parse_and_build_ms"),
      },
    ]),
  );
}

function figures(result) {
  const engine = result["the engine's own evaluator, Vault 1.21.1"];
  const largest = result.ours["10,000 rules"];
  const decisions = SIZES.flatMap((rules) =>
    ["read", "list"].map((operation) =>
      ceiling(`${operation}, ${rules} rules`, result.ours[`${rules} rules`][`${operation}, ns`], 1000, "ns"),
    ),
  );
  return [
    ...decisions,
    ceiling("parse and build 10,000 rules in 1,000 policies", largest["parse and build, ms"], 60, "ms"),
    ...(engine
      ? [
          figure(
            "parse and build 10,000 rules / the engine",
            largest["parse and build, ms"],
            engine["10,000 rules"]["parse and build, ms"],
            0.4,
          ),
        ]
      : []),
    ceiling("memory of a rule", result["bytes a rule"], 1024, "bytes"),
    ceiling("500 rules against 500", result["500 rules against 500, ms"], 200, "ms"),
    ceiling(
      "two revisions",
      result["two revisions of 1,000 principals over 10,000 policies, ms"],
      2000,
      "ms",
    ),
    ceiling("memory of two revisions", result["of that, most memory, MB"], 500, "MB"),
    ceiling("policy test", result["policy test, cases a second"], 20_000, "cases a second", false),
  ];
}
