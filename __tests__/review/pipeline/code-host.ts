import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that arrived. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly headers: IncomingMessage["headers"];
}

/** An answer instead of the usual one. `drop` breaks the connection, before or after the work is done. */
export interface Upset {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly drop?: "before" | "after";
}

interface Stored {
  readonly id: number;
  body: string;
  readonly user: { readonly id: number; readonly login: string };
}

const PAGE = 100;

/**
 * A code host on loopback that speaks the documented API for comments, of GitHub (`/repos/...`) and of GitLab
 * (`/projects/...`): pages with Link headers, create, update, delete, whose the token is, open pull requests. `upset`
 * is asked before each request and can make it go wrong.
 */
export class CodeHost {
  readonly arrived: Arrived[] = [];
  readonly comments: Stored[] = [];
  pulls: unknown[] = [];
  upset: (request: Arrived) => Upset | undefined = () => undefined;
  user: { readonly id: number; readonly login: string } | undefined = { id: 7, login: "strongroom-bot" };
  readonly #server: Server;
  #next = 1;

  constructor() {
    this.#server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk) => {
        text += chunk;
      });
      request.on("end", () => {
        const { method = "", url = "", headers } = request;
        const arrived = { method, path: url, headers, body: text === "" ? undefined : JSON.parse(text) };
        this.arrived.push(arrived);
        const upset = this.upset(arrived);
        if (upset?.drop === "before") return request.socket.destroy();
        const usual = upset?.status === undefined ? this.#answer(arrived) : upset;
        if (upset?.drop === "after") return request.socket.destroy();
        response.writeHead(usual.status ?? 200, { "content-type": "application/json", ...usual.headers });
        response.end(usual.status === 204 ? undefined : JSON.stringify(usual.body ?? {}));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return this.address;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }

  /** A comment that stands already. */
  stands(body: string, login = "strongroom-bot"): Stored {
    const comment = { id: this.#next++, body, user: { id: login === "strongroom-bot" ? 7 : 99, login } };
    this.comments.push(comment);
    return comment;
  }

  /** `POST /repos/o/r/issues/1/comments`, in the order of arrival. */
  get calls(): string[] {
    return this.arrived.map(({ method, path }) => `${method} ${path.replace(/\?.*/, "")}`);
  }

  #answer({ method, path, body }: Arrived): Upset {
    const url = new URL(path, this.address);
    if (url.pathname.endsWith("/user"))
      return this.user
        ? { body: this.user }
        : { status: 403, body: { message: "Resource not accessible by integration" } };
    if (url.pathname.endsWith("/pulls")) return this.#page(url, this.pulls);
    const one = /\/(?:comments|notes)\/(\d+)$/.exec(url.pathname);
    if (one) return this.#one(method, Number(one[1]), body);
    if (!/\/(comments|notes)$/.test(url.pathname)) return { status: 404, body: { message: "Not Found" } };
    if (method === "POST") return { status: 201, body: shown(this.stands((body as { body: string }).body)) };
    return this.#page(url, this.comments.map(shown));
  }

  #one(method: string, id: number, body: unknown): Upset {
    const found = this.comments.find((comment) => comment.id === id);
    if (!found) return { status: 404, body: { message: "Not Found" } };
    if (method === "DELETE") {
      this.comments.splice(this.comments.indexOf(found), 1);
      return { status: 204 };
    }
    found.body = (body as { body: string }).body;
    return { body: shown(found) };
  }

  #page(url: URL, all: readonly unknown[]): Upset {
    const page = Number(url.searchParams.get("page") ?? 1);
    const body = all.slice((page - 1) * PAGE, page * PAGE);
    if (page * PAGE >= all.length) return { body };
    url.searchParams.set("page", String(page + 1));
    return { body, headers: { link: `<${this.address}/?page=1>; rel="first", <${url.href}>; rel="next"` } };
  }
}

/** As both platforms show it: one calls the writer `user`, the other `author`. */
function shown(comment: Stored): object {
  return {
    ...comment,
    author: comment.user,
    system: false,
    html_url: `https://git.example/comment/${comment.id}`,
  };
}
