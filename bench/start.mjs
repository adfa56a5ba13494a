import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { copyOf } from "./copy-of.mjs";
import { figure, spread, timed } from "./measure.mjs";

const RUNS = 5;

/**
 * `npm start` with a warm toolchain, from nothing and unchanged, against plain Terraform on the same two stacks; `cdktf deploy`
 * beside them. The server stack's own step starts, initialises and unseals the engine in all three.
 */
export function measureStart({ root, say }) {
  const project = copyOf(root, join(mkdtempSync(join(tmpdir(), "strongroom-bench-")), "project"));
  const env = {
    ...process.env,
    STRONGROOM_HOME: join(dirname(project), "home"),
    STRONGROOM_INSTANCE: `bench-${process.pid}`,
    STRONGROOM_PORT: "18790",
    STRONGROOM_TARGET: "container",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    CI: "1",
    NO_COLOR: "1",
  };
  mkdirSync(env.STRONGROOM_HOME, { mode: 0o700 });
  const run = (command, ...args) => timed(command, args, { cwd: project, env });
  const plain = (stack, ...args) =>
    timed("terraform", args, { cwd: join(project, "cdktf.out", "stacks", stack), env }).seconds;
  const clear = () => {
    run("node", "bin/strongroom.mjs", "down", "--volumes", "--yes");
    rmSync(join(project, "cdktf.out"), { recursive: true, force: true });
  };
  const seconds = { start: [], plain: [], apply: [], cdktf: [], again: [], plans: [], verification: [] };
  try {
    run("node", "bin/strongroom.mjs", "up");
    clear();
    for (let round = 0; round < RUNS; round++) {
      const started = run("npm", "start");
      seconds.start.push(started.seconds);
      seconds.verification.push(secondsOf("verified", started.stdout));
      for (let repeat = 0; repeat < 2; repeat++) {
        seconds.again.push(run("npm", "start").seconds);
        seconds.plans.push(
          plain("dev-server", "plan", "-input=false") + plain("dev-access", "plan", "-input=false"),
        );
      }
      clear();

      // Synthesized and made ready beforehand, then begun from nothing: what is measured is Terraform and the engine.
      run("node", "bin/app.mjs");
      for (const stack of ["dev-server", "dev-access"])
        rmSync(join(project, "cdktf.out", "stacks", stack, ".terraform"), { recursive: true });
      const init = plain("dev-server", "init", "-input=false") + plain("dev-access", "init", "-input=false");
      const apply =
        plain("dev-server", "apply", "-input=false", "-auto-approve") +
        plain("dev-access", "apply", "-input=false", "-auto-approve");
      seconds.plain.push(init + apply);
      seconds.apply.push(apply);
      clear();

      if (round < 3) {
        seconds.cdktf.push(run("npx", "cdktf", "deploy", "*", "--auto-approve").seconds);
        clear();
      }
      say(
        `round ${round + 1}: ${Object.entries(seconds)
          .map(([name, values]) => `${name} ${values.at(-1)?.toFixed(2)}`)
          .join(" · ")}`,
      );
    }
  } finally {
    execFileSync("node", ["bin/strongroom.mjs", "down", "--volumes", "--yes"], {
      cwd: project,
      env,
      stdio: "ignore",
    });
    rmSync(dirname(project), { recursive: true, force: true });
  }
  const result = {
    "npm start, from nothing": spread(seconds.start),
    "plain terraform init and apply of both stacks, the engine's start in them": spread(seconds.plain),
    "of that, both applies": spread(seconds.apply),
    "npx cdktf deploy, from nothing": spread(seconds.cdktf),
    "npm start, unchanged": spread(seconds.again),
    "two plain terraform plans": spread(seconds.plans),
    verification: spread(seconds.verification),
  };
  return {
    ...result,
    figures: [
      figure("npm start from nothing / plain Terraform", spread(seconds.start), spread(seconds.plain), 1.3),
      figure("second npm start / two plain plans", spread(seconds.again), spread(seconds.plans), 1.2),
      figure("verification / apply", spread(seconds.verification), spread(seconds.apply), 0.1),
    ],
  };
}

/** How long a step says that it took. */
function secondsOf(step, output) {
  const found = new RegExp(`✔ ${step} .* ([\\d.]+) s$`, "m").exec(output);
  if (!found) throw new Error(`no step ${step} in:\n${output}`);
  return Number(found[1]);
}
