import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { execa } from "execa";
import { whyNotStatic } from "../../toolchain/elf";
import { HashMismatchError } from "../../toolchain/failures";
import { buildGoModule, type GoBuild } from "../../toolchain/go-module";
import { sha256Of } from "../../toolchain/hash";
import { here } from "../../toolchain/platform";
import { unpackWheel, type WheelRequest } from "../../toolchain/wheel";
import { openMachine } from "./toolchain-machine";

// The package registries' clients at work, on artefacts made here: no network is needed.

const machines: { close: () => void }[] = [];
jest.setTimeout(5 * 60_000);
afterEach(() => {
  for (const machine of machines.splice(0)) machine.close();
});

function machine() {
  const opened = openMachine();
  machines.push(opened);
  const folder = join(opened.root, "made", "files");
  mkdirSync(folder, { recursive: true });
  return { ...opened, folder };
}

describe("a Go module", () => {
  function tiny(opened: ReturnType<typeof machine>, program: string): GoBuild {
    opened.file("module/go.mod", "module tiny.test/tiny\n\ngo 1.21\n");
    opened.file("module/main.go", program);
    return {
      ...{ label: "tiny", directory: join(opened.root, "module"), packagePath: ".", version: "1.2.3" },
      ...{ from: "tiny.test/tiny@v1.2.3", minutes: 0.1, binary: "tiny_v1.2.3", platform: here },
      variables: { "main.version": "1.2.3" },
    };
  }

  const printsVersion = 'package main\n\nvar version = "dev"\n\nfunc main() { println("tiny", version) }\n';

  test("is built static, with its version, its licence and no path of this machine", async () => {
    const opened = machine();
    const build = tiny(opened, printsVersion);
    opened.file("module/LICENSE", "free");
    const made = await buildGoModule(opened.open(), build, opened.folder);
    expect(made).toEqual({ version: "1.2.3", main: "tiny_v1.2.3", from: "tiny.test/tiny@v1.2.3" });
    const program = join(opened.folder, "tiny_v1.2.3");
    expect((await execa(program)).stderr).toBe("tiny 1.2.3");
    if (here.os === "linux") expect(await whyNotStatic(program, here)).toBeUndefined();
    expect(readFileSync(program).includes(opened.root)).toBe(false);
    expect(readdirSync(opened.folder).sort()).toEqual(["LICENSE", "tiny_v1.2.3"]);
    expect(opened.told).toEqual([
      { part: "tiny", what: "building from its Go module, about 6 s the first time" },
    ]);
  });

  test("built twice it is the same file to the last bit", async () => {
    const opened = machine();
    const build = tiny(opened, printsVersion);
    const other = join(opened.root, "again");
    mkdirSync(other);
    await buildGoModule(opened.open(), build, opened.folder);
    await buildGoModule(opened.open({ GOCACHE: join(opened.root, "gocache") }), build, other);
    expect(await sha256Of(join(other, "tiny_v1.2.3"))).toBe(
      await sha256Of(join(opened.folder, "tiny_v1.2.3")),
    );
  });

  test("that does not compile is a reason and not an exception", async () => {
    const opened = machine();
    const made = await buildGoModule(
      opened.open(),
      tiny(opened, "package main\nfunc main() { oops }\n"),
      opened.folder,
    );
    expect(made).toEqual({ why: expect.stringContaining("oops") });
  });

  test("without Go on PATH is a reason, and nothing is announced", async () => {
    const opened = machine();
    const made = await buildGoModule(
      opened.open({ PATH: opened.root }),
      tiny(opened, printsVersion),
      opened.folder,
    );
    expect(made).toEqual({ why: "go is not on PATH" });
    expect(opened.told).toEqual([]);
  });

  /** A module proxy in a folder, which has one dependency. */
  async function withDependency(opened: ReturnType<typeof machine>) {
    const build = tiny(
      opened,
      'package main\n\nimport "dep.test/dep"\n\nfunc main() { println(dep.Word) }\n',
    );
    const versions = "proxy/dep.test/dep/@v";
    opened.file(`${versions}/list`, "v1.0.0\n");
    opened.file(`${versions}/v1.0.0.info`, '{"Version":"v1.0.0"}');
    opened.file(`${versions}/v1.0.0.mod`, "module dep.test/dep\n\ngo 1.21\n");
    const source = {
      "dep.go": 'package dep\n\nconst Word = "kept"\n',
      "go.mod": "module dep.test/dep\n\ngo 1.21\n",
    };
    const entries = Object.entries(source).map(([name, text]) => [`dep.test/dep@v1.0.0/${name}`, text]);
    await opened.zip(`${versions}/v1.0.0.zip`, Object.fromEntries(entries));
    const env = {
      ...{ GOPROXY: pathToFileURL(join(opened.root, "proxy")).href, GONOSUMDB: "*", GOSUMDB: "off" },
      GOMODCACHE: join(opened.root, "modcache"),
    };
    await execa("go", ["get", "dep.test/dep@v1.0.0"], {
      cwd: build.directory,
      env: { ...env, GOFLAGS: "-modcacherw" },
    });
    return { build, workshop: opened.open(env) };
  }

  test("whose dependencies are as in go.sum is built from the module proxy", async () => {
    const opened = machine();
    const { build, workshop } = await withDependency(opened);
    expect(await buildGoModule(workshop, build, opened.folder)).toHaveProperty("main");
    expect((await execa(join(opened.folder, "tiny_v1.2.3"))).stderr).toBe("kept");
  });

  test("whose dependency is not the one in go.sum is refused with exit code 3", async () => {
    const opened = machine();
    const { build, workshop } = await withDependency(opened);
    const sums = join(build.directory, "go.sum");
    writeFileSync(sums, readFileSync(sums, "utf8").replace(/v1\.0\.0 h1:./, "v1.0.0 h1:0"));
    const failure = await buildGoModule(workshop, build, opened.folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HashMismatchError);
    expect(failure).toMatchObject({ exitCode: 3, what: expect.stringContaining("go.sum") });
    expect(existsSync(join(opened.folder, "tiny_v1.2.3"))).toBe(false);
  });

  test("is built from go.sum alone: a dependency that go.sum does not have is not added", async () => {
    const opened = machine();
    const { build, workshop } = await withDependency(opened);
    writeFileSync(join(build.directory, "go.sum"), "");
    expect(await buildGoModule(workshop, build, opened.folder)).toEqual({
      why: expect.stringContaining("go.sum"),
    });
    expect(readFileSync(join(build.directory, "go.sum"), "utf8")).toBe("");
  });
});

