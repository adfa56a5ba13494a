import { figure, spread, timed } from "./measure.mjs";

/** How long a command takes to say its version, against a Node that does nothing. */
export function measureCommands({ say }) {
  const version = [];
  const nothing = [];
  for (let run = 0; run < 15; run++) {
    nothing.push(timed("node", ["-e", "0"]).seconds);
    version.push(timed("node", ["bin/strongroom.mjs", "--version"]).seconds);
  }
  const result = { "strongroom --version": spread(version), "node -e 0": spread(nothing) };
  say(JSON.stringify(result));
  return {
    ...result,
    figures: [
      figure("strongroom --version / node -e 0", result["strongroom --version"], result["node -e 0"], 2),
    ],
  };
}
