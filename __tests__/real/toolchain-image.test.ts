import { join } from "node:path";
import { execa } from "execa";
import { dockerServer, localImage } from "../../toolchain/docker-engine";
import { ensureEngineImage, lookForEngineImage } from "../../toolchain/engine-image";
import { openMachine } from "./toolchain-machine";

// An engine that nobody else uses: a small static program which says that it is OpenBao 9.9.9.

const engine = { product: "openbao", version: "9.9.9" } as const;
const reference = "strongroom/openbao:9.9.9";
const opened = openMachine();
jest.setTimeout(5 * 60_000);

afterAll(async () => {
  await execa("docker", ["image", "rm", "--force", reference], { reject: false });
  opened.close();
});

async function engineBinary(
  name: string,
  env: Record<string, string> = { CGO_ENABLED: "0" },
): Promise<string> {
  opened.file(`${name}/go.mod`, "module tiny.test/tiny\n\ngo 1.21\n");
  opened.file(`${name}/main.go`, `package main\n\nfunc main() { print("OpenBao v9.9.9 (${name})\\n") }\n`);
  opened.file(`${name}/LICENSE`, "free");
  const path = join(opened.root, name, "bao");
  const program = opened.file(
    `${name}/print.go`,
    'package main\n\nimport "os"\n\nfunc print(words string) { os.Stdout.WriteString(words) }\n',
  );
  await execa("go", ["build", "-o", path, "."], { cwd: join(program, ".."), env: { ...env, GOFLAGS: "" } });
  return path;
}

test("the engine answers, by its socket and by the docker command alike", async () => {
  const workshop = opened.open();
  const server = await dockerServer(workshop);
  expect(server).toMatchObject({ os: "linux", version: expect.stringMatching(/^\d+\./) });
  const byCommand = opened.open({ DOCKER_CONTEXT: "absent-context" });
  await expect(dockerServer(byCommand)).rejects.toMatchObject({
    what: expect.stringContaining("absent-context"),
  });
  expect(await localImage(workshop, "strongroom/openbao:0.0.0-absent")).toBeUndefined();
});

test("an image is built around a given binary, found the next time, and built anew around another binary", async () => {
  const first = opened.open({ STRONGROOM_ENGINE_BINARY: await engineBinary("first") });
  const built = await ensureEngineImage(first, engine);
  expect(built.image).toMatchObject({
    path: reference,
    source: "built here",
    cached: false,
    version: "9.9.9",
  });
  expect(built.binary).toMatchObject({ source: "given" });
  expect((await execa("docker", ["run", "--rm", "--network", "none", reference])).stdout).toBe(
    "OpenBao v9.9.9 (first)",
  );

  expect((await ensureEngineImage(first, engine)).image).toMatchObject({
    cached: true,
    sha256: built.image.sha256,
  });

  const second = opened.open({ STRONGROOM_ENGINE_BINARY: await engineBinary("second") });
  expect(await lookForEngineImage(second, engine)).toMatchObject({
    tried: expect.arrayContaining([{ way: `${reference} in Docker`, why: "it holds another binary" }]),
  });
  expect((await ensureEngineImage(second, engine)).image).toMatchObject({ cached: false });
  expect((await execa("docker", ["run", "--rm", "--network", "none", reference])).stdout).toBe(
    "OpenBao v9.9.9 (second)",
  );
});

test("two runs at once build it once", async () => {
  await execa("docker", ["image", "rm", "--force", reference], { reject: false });
  const workshop = opened.open({ STRONGROOM_ENGINE_BINARY: await engineBinary("third") });
  const images = await Promise.all([
    ensureEngineImage(workshop, engine),
    ensureEngineImage(workshop, engine),
  ]);
  expect(images.map(({ image }) => image.cached).sort()).toEqual([false, true]);
  expect(images[0]?.image.sha256).toBe(images[1]?.image.sha256);
});

test("the image has the engine's user, labels and folders, and neither a volume nor a preset command", async () => {
  const { stdout } = await execa("docker", ["image", "inspect", reference]);
  const [{ Config: config }] = JSON.parse(stdout);
  expect(config).toMatchObject({ User: "100:1000", Entrypoint: ["/usr/bin/bao"], Volumes: null, Cmd: null });
  expect(config.Labels).toMatchObject({
    "strongroom.engine": "openbao@9.9.9",
    "strongroom.binary.sha256": expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test("fresh named volumes belong to the engine's user in all three folders", async () => {
  const volumes = ["file", "logs", "config"].map((name) => ({
    name: `tc-${name}-${process.pid}`,
    path: `/openbao/${name}`,
  }));
  try {
    const mounts = volumes.flatMap(({ name, path }) => ["--volume", `${name}:${path}`]);
    await execa("docker", ["run", "--rm", "--network", "none", ...mounts, reference]);
    for (const { name } of volumes) {
      const archive = await execa("docker", ["create", "--volume", `${name}:/v`, "--name", name, reference]);
      // Whole before it is read: two processes on one stream take bytes from each other.
      const copied = await execa("docker", ["cp", `${archive.stdout}:/v/.`, "-"], { encoding: "buffer" });
      const listing = await execa("tar", ["-tvf", "-", "--numeric-owner"], { input: copied.stdout });
      expect(listing.stdout.split("\n")[0]).toMatch(/ 100\/1000 /);
    }
  } finally {
    for (const { name } of volumes) {
      await execa("docker", ["rm", "--force", name], { reject: false });
      await execa("docker", ["volume", "rm", "--force", name], { reject: false });
    }
  }
});
