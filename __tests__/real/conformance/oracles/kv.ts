import fc from "fast-check";
import type { PolicyRule } from "../../../../policies/document";
import type { AccessList } from "../../../../policies/semantics/access-list";
import { decide } from "../../../../policies/semantics/decide";
import { accessRequestOf } from "../../../../policies/semantics/http";
import { type Oracle, roundOf } from "../oracle";
import type { Seat, Stage, Surface } from "../stage";

const segments = fc.array(fc.constantFrom("a", "b", "ab", "z"), { minLength: 1, maxLength: 3 });
const area = fc.constantFrom(
  "k1/",
  "k1/",
  "k1/",
  "cubbyhole/",
  "cubbyhole/",
  "k2/data/",
  "k2/data/",
  "k2/metadata/",
  "k2/delete/",
  "k2/undelete/",
  "k2/destroy/",
  "k2/subkeys/",
);
const path = fc.oneof(
  { weight: 20, arbitrary: fc.tuple(area, segments).map(([mount, names]) => mount + names.join("/")) },
  fc.constant("k2/config"),
);
const head = fc.constantFrom(
  "k1/",
  "k1/",
  "k2/",
  "k2/data/",
  "k2/metadata/",
  "k2/+/",
  "+/",
  "+/+/",
  "cubbyhole/",
  "/k1/",
  "",
);
const rule: fc.Arbitrary<PolicyRule> = fc.record({
  path: fc
    .tuple(
      head,
      fc.array(fc.constantFrom("a", "b", "ab", "+", "a+"), { maxLength: 3 }),
      fc.constantFrom("", "", "*", "/*", "/", "/+"),
    )
    .map(([mount, names, tail]) => mount + names.join("/") + tail)
    .filter((text) => !text.includes("+*")),
  capabilities: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.uniqueArray(fc.constantFrom("create", "read", "update", "patch", "delete", "list"), {
        minLength: 1,
        maxLength: 4,
      }),
    },
    fc.constant([]),
    fc.constant(["deny"]),
  ) as fc.Arbitrary<PolicyRule["capabilities"]>,
});

/** What is sent. `help` is a GET with `?help=1`, `list-by-query` one with `?list=true`. */
type Way = "GET" | "LIST" | "list-by-query" | "POST" | "PUT" | "DELETE" | "PATCH" | "SCAN" | "HEAD" | "help";
const WAYS: readonly Way[] = [
  "GET",
  "GET",
  "LIST",
  "list-by-query",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "HEAD",
  "help",
];

/** Requests to KV v1, KV v2 and a cubbyhole: allowed or 403. A mount that does not know the operation answers behind the rules. */
export const kv: Oracle = {
  name: "requests on KV and cubbyhole",
  facts:
    "sections 4, 5, 9: methods, create or update, LIST with and without its slash, HEAD, help, areas of KV v2",
  share: 7,
  async prepare(stage) {
    const seat = await stage.seat("kv");
    const own = new Set<string>();
    const ways = fc.constantFrom<Way>(...WAYS, ...(stage.isOpenBao ? ["SCAN" as const] : []));
    const request = fc.record({ way: ways, path, slash: fc.boolean() });
    const cases = fc.record({
      policies: fc.array(fc.array(rule, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      requests: fc.array(request, { minLength: 12, maxLength: 24 }),
    });
    return roundOf(this.name, cases, async ({ policies, requests }) => {
      const list = await stage.install(seat, policies);
      for (const each of requests) await compareRequest(stage, seat, list, each, own);
    });
  },
};

async function compareRequest(
  stage: Stage,
  seat: Seat,
  list: AccessList,
  asked: { readonly way: Way; readonly path: string; readonly slash: boolean },
  own: Set<string>,
): Promise<void> {
  const { way, path: plain } = asked;
  const listing = way === "LIST" || way === "SCAN" || way === "list-by-query";
  const path = listing && asked.slash ? `${plain}/` : plain;
  const body = way === "POST" || way === "PUT" || way === "PATCH" ? bodyFor(path) : undefined;
  const method = way === "help" || way === "list-by-query" ? "GET" : way;
  const query = way === "help" ? { help: "1" } : way === "list-by-query" ? { list: "true" } : undefined;
  const exists = way === "POST" || way === "PUT" ? await existsAt(stage, path, own) : undefined;
  const request = accessRequestOf({ method, path, ...(query && { query }), ...(body && { body }) }, exists);
  if (!request) throw new Error(`${method} is no method`);
  const { verdict } = decide(list, request);
  const asText = query ? `?${new URLSearchParams(query)}` : "";
  const contentType = way === "PATCH" ? "application/merge-patch+json" : "application/json";
  const answer = await stage.server.ask(method, path + asText, body, { token: seat.token, contentType });
  stage.compare(surfaceOf(path), { way, exists, path }, verdict === "denied", answer.status === 403);
  if (!path.startsWith("cubbyhole/") || answer.status >= 300) return;
  if (body) own.add(path);
  if (way === "DELETE") own.delete(path);
}

/** What the existence check of the mount finds, which looks at metadata for KV v2; `undefined` where there is none. */
async function existsAt(stage: Stage, path: string, own: ReadonlySet<string>): Promise<boolean | undefined> {
  if (/^k2\/(delete|undelete|destroy|subkeys|config)/.test(path)) return undefined;
  // A cubbyhole belongs to its token: root cannot look, so what was written is kept in mind.
  if (path.startsWith("cubbyhole/")) return own.has(path);
  const answer = await stage.server.ask("GET", path.replace("k2/data/", "k2/metadata/"));
  return answer.status === 200;
}

function bodyFor(path: string): { readonly [name: string]: unknown } {
  if (/^k2\/(delete|undelete|destroy)\//.test(path)) return { versions: [1] };
  if (path.startsWith("k2/data/")) return { data: { x: "1" } };
  return path.startsWith("k2/") ? { max_versions: 5 } : { x: "1" };
}

function surfaceOf(path: string): Surface {
  if (path.startsWith("cubbyhole/")) return "cubbyhole";
  return path.startsWith("k1/") ? "KV v1" : "KV v2";
}
