import { HashMismatchError } from "../../toolchain/failures";
import { checkDigest } from "../../toolchain/image-digests";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

const image = (...digests: string[]) => ({
  id: "sha256:1",
  labels: {},
  digests: digests.map((digest) => `engine@${digest}`),
});

test("the digest that a tag first had is recorded, and the same image passes from then on", async () => {
  const { workshop } = openWorkbench();
  await checkDigest(workshop, "engine:1", image("sha256:aa"));
  await checkDigest(workshop, "engine:1", image("sha256:bb", "sha256:aa"));
  await checkDigest(workshop, "engine:2", image("sha256:cc"));
});

test("a tag that now means another image is refused", async () => {
  const { workshop } = openWorkbench();
  await checkDigest(workshop, "engine:1", image("sha256:aa"));
  const failure = checkDigest(workshop, "engine:1", image("sha256:bb"));
  await expect(failure).rejects.toBeInstanceOf(HashMismatchError);
  await expect(failure).rejects.toThrow("expected digest sha256:aa, found sha256:bb");
});

test("an image without a registry's digest, or asked for by digest, needs no record", async () => {
  const { workshop } = openWorkbench();
  await checkDigest(workshop, "engine:1", image());
  await checkDigest(workshop, "engine@sha256:aa", image("sha256:aa"));
  await checkDigest(workshop, "engine@sha256:aa", image("sha256:bb"));
});
