import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Environment } from "../../stacks/environment";
import { synthesized } from "../stacks/workbench";

/** The blocks of docs/declare-a-system.md, by the file that each says it is. */
const page = readFileSync("docs/declare-a-system.md", "utf8");
const blocks = [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = "", code = ""]) => ({
  file,
  code,
}));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "declare-a-system-"));
  for (const { file, code } of blocks) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), standingApart(code));
  }
  const compilerOptions = { noEmit: true, typeRoots: [resolve("node_modules/@types")] };
  const config = { extends: resolve("tsconfig.json"), compilerOptions, include: ["**/*.ts"], exclude: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code with its imports of the project as absolute paths; those of the page's other files stay. */
function standingApart(code: string): string {
  return code
    .replaceAll('from "constructs"', `from "${resolve("node_modules/constructs")}"`)
    .replaceAll(/from "\.\.\/(constructs|stacks)\//g, `from "${resolve(".")}/$1/`);
}

test("every block of TypeScript on the page says which file it is", () => {
  expect(blocks.map(({ file }) => file)).toEqual([
    "systems/shop.ts",
    "environments/example.ts",
    "systems/partners.ts",
    "systems/monitor.ts",
    "systems/billing.ts",
  ]);
  expect(page.match(/```ts/g)).toHaveLength(blocks.length);
});

test("the blocks compile", () => {
  const { status, stdout } = spawnSync(resolve("node_modules/.bin/tsc"), ["-p", folder], {
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
}, 60_000);

test("the environment on the page synthesizes, and its role reads what the page says", () => {
  const { example } = require(join(folder, "environments/example.ts")) as { example: Environment };
  const { catalog } = synthesized(example);
  expect(catalog.grants.map(({ principal, intent, pattern }) => `${principal} ${intent} ${pattern}`)).toEqual(
    ["shop read shop/db", "shop read shop/session"],
  );
});

describe("the system with guardrails on the page", () => {
  const broken = (code: string) =>
    code.replace("this.providers.grantWrite(this.ci);", "this.ledger.grantRead(this.ci);");

  test("keeps them, and tells a broken one as the page does, but for the lines", () => {
    const { code } = blocks.find(({ file }) => file === "systems/billing.ts") as { code: string };
    writeFileSync(join(folder, "systems/broken.ts"), standingApart(broken(code)));
    const { example } = require(join(folder, "environments/example.ts")) as { example: Environment };
    const { Billing } = require(join(folder, "systems/billing.ts"));
    const { guardrails } = synthesized(new Environment("dev", { ...example.props, systems: [Billing] }));
    expect(guardrails).toHaveLength(4);

    const { Billing: Broken } = require(join(folder, "systems/broken.ts"));
    const wrong = new Environment("dev", { ...example.props, systems: [Broken] });
    const [told = ""] = /^systems\/billing\.ts:\d+ {2}guardrail[\s\S]*?(?=\n```)/m.exec(page) ?? [];
    const [before = "", after = ""] = told
      .replace(/^systems\/billing\.ts:\d+ {2}/, "")
      .split(/systems\/billing\.ts:\d+/);
    expect(() => synthesized(wrong)).toThrow(before);
    expect(() => synthesized(wrong)).toThrow(after);
  });
});

test("the message on the page is the one that is told", () => {
  const { code } = blocks[0] as { code: string };
  writeFileSync(join(folder, "systems/wrong.ts"), standingApart(code.replace('"shop/db"', '"data/shop/db"')));
  const { Shop } = require(join(folder, "systems/wrong.ts"));
  const { example } = require(join(folder, "environments/example.ts")) as { example: Environment };
  const [, told = ""] = /```text\n(systems\/shop[\s\S]*?)\n```/.exec(page) ?? [];
  const wrong = new Environment("dev", { ...example.props, systems: [Shop] });
  // The page's block begins with the comment that names its file, which is a line that the file does not have.
  expect(() => synthesized(wrong)).toThrow(told.replace(/^systems\/shop\.ts:\d+ {2}/, ""));
});
