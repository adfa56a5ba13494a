/**
 * The figures of the policies room: decide, parse and build, compare, cases, memory. Prints one JSON document; the
 * workload is fixed, so that runs can be held side by side. Run it from a bundle, with --expose-gc for the memory.
 */
import type { CaseFile } from "../policies/cases/case";
import { runCases } from "../policies/cases/run";
import { compareAccess } from "../policies/compare/compare";
import { compareModels } from "../policies/compare/models";
import { PolicyDocument } from "../policies/document";
import { AccessList, type NamedPolicy } from "../policies/semantics/access-list";
import { decide } from "../policies/semantics/decide";

const ENGINE = "openbao@2.7.2";

/** Numbers in [0, 1) that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** 60% exact, 30% prefix, 10% with a plus; distinct; `kv/{data,metadata}/teamT/appA/env/cfgK`. */
function rulePaths(count: number, random: () => number): string[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const paths = new Set<string>();
  while (paths.size < count) {
    const area = random() < 0.5 ? "data" : "metadata";
    const parts = [
      "kv",
      area,
      `team${below(3 + count / 20)}`,
      `app${below(10)}`,
      `env${below(4)}`,
      `cfg${below(40)}`,
    ];
    const kind = random();
    if (kind < 0.6) paths.add(parts.join("/"));
    else if (kind < 0.9)
      paths.add(`${parts.slice(0, 3 + below(3)).join("/")}/${kind < 0.75 ? "" : `c${below(40)}`}*`);
    else {
      parts[3 + below(2)] = "+";
      paths.add(parts.join("/") + (random() < 0.5 ? "" : "*"));
    }
  }
  return [...paths];
}

/** Policies of ten rules each, as HCL. */
function policyTexts(paths: readonly string[], random: () => number): string[] {
  const words = ['"read"', '"list"', '"read", "list"', '"create", "update"'];
  const texts: string[] = [];
  for (let at = 0; at < paths.length; at += 10) {
    const rules = paths
      .slice(at, at + 10)
      .map((path) => `path "${path}" {\n  capabilities = [${words[Math.floor(random() * 4)]}]\n}\n`);
    texts.push(rules.join("\n"));
  }
  return texts;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function repeat(times: number, work: () => void): number {
  return median(Array.from({ length: times }, () => timed(work)));
}

function named(texts: readonly string[]): NamedPolicy[] {
  return texts.map((text, index) => ({
    name: `p${index}`,
    document: PolicyDocument.parse(text, { engine: ENGINE }),
  }));
}

/** Half of the requests match, the others miss by one segment. */
function queries(paths: readonly string[], random: () => number): string[] {
  return Array.from({ length: 4096 }, (_, index) => {
    const path = paths[Math.floor(random() * paths.length)] ?? "";
    const parts = path.split("/").map((part) => (part === "+" ? "any" : part.replace("*", "tail")));
    if (index % 2 === 1) parts[Math.floor(random() * parts.length)] = "missing";
    return parts.join("/");
  });
}

function deciding(count: number): Record<string, number> {
  const random = numbers(7);
  const paths = rulePaths(count, random);
  const texts = policyTexts(paths, random);
  const list = AccessList.compile(named(texts), { engine: ENGINE });
  const asked = queries(paths, random);
  const reads = asked.map((path) => ({ operation: "read", path }) as const);
  const lists = asked.map((path) => ({ operation: "list", path: `${path}/` }) as const);
  const perDecision = (requests: readonly { operation: "read" | "list"; path: string }[]): number =>
    (repeat(60, () => {
      for (const request of requests) decide(list, request);
    }) *
      1e6) /
    requests.length;
  return {
    rules: count,
    read_ns: Math.round(perDecision(reads)),
    list_ns: Math.round(perDecision(lists)),
    parse_and_build_ms: repeat(12, () => AccessList.compile(named(texts), { engine: ENGINE })),
  };
}

function memoryPerRule(): number | null {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (!collect) return null;
  const random = numbers(7);
  const texts = policyTexts(rulePaths(10_000, random), random);
  collect();
  const before = process.memoryUsage().heapUsed;
  const list = AccessList.compile(named(texts), { engine: ENGINE });
  collect();
  const bytes = (process.memoryUsage().heapUsed - before) / 10_000;
  return list.lookup("nothing") === undefined ? Math.round(bytes) : null;
}

function comparing(): Record<string, number> {
  const random = numbers(9);
  const halves = [0, 1].map(() => policyTexts(rulePaths(500, random), random));
  const [left, right] = halves.map((texts) => AccessList.compile(named(texts), { engine: ENGINE })) as [
    AccessList,
    AccessList,
  ];
  const unrelated = repeat(5, () => compareAccess(left, right));

  const paths = rulePaths(100_000, random);
  const policies = named(policyTexts(paths, random));
  const changed = policies.map((policy, index) =>
    index % 500 === 0
      ? {
          ...policy,
          document: new PolicyDocument([
            ...policy.document.rules,
            { path: `kv/data/team${index}/*`, capabilities: ["delete"] },
          ]),
        }
      : policy,
  );
  const principals = Array.from({ length: 1000 }, (_, index) => ({
    name: `principal${index}`,
    policies: Array.from({ length: 10 }, (_, at) => `p${(index * 10 + at) % policies.length}`),
  }));
  let found = 0;
  const models = repeat(3, () => {
    found = compareModels(
      { engine: ENGINE, policies, principals },
      { engine: ENGINE, policies: changed, principals },
    ).length;
  });
  return { rules_500_against_500_ms: unrelated, models_ms: models, models_principals_changed: found };
}

function cases(): number {
  const file: CaseFile = {
    policies: { app: 'path "secret/data/app/*" { capabilities = ["read"] }' },
    cases: Array.from({ length: 50_000 }, (_, index) => ({
      request: { operation: "read", path: `secret/data/app/${index}` },
      expect: { allowed: true },
    })),
  };
  let passed = 0;
  const milliseconds = timed(() => {
    for (const result of runCases(file)) if (result.passed) passed++;
  });
  return Math.round((passed / milliseconds) * 1000);
}

console.log(
  JSON.stringify(
    {
      decide: [10, 100, 1000, 10_000].map(deciding),
      memory_bytes_a_rule: memoryPerRule(),
      compare: comparing(),
      cases_a_second: cases(),
      peak_rss_mb: Math.round(process.memoryUsage().rss / 1e6),
    },
    null,
    2,
  ),
);
