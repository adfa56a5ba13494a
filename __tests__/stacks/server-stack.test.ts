import { environment, resource, type StackJson, synthesized } from "./workbench";

const HOME = process.env.STRONGROOM_HOME;
beforeAll(() => {
  process.env.STRONGROOM_HOME = "/home/me/strongroom";
});
afterAll(() => {
  if (HOME === undefined) delete process.env.STRONGROOM_HOME;
  else process.env.STRONGROOM_HOME = HOME;
});

describe.each([
  ["openbao@2.7.2", "/usr/bin/bao", "/openbao"],
  ["vault@1.21.1", "/bin/vault", "/vault"],
])("the server of %s", (engine, binary, root) => {
  let server: StackJson;
  let everything: string;
  let container: StackJson;
  beforeAll(() => {
    ({ server, everything } = synthesized(environment({ server: { port: 8300, memoryMiB: 256 } }), {
      engine,
    }));
    container = resource(server, "docker_container", "server");
  });

  test("is not root, on a read-only root file system, without capabilities and without new ones", () => {
    expect(container).toMatchObject({
      user: "100:1000",
      read_only: true,
      capabilities: { drop: ["ALL"] },
      security_opts: ["no-new-privileges"],
    });
    expect(container).not.toHaveProperty("privileged");
    expect(container.capabilities).not.toHaveProperty("add");
  });

  test("has limits: memory without swap, core dumps, logs", () => {
    expect(container).toMatchObject({
      memory: 256,
      memory_swap: 256,
      ulimit: [{ name: "core", soft: 0, hard: 0 }],
      log_driver: "json-file",
      log_opts: { "max-size": "10m", "max-file": "3" },
    });
  });

  test("is asked for its health by its own command", () => {
    expect(container.healthcheck).toMatchObject({
      test: ["CMD", binary, "status", "-address=http://127.0.0.1:8200"],
      interval: "30s",
      timeout: "5s",
      retries: 3,
    });
  });

  test("is reached on this machine's loopback alone, on a network of its own", () => {
    expect(container.ports).toEqual([{ internal: 8200, external: 8300, ip: "127.0.0.1" }]);
    expect(container.networks_advanced).toHaveLength(1);
    expect(resource(server, "docker_network")).toMatchObject({ name: "strongroom-test" });
  });

  test("starts a server on one configuration file, and no development server anywhere", () => {
    expect(container.entrypoint).toEqual([binary]);
    expect(container.command).toEqual(["server", `-config=${root}/config/server.hcl`]);
    expect(everything).not.toMatch(/-dev\b(?!-)|DEV_ROOT|DEV_LISTEN/);
  });

  test("keeps data and logs on named volumes that no apply destroys", () => {
    for (const kind of ["data", "logs"]) {
      expect(resource(server, "docker_volume", kind)).toEqual({
        name: `strongroom-test-${kind}`,
        lifecycle: { prevent_destroy: true },
      });
    }
    const places = container.volumes.map((volume: StackJson) => [
      volume.container_path,
      volume.read_only ?? false,
    ]);
    expect(places).toEqual([
      [`${root}/file`, false],
      [`${root}/logs`, false],
      [`${root}/config`, true],
    ]);
    expect(container.remove_volumes).toBe(false);
  });

  test("is replaced when its configuration changes", () => {
    const other = synthesized(environment({ server: { port: 8301 } }), { engine }).server;
    expect(resource(other, "docker_container", "server").labels).not.toEqual(container.labels);
    expect(container.labels[0].label).toBe("strongroom.config");
  });

  test("is bootstrapped by a step of its stack whenever the container is another one", () => {
    expect(resource(server, "terraform_data", "bootstrap")).toMatchObject({
      provisioner: [
        { "local-exec": { command: "node bin/strongroom.mjs bootstrap", working_dir: "../../.." } },
      ],
      triggers_replace: { container: expect.stringContaining("docker_container.server.id") },
    });
  });

  test("stores on Raft, without TLS on loopback, and says so in its configuration", () => {
    const holder = resource(server, "docker_container", "config-holder");
    expect(holder).toMatchObject({ start: false, must_run: false, network_mode: "none" });
    expect(holder.upload[0].content).toMatch(/storage "raft" \{\n {2}path = "\/(openbao|vault)\/file"/);
    expect(holder.upload[0].content).toContain("tls_disable = true");
  });
});

test("OpenBao audits by its configuration, Vault through its API", () => {
  const config = (engine: string) =>
    resource(synthesized(environment(), { engine }).server, "docker_container", "config-holder").upload[0]
      .content;
  expect(config("openbao@2.7.2")).toMatch(/audit "file" "to-file"[\s\S]*audit "file" "to-stdout"/);
  expect(config("vault@1.21.1")).not.toContain("audit");
});

test("state lies in the project, by a path that is the same in every clone", () => {
  const { server } = synthesized(environment(), { instance: "two" });
  expect(server.terraform.backend).toEqual({ local: { path: "../../../state/test-two-server.tfstate" } });
});

test("the provider's version is a range that both ends of are supported", () => {
  expect(synthesized().server.terraform.required_providers).toEqual({
    docker: { source: "kreuzwerker/docker", version: ">= 3.6.2, < 5.0.0" },
  });
});

test("there is no server of ours where it runs as a process or is somebody else's", () => {
  expect(synthesized(environment(), { target: "process" }).server).toBeUndefined();
  const existing = synthesized(environment(), { target: "existing", address: "https://vault.example.com" });
  expect(existing.stacks.map(({ kind }) => kind)).toEqual(["access"]);
});
