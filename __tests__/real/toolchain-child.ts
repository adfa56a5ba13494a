import { findEntry } from "../../toolchain/cache";
import { buildGoModule } from "../../toolchain/go-module";
import { obtain } from "../../toolchain/obtain";
import { here, printPlatform } from "../../toolchain/platform";
import { openWorkshop } from "../../toolchain/workshop";

/**
 * One run of the toolchain, to be killed: builds the Go module in the folder of its first argument into the cache, tells each
 * piece of progress on a line, and at the end the program's sum.
 */
const stop = new AbortController();
process.on("SIGINT", () => stop.abort());
const workshop = openWorkshop(({ what }) => process.stdout.write(`${what}\n`), { signal: stop.signal });
const build = {
  ...{
    label: "tiny",
    directory: process.argv[2] ?? "",
    packagePath: ".",
    version: "1.2.3",
    from: "tiny.test/tiny@v1.2.3",
  },
  ...{ minutes: 0.5, binary: "tiny", platform: here },
};

obtain(workshop, {
  ...{
    part: "tiny",
    label: "tiny",
    wanted: "1.2.3",
    platform: printPlatform(here),
    tried: [],
    nextStep: "Install Go.",
  },
  find: () => findEntry(workshop, "tiny", "1.2.3", printPlatform(here)),
  ways: [
    { name: "its Go module", source: "go module", make: (folder) => buildGoModule(workshop, build, folder) },
  ],
}).then(
  ({ entry, cached }) => process.stdout.write(`${entry.sha256} ${cached ? "cached" : "made"}\n`),
  (error: { exitCode?: number; message: string }) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode ?? 1;
  },
);
