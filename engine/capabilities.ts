import * as v from "valibot";
import { readAnswer } from "./answers";
import type { EngineClient } from "./client";

/**
 * OpenBao refuses a request with more than 1,000 strings (`max_request_json_strings`); both engines answer faster
 * to a few medium requests than to one of that size.
 */
const pathsPerRequest = 400;

/** What a token may do on each API path, by the server's own evaluator. Paths are unique in the answer. */
export type CapabilitiesByPath = ReadonlyMap<string, readonly string[]>;

/**
 * What the client's own token may do. The token needs `update` on `sys/capabilities-self`, which the policy
 * `default` grants; for tokens without it use `capabilitiesOfAccessor`.
 */
export async function capabilitiesSelf(
  client: EngineClient,
  paths: readonly string[],
): Promise<CapabilitiesByPath> {
  return ask(client, "sys/capabilities-self", {}, paths);
}

/** What the token behind an accessor may do; the client's token needs `update` on `sys/capabilities-accessor`. */
export async function capabilitiesOfAccessor(
  client: EngineClient,
  accessor: string,
  paths: readonly string[],
): Promise<CapabilitiesByPath> {
  return ask(client, "sys/capabilities-accessor", { accessor }, paths);
}

const CapabilitiesBody = v.object({ data: v.record(v.string(), v.array(v.string())) });

async function ask(
  client: EngineClient,
  endpoint: string,
  whose: Record<string, string>,
  paths: readonly string[],
): Promise<CapabilitiesByPath> {
  const unique = [...new Set(paths)];
  const found = new Map<string, readonly string[]>();
  for (let start = 0; start < unique.length; start += pathsPerRequest) {
    const chunk = unique.slice(start, start + pathsPerRequest);
    const answer = await client.request("POST", endpoint, { ...whose, paths: chunk });
    const { data } = readAnswer(CapabilitiesBody, answer, `POST ${endpoint}`);
    for (const path of chunk) found.set(path, data[path] ?? ["deny"]);
  }
  return found;
}
