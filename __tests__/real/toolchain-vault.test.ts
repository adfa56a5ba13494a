import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { ensureToolchain } from "../../toolchain/toolchain";
import { serveHardened } from "./toolchain-machine";

// Vault is built here from its Go module where its vendor's registry does not answer: many minutes the first time.

const engine = { product: "vault", version: "1.21.1" } as const;
jest.setTimeout(60 * 60_000);

test("the binary is Vault's, with its licence beside it", async () => {
  const { engineBinary } = await ensureToolchain({ engine, target: "process" }, () => undefined);
  const path = engineBinary?.path ?? "";
  expect((await execa(path, ["version"])).stdout).toMatch(/^Vault v1\.21\.1/);
  const licence = join(dirname(path), "LICENSE");
  if (engineBinary?.source === "go module") {
    expect(existsSync(licence)).toBe(true);
    expect(readFileSync(licence, "utf8")).toContain("Business Source License 1.1");
  }
});

test("the image serves without root, writable root file system or capabilities, on a fresh volume of its own", async () => {
  const { image } = await ensureToolchain({ engine, target: "container" }, () => undefined);
  const status = await serveHardened(engine, image?.path ?? "");
  expect(status).toMatchObject({ initialized: false, sealed: true, storage_type: "raft", version: "1.21.1" });
});
