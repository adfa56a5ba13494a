import { readdirSync } from "node:fs";
import { join } from "node:path";
import { examine } from "../../toolchain/doctor";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const engine = { product: "openbao", version: "2.7.2" } as const;

function look(
  bench: ReturnType<typeof openWorkbench>,
  target: "container" | "process",
  env: Record<string, string> = {},
) {
  const docker = `unix://${join(bench.root, "docker.sock")}`;
  return examine({ engine, target, env: { ...bench.env, DOCKER_HOST: docker, ...env } });
}

test("on an empty machine every row says what is wanted and what to do", async () => {
  const rows = await look(openWorkbench(), "container");
  expect(rows.map(({ part, state }) => `${part}: ${state}`)).toEqual([
    "node: ok",
    "git: optional",
    "docker engine: missing",
    "docker client: missing",
    "go: missing",
    "python with pip: optional",
    "terraform: optional",
    "opentofu: missing",
    "vault provider: missing",
    "docker provider: missing",
    "openbao binary: optional",
    "openbao image: missing",
    "vault binary: optional",
  ]);
  for (const row of rows.filter(({ state }) => state === "missing")) {
    expect(row.fix).not.toBe("");
    expect(row.found).not.toBe("");
  }
});

test("what is at hand is shown with its version and its place, and needs no fix", async () => {
  const bench = openWorkbench();
  const terraform = bench.program("terraform", "Terraform v1.11.4");
  const bao = bench.program("bao", "OpenBao v2.7.2 (0123abc)");
  bench.program("git", "git version 2.39.5");
  bench.program("go", "go version go1.26.8 linux/amd64");
  const rows = await look(bench, "process");
  const row = (part: string) => rows.find((candidate) => candidate.part === part);
  expect(row("terraform")).toMatchObject({ found: "1.11.4", from: terraform, fix: "", state: "ok" });
  expect(row("openbao binary")).toMatchObject({ found: "2.7.2", from: bao, state: "ok" });
  expect(row("git")).toMatchObject({ found: "2.39.5", state: "ok" });
  expect(row("go")).toMatchObject({ found: "1.26.8", state: "ok" });
  expect(row("opentofu")).toMatchObject({ state: "optional" });
  expect(row("docker engine")).toMatchObject({ state: "optional" });
});

test("a Go that is too old for the modules is told so", async () => {
  const bench = openWorkbench();
  bench.program("go", "go version go1.19.8 linux/amd64");
  const go = (await look(bench, "process")).find(({ part }) => part === "go");
  expect(go).toMatchObject({ found: "1.19.8", state: "missing", fix: expect.stringContaining("1.25.8") });
});

test("a wrongly given file is a finding in its row, and the other rows are shown all the same", async () => {
  const bench = openWorkbench();
  const rows = await look(bench, "process", { STRONGROOM_ENGINE_BINARY: join(bench.root, "absent") });
  expect(rows.find(({ part }) => part === "openbao binary")).toMatchObject({
    state: "missing",
    found: expect.stringContaining("STRONGROOM_ENGINE_BINARY names"),
  });
  expect(rows).toHaveLength(13);
});

test("looking fetches nothing and leaves no file", async () => {
  const bench = openWorkbench();
  await look(bench, "process");
  expect(readdirSync(bench.root)).toEqual(["bin"]);
});
