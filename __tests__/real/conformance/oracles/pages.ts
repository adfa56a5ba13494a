import fc from "fast-check";
import type { PolicyRule } from "../../../../policies/document";
import { decide } from "../../../../policies/semantics/decide";
import { type Oracle, roundOf } from "../oracle";

const LIMITS = [
  undefined,
  "1",
  "5",
  "6",
  "100",
  "101",
  "0",
  "-1",
  "max",
  "Max",
  "x",
  "+5",
  "1.5",
  "",
  "0x5",
  "1_0",
];
const anyRule = fc.record(
  {
    path: fc.constantFrom("k1/", "k1", "k1/*", "k1*", "+/"),
    capabilities: fc.constantFrom<PolicyRule["capabilities"]>(["list", "scan"], ["list"], ["scan", "read"]),
    paginationLimit: fc.constantFrom(5, 100),
    requiredParameters: fc.constantFrom(["limit"], ["Limit"], ["other"], ["after"]),
    listScanResponseKeysFilterPath: fc.constantFrom("{{ .path }}{{ .key }}", "none/{{ .key }}"),
    minWrappingTtl: fc.constantFrom(60),
  },
  { requiredKeys: ["path", "capabilities"] },
);

/** The engine refuses a filter where nothing is listed. */
const rule = anyRule.filter(
  (each) => each.listScanResponseKeysFilterPath === undefined || each.capabilities.includes("list"),
);

/** OpenBao's limits on pages; a filter hides names from an answer but refuses nothing. */
export const pages: Oracle = {
  name: "pages of LIST and SCAN are limited the same",
  facts:
    "sections 2, 4: the lowest limit, no limit given, a required one, odd numbers, filters, first filter wins",
  share: 1.5,
  only: "openbao",
  async prepare(stage) {
    const seat = await stage.seat("pages", 2);
    const request = fc.tuple(
      fc.constantFrom("list" as const, "scan" as const),
      fc.constantFrom(...LIMITS),
      fc.constantFrom(undefined, undefined, "a", ""),
    );
    const policy = fc.array(rule, { minLength: 1, maxLength: 3 });
    const cases = fc.record({
      policies: fc.array(policy, { minLength: 1, maxLength: 2 }),
      requests: fc.array(request, { minLength: 12, maxLength: 16 }),
    });
    return roundOf(this.name, cases, async ({ policies, requests }) => {
      const list = await stage.install(seat, policies);
      for (const [operation, limit, after] of requests) {
        const given = Object.entries({ limit, after }).filter(
          (pair): pair is [string, string] => pair[1] !== undefined,
        );
        const data = Object.fromEntries(given);
        const { verdict } = decide(list, { operation, path: "k1/", ...(given.length > 0 ? { data } : {}) });
        const query = given.map(([key, text]) => `${key}=${encodeURIComponent(text)}`).join("&");
        const answer = await stage.server.ask(
          operation.toUpperCase(),
          `k1/${query ? `?${query}` : ""}`,
          undefined,
          {
            token: seat.token,
          },
        );
        stage.compare("KV v1", { operation, limit, after }, verdict === "denied", answer.status === 403);
      }
    });
  },
};
