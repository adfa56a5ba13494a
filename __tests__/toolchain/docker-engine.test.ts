import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { dockerServer, localImage } from "../../toolchain/docker-engine";
import { DockerUnreachableError } from "../../toolchain/failures";
import { closeWorkbenches, openWorkbench } from "./workbench";

// What a real engine answers is tested in __tests__/real/toolchain-image.test.ts; here only how it fails.

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))));
  closeWorkbenches();
});

test("no engine at the socket: the message names it and the way without containers", async () => {
  const { root, open } = openWorkbench();
  const host = `unix://${join(root, "docker.sock")}`;
  const failure = await dockerServer(open({ DOCKER_HOST: host })).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DockerUnreachableError);
  expect((failure as Error).message).toBe(
    `Cannot reach a Docker engine at ${host} (there is no such socket).\n  ` +
      "Start Docker and run this again, or run without containers: `npm start -- --target process`.",
  );
});

test("a server that is no Docker engine is told by its answer", async () => {
  const { root, open } = openWorkbench();
  const socket = join(root, "docker.sock");
  const server = createServer((_request, response) => response.writeHead(503).end("go away"));
  servers.push(server);
  await new Promise<void>((ready) => server.listen(socket, ready));
  const look = localImage(open({ DOCKER_HOST: `unix://${socket}` }), "any:1");
  await expect(look).rejects.toMatchObject({
    exitCode: 3,
    what: expect.stringContaining("answered 503: go away"),
  });
});

test("where a context is chosen the docker command is asked; without that command this is the reason", async () => {
  const { open, file } = openWorkbench();
  file("home/.docker/config.json", '{"currentContext":"colima"}');
  await expect(dockerServer(open())).rejects.toMatchObject({
    what: 'Cannot reach a Docker engine at the Docker context "colima" (docker is not on PATH).',
  });
});
