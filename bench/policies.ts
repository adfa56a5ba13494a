/**
 * One measurement of the policies room, named by the first argument, in a process of its own; prints JSON. `workload` prints what
 * bench/engine is to work on. Run from a bundle (bench/policies.mjs), with --expose-gc for the memory.
 */
import type { CaseFile } from "../policies/cases/case";
import { runCases } from "../policies/cases/run";
import { compareAccess } from "../policies/compare/compare";
import { compareModels } from "../policies/compare/models";
import { PolicyDocument } from "../policies/document";
import { AccessList, type NamedPolicy } from "../policies/semantics/access-list";
import { decide } from "../policies/semantics/decide";
import {
  numbers,
  policyTexts,
  queries,
  rulePaths,
  SIZES,
  type Workload,
  workload,
} from "./policies-workload";

/** The engine whose evaluator is the reference. */
const ENGINE = "vault@1.21.1";

function named(texts: readonly string[], engine = ENGINE): NamedPolicy[] {
  return texts.map((text, index) => ({
    name: `p${index}`,
    document: PolicyDocument.parse(text, { engine }),
  }));
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Once to get warm, then as often as asked: milliseconds. */
function repeat(times: number, work: () => void): number[] {
  work();
  return Array.from({ length: times }, () => timed(work));
}

/** Nanoseconds a decision, one number for each pass over all paths; milliseconds a build. */
function deciding({ texts, reads, lists }: Workload) {
  const list = AccessList.compile(named(texts), { engine: ENGINE });
  const pass = (operation: "read" | "list", paths: readonly string[]) => {
    const requests = paths.map((path) => ({ operation, path }));
    let allowed = 0;
    const ask = () => {
      allowed = 0;
      for (const request of requests) if (decide(list, request).verdict === "allowed") allowed++;
    };
    const ns = repeat(40, ask).map((milliseconds) => (milliseconds * 1e6) / requests.length);
    return { ns, allowed };
  };
  const [read, listed] = [pass("read", reads), pass("list", lists)];
  return {
    read_ns: read.ns,
    list_ns: listed.ns,
    parse_and_build_ms: repeat(12, () => AccessList.compile(named(texts), { engine: ENGINE })),
    reads_allowed: read.allowed,
    lists_allowed: listed.allowed,
  };
}

/** Bytes that a rule takes for good, of 10,000 in 1,000 policies. */
function memory(): number[] {
  const collect = (globalThis as { gc?: () => void }).gc;
  if (!collect) throw new Error("run with --expose-gc");
  const { texts } = workload(10_000);
  const kept: AccessList[] = [];
  return Array.from({ length: 5 }, () => {
    collect();
    const before = process.memoryUsage().heapUsed;
    kept.push(AccessList.compile(named(texts), { engine: ENGINE }));
    collect();
    return (process.memoryUsage().heapUsed - before) / 10_000;
  });
}

/** 500 rules against 500 others: milliseconds. */
function comparing(): number[] {
  const random = numbers(9);
  const [left, right] = [0, 1].map(() => {
    const texts = policyTexts(rulePaths(500, random), random);
    return AccessList.compile(named(texts), { engine: ENGINE });
  }) as [AccessList, AccessList];
  return repeat(7, () => compareAccess(left, right));
}

/**
 * Two revisions of 1,000 principals over 10,000 policies of ten rules, each revision parsed by itself, 20 policies with one more
 * rule: milliseconds, and the most memory that the process ever had.
 */
function models() {
  const random = numbers(9);
  const texts = policyTexts(rulePaths(100_000, random), random);
  const changed = texts.map((text, index) =>
    index % 500 === 0 ? `${text}\npath "kv/data/team${index}/*" {\n  capabilities = ["delete"]\n}\n` : text,
  );
  const principals = Array.from({ length: 1000 }, (_, index) => ({
    name: `principal${index}`,
    policies: Array.from({ length: 10 }, (_, at) => `p${(index * 10 + at) % texts.length}`),
  }));
  const before = { engine: ENGINE, policies: named(texts), principals };
  const after = { engine: ENGINE, policies: named(changed), principals };
  let principalsChanged = 0;
  const milliseconds = Array.from({ length: 5 }, () =>
    timed(() => {
      principalsChanged = compareModels(before, after).length;
    }),
  );
  return {
    milliseconds,
    principals_changed: principalsChanged,
    megabytes: process.resourceUsage().maxRSS / 1000,
  };
}

/** Cases a second, of 100 policies in the sets of 50 principals, with every kind of expectation. */
function cases(): number[] {
  const random = numbers(11);
  const paths = rulePaths(1000, random);
  const texts = policyTexts(paths, random);
  const names = texts.map((_, index) => `p${index}`);
  const asked = queries(paths, random);
  const lists = named(texts, "openbao@2.7.2");
  const holders = Array.from({ length: 50 }, (_, index) => names.filter((_, at) => (at + index) % 10 === 0));
  const compiled = holders.map((held) =>
    AccessList.compile(
      lists.filter(({ name }) => held.includes(name)),
      { engine: "openbao@2.7.2" },
    ),
  );
  const file: CaseFile = {
    engines: ["openbao@2.7.2"],
    policies: Object.fromEntries(texts.map((text, index) => [`p${index}`, text])),
    cases: Array.from({ length: 50_000 }, (_, index) => {
      const holder = index % holders.length;
      const path = asked[index % asked.length] ?? "";
      const list = compiled[holder] as AccessList;
      const allowed = decide(list, { operation: "read", path }).verdict === "allowed";
      const capabilities = list.capabilities(path);
      return {
        policies: holders[holder] ?? [],
        request: { operation: "read", path },
        expect: { allowed, ...(index % 3 === 0 ? { capabilities } : {}) },
      };
    }),
  };
  let failed = 0;
  const milliseconds = repeat(5, () => {
    failed = 0;
    for (const result of runCases(file)) if (!result.passed) failed++;
  });
  if (failed > 0) throw new Error(`${failed} cases failed`);
  return milliseconds.map((each) => 50_000_000 / each);
}

const measurements: { readonly [name: string]: () => unknown } = {
  workload: () => SIZES.map(workload),
  decide: () => SIZES.map((rules) => deciding(workload(rules))),
  memory,
  compare: comparing,
  models,
  cases,
};

const name = process.argv[2] ?? "";
const measure = measurements[name];
if (!measure) throw new Error(`${name} is none of ${Object.keys(measurements).join(", ")}`);
process.stdout.write(JSON.stringify(measure()));
