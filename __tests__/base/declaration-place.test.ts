import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { DeclarationPlace } from "../../base/declaration-place";

function declare(): DeclarationPlace {
  return new DeclarationPlace(declare);
}

describe("in a test", () => {
  test("tells the file and the line that declared it", () => {
    const place = declare();
    expect(String(place)).toBe("__tests__/base/declaration-place.test.ts:13");
  });

  test("tells where something was thrown, below the vocabulary that threw it", () => {
    const error = new TypeError("x is not a function");
    const [message, ...frames] = (error.stack ?? "").split("\n");
    error.stack = [message, `    at Secret.grant (${resolve("constructs/secret.ts")}:3:1)`, ...frames].join(
      "\n",
    );
    expect(String(DeclarationPlace.thrownBy(error))).toMatch(
      /^__tests__\/base\/declaration-place\.test\.ts:\d+$/,
    );
  });

  test("what only Strongroom's own rooms threw has no place", () => {
    const error = new Error("x");
    error.stack = [
      "Error: x",
      ...["cli/review.ts", "stacks/synthesize.ts"].map((file) => `    at f (${resolve(file)}:3:1)`),
    ].join("\n");
    expect(DeclarationPlace.thrownBy(error).position()).toBeUndefined();
  });

  test("tells so when no frame is the user's", () => {
    const place = new DeclarationPlace(DeclarationPlace);
    Object.assign(place, { stack: "Error\n    at node:internal/main:1:1" });
    expect(String(place)).toBe("an unknown place");
  });
});

describe("in a bundle", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "declaration-place-"));
    mkdirSync(join(folder, "systems"));
    writeFileSync(
      join(folder, "systems", "shop.ts"),
      `import { DeclarationPlace } from ${JSON.stringify(resolve("base/declaration-place"))};
interface Erased { readonly by: "the compiler" }

function declare() { return new DeclarationPlace(declare); }
class Shop {
  readonly name: string = "shop";
  readonly place = declare();
}
console.log(String(new Shop().place));
`,
    );
    const flags = "--outdir=dist --out-extension:.js=.mjs --bundle --format=esm --platform=node --sourcemap";
    spawnSync(resolve("node_modules/.bin/esbuild"), ["cli=systems/shop.ts", ...flags.split(" ")], {
      cwd: folder,
    });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [...flags, "dist/cli.mjs"], { cwd: folder, encoding: "utf8" }).stdout.trim();

  test("tells the line of the source, not that of the bundle", () => {
    expect(run()).toBe("systems/shop.ts:7");
  });

  test("tells the same where Node maps stack traces itself", () => {
    expect(run("--enable-source-maps")).toBe("systems/shop.ts:7");
  });

  test("tells a place in the bundle as unknown when its map is lost", () => {
    rmSync(join(folder, "dist", "cli.mjs.map"));
    expect(run()).toBe("an unknown place");
  });
});