describe("a wheel", () => {
  const program = "#!/bin/sh\necho tool\n";
  const sum = createHash("sha256").update(program).digest("hex");

  /** A package index in a folder, which pip is told to use alone. */
  async function index(opened: ReturnType<typeof machine>) {
    const info = "tiny_tool-1.2.3.dist-info";
    const wheel = await opened.zip("wheels/tiny_tool-1.2.3-py3-none-any.whl", {
      "tiny_tool/__init__.py": "",
      "tiny_tool/bin/tool": program,
      "tiny_tool/bin/LICENSE": "free",
      [`${info}/METADATA`]: "Metadata-Version: 2.1\nName: tiny-tool\nVersion: 1.2.3\n",
      [`${info}/WHEEL`]: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
      [`${info}/RECORD`]: "",
    });
    const request: WheelRequest = {
      ...{ label: "tiny", project: "tiny-tool", version: "1.2.3", binary: "tool" },
      pin: { tags: ["any"], sha256: await sha256Of(wheel), binarySha256: sum },
    };
    return {
      request,
      workshop: opened.open({ PIP_NO_INDEX: "1", PIP_FIND_LINKS: join(opened.root, "wheels") }),
    };
  }

  test("with the pinned sums is downloaded by pip and its program taken out, licence beside it", async () => {
    const opened = machine();
    const { request, workshop } = await index(opened);
    expect(await unpackWheel(workshop, request, opened.folder)).toEqual({
      ...{ version: "1.2.3", main: "tool", from: "tiny_tool-1.2.3-py3-none-any.whl" },
    });
    expect((await execa(join(opened.folder, "tool"))).stdout).toBe("tool");
    expect(readdirSync(opened.folder).sort()).toEqual(["LICENSE", "tool"]);
    expect(readdirSync(join(opened.folder, ".."))).toEqual(["files"]);
  });

  test("with another sum than the pinned one is refused with exit code 3 and not unpacked", async () => {
    const opened = machine();
    const { request, workshop } = await index(opened);
    const other = { ...request, pin: { ...request.pin, sha256: "0".repeat(64) } };
    const failure = await unpackWheel(workshop, other, opened.folder).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(HashMismatchError);
    expect(failure).toMatchObject({ exitCode: 3, actual: `sha256 ${request.pin.sha256}` });
    expect(readdirSync(opened.folder)).toEqual([]);
  });

  test("whose program has another sum than the pinned one is refused", async () => {
    const opened = machine();
    const { request, workshop } = await index(opened);
    const other = { ...request, pin: { ...request.pin, binarySha256: "0".repeat(64) } };
    await expect(unpackWheel(workshop, other, opened.folder)).rejects.toThrow("tool in tiny_tool-1.2.3");
    expect(readdirSync(opened.folder)).toEqual([]);
  });

  test("whose index does not answer is a reason that says so", async () => {
    const opened = machine();
    const { request } = await index(opened);
    // Nobody listens there.
    const workshop = opened.open({ PIP_INDEX_URL: "http://127.0.0.1:18198/simple", PIP_FIND_LINKS: "" });
    expect(await unpackWheel(workshop, request, opened.folder)).toEqual({
      why: "the package index does not answer",
    });
  });

  test("that the index does not have is a reason, as is a machine without Python", async () => {
    const opened = machine();
    const { request, workshop } = await index(opened);
    expect(await unpackWheel(workshop, { ...request, version: "9.9.9" }, opened.folder)).toEqual({
      why: expect.stringContaining("tiny-tool==9.9.9"),
    });
    expect(await unpackWheel(opened.open({ PATH: opened.root }), request, opened.folder)).toEqual({
      why: "no Python with pip is on PATH",
    });
  });
});
