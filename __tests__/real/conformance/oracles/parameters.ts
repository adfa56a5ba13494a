import fc from "fast-check";
import type { PolicyRule } from "../../../../policies/document";
import { decide } from "../../../../policies/semantics/decide";
import type { AccessRequest } from "../../../../policies/semantics/request";
import { type Oracle, roundOf } from "../oracle";
import type { Stage } from "../stage";

const scalar = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("a", "b", "ab", "*", "**", "a*", "*b", "*a*", "a,b", "a, b", "", "1", "true"),
  },
  fc.constantFrom(1, 0, 1.5, true, false),
);
const value = fc.oneof(
  { weight: 5, arbitrary: scalar },
  fc.array(fc.constantFrom("a", "b", true, 1), { maxLength: 2 }),
);
const name = fc.constantFrom("p", "q", "P", "*", "ttl", "\u00c9");
/** Two spellings of one name would leave it to chance which of them the engine keeps. */
const lists = fc
  .dictionary(name, fc.array(value, { maxLength: 2 }), { maxKeys: 2, noNullPrototype: true })
  .filter(
    (all) => new Set(Object.keys(all).map((key) => key.toLowerCase())).size === Object.keys(all).length,
  );

/** A rule with conditions of every kind. MFA and control groups hold an answer back, or nothing here, but refuse no request. */
const conditional = fc.record(
  {
    path: fc.constantFrom("k1/c", "k1/*", "k1/+", "k1/n"),
    capabilities: fc.constant(["create", "read", "update", "patch", "delete", "list"]) as fc.Arbitrary<
      PolicyRule["capabilities"]
    >,
    allowedParameters: lists,
    deniedParameters: lists,
    requiredParameters: fc.uniqueArray(fc.constantFrom("p", "Q", "r"), { maxLength: 2 }),
    minWrappingTtl: fc.constantFrom(60, 120),
    maxWrappingTtl: fc.constantFrom(120, 600),
    mfaMethods: fc.constantFrom(["m"], ["n", "m"]),
    controlGroup: fc.constant({
      factors: [{ name: "f", controlledCapabilities: ["update"], groupNames: ["g"], approvals: 1 }],
    }),
  },
  { requiredKeys: ["path", "capabilities"] },
);
const bodyValue = fc.oneof(
  { weight: 4, arbitrary: scalar },
  fc.constantFrom(null, 1e21, "A"),
  fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 2 }),
  fc.constant({ a: "b" }),
);
const body = fc.dictionary(name, bodyValue, { maxKeys: 2, noNullPrototype: true });
const query = fc.dictionary(
  name.filter((text) => text !== "*"),
  fc.oneof(fc.constantFrom("a", "b", "ab", "a,b", "", "1", "true"), fc.constant(["a", "b"])),
  { maxKeys: 2, noNullPrototype: true },
);
const wrapTtl = fc.constantFrom(undefined, undefined, undefined, 30, 60, 100, 120, 300, 900);
const request = fc.oneof(
  { weight: 5, arbitrary: fc.record({ operation: fc.constant("update" as const), data: body, wrapTtl }) },
  fc.record({ operation: fc.constantFrom("create" as const, "patch" as const), data: body, wrapTtl }),
  fc.record({ operation: fc.constant("read" as const), data: query, wrapTtl }),
  fc.record({
    operation: fc.constantFrom("delete" as const, "list" as const),
    data: fc.constant({}),
    wrapTtl,
  }),
);
type Asked = typeof request extends fc.Arbitrary<infer T> ? T : never;

export const parameters: Oracle = {
  name: "parameters and wrapping times",
  facts:
    "sections 2, 4: required, denied and allowed, numbers, stars, elements, empty bodies, queries, merged limits",
  share: 4,
  async prepare(stage) {
    const seat = await stage.seat("parameters", 2);
    const rules = fc.array(conditional, { minLength: 1, maxLength: 2 });
    const cases = fc.record({
      policies: fc.array(rules, { minLength: 1, maxLength: 2 }),
      requests: fc.array(request, { minLength: 12, maxLength: 16 }),
    });
    return roundOf(this.name, cases, async ({ policies, requests }) => {
      const list = await stage.installAsRead(seat, policies);
      for (const each of requests) {
        const path = each.operation === "create" ? "k1/n" : each.operation === "list" ? "k1/" : "k1/c";
        const asked: AccessRequest = { operation: each.operation, path, data: each.data };
        const timed = each.wrapTtl === undefined ? asked : { ...asked, wrapTtl: each.wrapTtl };
        const { verdict } = decide(list, timed);
        const status = await send(stage, seat.token, each, path);
        stage.compare("KV v1", timed, verdict === "denied", status === 403);
        if (each.operation === "create") await stage.root("DELETE", path);
        if (each.operation === "delete") await stage.root("PUT", path, { x: "1" });
      }
    });
  },
};

const METHODS = {
  create: "PUT",
  update: "PUT",
  patch: "PATCH",
  read: "GET",
  delete: "DELETE",
  list: "LIST",
} as const;

async function send(stage: Stage, token: string, asked: Asked, path: string): Promise<number> {
  const { operation, data, wrapTtl: seconds } = asked;
  const writes = operation === "create" || operation === "update" || operation === "patch";
  const pairs = Object.entries(writes ? {} : data).flatMap(([key, given]) =>
    [given].flat().map((each) => `${encodeURIComponent(key)}=${encodeURIComponent(String(each))}`),
  );
  const answer = await stage.server.ask(
    METHODS[operation],
    pairs.length > 0 ? `${path}?${pairs.join("&")}` : path,
    writes ? data : undefined,
    {
      token,
      contentType: operation === "patch" ? "application/merge-patch+json" : "application/json",
      ...(seconds === undefined ? {} : { wrapTtl: `${seconds}s` }),
    },
  );
  return answer.status;
}
