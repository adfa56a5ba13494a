import { readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { imageLabels, imageReference, layOutImage } from "../../toolchain/image-recipe";
import { closeWorkbenches, openWorkbench } from "./workbench";

afterEach(closeWorkbenches);

async function layOut(product: "openbao" | "vault", mode = 0o755) {
  const bench = openWorkbench();
  const binary = bench.file("entry/program", "binary", mode);
  bench.file("entry/LICENSE", "free");
  const folder = join(bench.root, "context");
  await mkdir(folder);
  await layOutImage({ product, version: "1.0.0" }, binary, "abc", folder);
  return { folder, binary, dockerfile: readFileSync(join(folder, "Dockerfile"), "utf8") };
}

test("OpenBao's image holds the binary, one user and the three folders, at the vendor's paths", async () => {
  const { folder, dockerfile } = await layOut("openbao");
  expect(dockerfile).toMatchInlineSnapshot(`
    "FROM scratch
    COPY engine /usr/bin/bao
    COPY passwd group /etc/
    COPY licences /usr/share/licenses
    COPY --chown=100:1000 root /openbao
    LABEL org.opencontainers.image.title="openbao"
    LABEL org.opencontainers.image.version="1.0.0"
    LABEL org.opencontainers.image.licenses="MPL-2.0"
    LABEL strongroom.engine="openbao@1.0.0"
    LABEL strongroom.binary.sha256="abc"
    LABEL strongroom.recipe="1"
    USER 100:1000
    ENTRYPOINT ["/usr/bin/bao"]
    "
  `);
  expect(readFileSync(join(folder, "passwd"), "utf8")).toBe("openbao:x:100:1000::/openbao:/sbin/nologin\n");
  expect(readdirSync(join(folder, "root")).sort()).toEqual(["config", "file", "logs"]);
  expect(readdirSync(join(folder, "licences"))).toEqual(["LICENSE"]);
});

test("Vault's image has Vault's paths and licence", async () => {
  const { dockerfile } = await layOut("vault");
  expect(dockerfile).toContain('ENTRYPOINT ["/bin/vault"]');
  expect(dockerfile).toContain("COPY --chown=100:1000 root /vault");
  expect(dockerfile).toContain('licenses="BUSL-1.1"');
});

test("neither image declares a volume or a development mode", async () => {
  for (const product of ["openbao", "vault"] as const) {
    const { dockerfile } = await layOut(product);
    expect(dockerfile).not.toMatch(/VOLUME|CMD|-dev/);
  }
});

test("a binary that only its owner may run is copied for everybody; the original stays as it is", async () => {
  const { folder, binary } = await layOut("openbao", 0o700);
  expect(statSync(join(folder, "engine")).mode & 0o777).toBe(0o755);
  expect(statSync(binary).mode & 0o777).toBe(0o700);
});

test("reference and labels tell engine, version and the very binary", () => {
  const engine = { product: "openbao", version: "2.7.2" } as const;
  expect(imageReference(engine)).toBe("strongroom/openbao:2.7.2");
  expect(imageLabels(engine, "a")).not.toEqual(imageLabels(engine, "b"));
});
