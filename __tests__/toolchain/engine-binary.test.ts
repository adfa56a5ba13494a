import { join } from "node:path";
import type { EngineId } from "../../base/engine-id";
import { binarySha256, lookForEngineBinary } from "../../toolchain/engine-binary";
import { GivenPartError } from "../../toolchain/failures";
import { here } from "../../toolchain/platform";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const openbao: EngineId = { product: "openbao", version: "2.7.2" };
const answer = "OpenBao v2.7.2 (0123abc), committed 2026-10-26T20:32:27Z";

test("a program of exactly the engine's version on PATH is used", async () => {
  const { workshop, program } = openWorkbench();
  const path = program("bao", answer);
  expect(await lookForEngineBinary(workshop, openbao)).toEqual({
    found: { name: "openbao", wanted: "2.7.2", version: "2.7.2", path, source: "PATH", cached: true },
  });
});

test("another version, or the other engine under this one's name, is passed over with the reason", async () => {
  const { workshop, program } = openWorkbench();
  program("bao", "OpenBao v2.6.0 (0123abc)");
  const why = (text: string) => ({
    tried: expect.arrayContaining([{ way: expect.any(String), why: expect.stringContaining(text) }]),
  });
  expect(await lookForEngineBinary(workshop, openbao)).toEqual(why("it is openbao@2.6.0"));
  program("vault", answer);
  expect(await lookForEngineBinary(workshop, { product: "vault", version: "1.21.1" })).toEqual(
    why("it is openbao@2.7.2"),
  );
});

test("a given program is used, and its sum can be told", async () => {
  const { open, file } = openWorkbench();
  const path = file("my-bao", `#!/bin/sh\necho '${answer}'`, 0o755);
  const workshop = open({ STRONGROOM_ENGINE_BINARY: path });
  const look = await lookForEngineBinary(workshop, openbao);
  expect(look).toMatchObject({ found: { source: "given", path } });
  if ("found" in look) expect(await binarySha256(workshop, look.found)).toMatch(/^[0-9a-f]{64}$/);
});

test("a given program of another version, or none at all, is refused and not passed over", async () => {
  const { root, open, program } = openWorkbench();
  program("bao", "OpenBao v2.6.0 (0123abc)");
  for (const path of [join(root, "bin", "bao"), join(root, "absent")]) {
    const look = lookForEngineBinary(open({ STRONGROOM_ENGINE_BINARY: path }), openbao);
    await expect(look).rejects.toBeInstanceOf(GivenPartError);
    await expect(look).rejects.toMatchObject({ nextStep: expect.stringContaining("openbao@2.7.2") });
  }
});

test("for an image, a program that needs libraries is passed over on PATH and refused when given", async () => {
  const { open, workshop, program } = openWorkbench();
  const path = program("bao", answer);
  const use = { platform: { ...here, os: "linux" }, inImage: true };
  expect(await lookForEngineBinary(workshop, openbao, use)).toHaveProperty("tried");
  const given = lookForEngineBinary(open({ STRONGROOM_ENGINE_BINARY: path }), openbao, use);
  await expect(given).rejects.toThrow("it is no Linux program");
});
