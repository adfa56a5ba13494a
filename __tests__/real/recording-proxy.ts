import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** Passes every request on to a real server and keeps what was asked of it. */
export interface RecordingProxy {
  readonly address: string;
  /** `GET /v1/sys/mounts`, in the order in which they came. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const requests: string[] = [];
  const server = createServer((asked, answer) => {
    requests.push(`${asked.method} ${asked.url}`);
    const onward = request(
      new URL(asked.url ?? "/", target),
      { method: asked.method ?? "GET", headers: asked.headers },
      (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      },
    );
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
