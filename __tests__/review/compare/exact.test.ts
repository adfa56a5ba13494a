import fc from "fast-check";
import type { Capability } from "../../../policies/capability";
import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { intentOf } from "../../../policies/kv-intent-of";
import type { KvIntent } from "../../../policies/kv-intents";
import { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import { patternFor } from "../../../policies/semantics/rank";
import type { AccessRequest, Operation } from "../../../policies/semantics/request";
import { reviewRevisions } from "../../../review/compare/review-revisions";
import type { AccessChange, Finding, FindingKind } from "../../../review/finding";
import type { AccessRevision, RevisionMount, RevisionPolicy } from "../../../review/model";
import { segmentMatches } from "../../policies/reference";
import { appRole, revision } from "../revision";

/** Multiplies the number of random pairs; the seed can be another. */
const SCALE = Number(process.env.REVIEW_SCALE ?? 1);
const SEED = Number(process.env.REVIEW_SEED ?? 31);

const MOUNTS: readonly RevisionMount[] = [
  { path: "secret/", type: "kv", kvVersion: 2 },
  { path: "kv1/", type: "kv", kvVersion: 1 },
  { path: "pki/", type: "pki" },
];

const segments = fc
  .array(fc.constantFrom("a", "b", "ab", "+"), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"));
const beginning = fc.constantFrom(
  ...["secret/data/", "secret/data/", "secret/metadata/", "secret/destroy/", "secret/+/", "secret/"],
  ...["kv1/", "pki/", "sys/", ""],
);
const path = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(beginning, segments, fc.constantFrom("", "", "*", "/*", "/*")) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom("*", "+/*", "s*", "secret/*", "secret/data/*", "secret/metadata", "secret/config"),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom("pki/root", "pki/*", "pki/+", "sys/raw/a", "sys/*", "kv1", "kv1/*")),
  },
);
const capabilities = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.subarray<Capability>(["create", "read", "update", "patch", "delete", "list", "sudo"]),
  },
  { weight: 1, arbitrary: fc.constant<Capability[]>(["deny"]) },
);
const lists = fc.dictionary(
  fc.constantFrom("a", "b"),
  fc.constantFrom<string[]>([], ["x"], ["x*"], ["*x", "y"], ["*"]),
  { minKeys: 1 },
);
const conditions: fc.Arbitrary<Partial<PolicyRule>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: lists.map((allowedParameters) => ({ allowedParameters })) },
  { weight: 1, arbitrary: lists.map((deniedParameters) => ({ deniedParameters })) },
  {
    weight: 1,
    arbitrary: lists.map((deniedParameters) => ({ deniedParameters, requiredParameters: ["A"] })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ minWrappingTtl: 60 }, { maxWrappingTtl: 60 }, { maxWrappingTtl: 120 }),
  },
);
const rule: fc.Arbitrary<PolicyRule> = fc
  .tuple(path, capabilities, conditions)
  .map(([parts, words, more]) => ({
    path: parts.join("").replaceAll("+*", "+"),
    capabilities: words,
    ...more,
  }));

/** Two policies before, and the same with a few rules that went, changed or came. */
const pair = fc
  .tuple(
    fc.array(rule, { maxLength: 4 }),
    fc.array(rule, { maxLength: 3 }),
    fc.array(rule, { maxLength: 3 }),
    fc.array(fc.nat(3), { maxLength: 2 }),
  )
  .map(([own, shared, added, gone]) => ({
    before: [own, shared],
    after: [[...own.filter((_, at) => !gone.includes(at)), ...added], shared],
  }));

function side(given: readonly (readonly PolicyRule[])[], engine: string): AccessRevision {
  const policies = given.map(
    (rules, at): RevisionPolicy => ({
      name: `p${at}`,
      document: new PolicyDocument(rules),
      verbatim: false,
      place: { file: `p${at}.hcl` },
    }),
  );
  const names = policies.map(({ name }) => name);
  return { ...revision({ engine, mounts: MOUNTS, principals: [appRole("app", names)] }), policies };
}

const NAMES = ["a", "b", "ab", "z"];
const RESTS = [...NAMES, ...NAMES.flatMap((one) => NAMES.map((other) => `${one}/${other}`)), "a/b/a"];
const AREAS = ["data", "metadata", "destroy", "undelete"];

/** What KV has operations for, by area (KV version 2 API). */
const EFFECT: { readonly [area: string]: readonly string[] } = {
  data: ["create", "read", "update", "patch", "delete"],
  metadata: ["create", "read", "update", "patch", "delete", "list"],
  destroy: ["update"],
  undelete: ["update"],
};

interface Asked {
  readonly operation: Operation;
  readonly path: string;
  /** As secrets are named: without the area of KV version 2. */
  readonly place: string;
  readonly intent: KvIntent | undefined;
}

function asked(operation: Operation, at: string, place: string): Asked {
  const mount = MOUNTS.find((each) => each.type === "kv" && at.startsWith(each.path));
  const intent = mount && intentOf(mount.path, at, operation as Capability, mount.kvVersion);
  return { operation, path: at, place, intent };
}

const WRITES: readonly Operation[] = ["create", "read", "update", "patch", "delete"];

/** Every operation that does something, on every path of a small alphabet. */
const ASKED: readonly Asked[] = [
  ...AREAS.flatMap((area) =>
    [...RESTS, ""].flatMap((rest) =>
      (EFFECT[area] as Operation[])
        .filter((operation) => operation === "list" || rest !== "")
        .map((operation) => {
          const own = operation === "list" && rest !== "" ? `${rest}/` : rest;
          return asked(operation, `secret/${area}/${own}`, `secret/${own}`);
        }),
    ),
  ),
  ...RESTS.flatMap((rest) =>
    WRITES.filter((each) => each !== "patch").map((operation) =>
      asked(operation, `kv1/${rest}`, `kv1/${rest}`),
    ),
  ),
  ...["pki/root", "pki/a", "pki/root/a", "sys/a", "sys/raw/a", "sys/a/b", "a", "a/b", "z"].flatMap((each) =>
    WRITES.filter((operation) => operation !== "create" || !each.startsWith("sys/")).map((operation) =>
      asked(operation, each, each),
    ),
  ),
];

/** Requests with the parameters and wrapping times that conditions tell apart. */
const WAYS: readonly Pick<AccessRequest, "data" | "wrapTtl">[] = [
  ...[
    undefined,
    { a: "x" },
    { b: "x" },
    { a: "y" },
    { a: "xz", b: "zx" },
    { a: "*" },
    { a: "1" },
    { c: "" },
    { a: "" },
    { b: "" },
    { a: "", b: "" },
    { a: "xz" },
    { a: "zx" },
    { b: "xz" },
    { b: "zx" },
    { b: "y" },
  ].map((data) => (data ? { data: data as AccessRequest["data"] } : {})),
  { wrapTtl: 30 },
  { wrapTtl: 90 },
  { wrapTtl: 200 },
  { data: { a: "1" }, wrapTtl: 60 },
] as Pick<AccessRequest, "data" | "wrapTtl">[];

const TOLD_BY = {
  more: new Set<FindingKind>(["gained", "widened", "changed"]),
  less: new Set<FindingKind>(["lost", "narrowed", "changed"]),
};

function nameOf({ operation, path: at }: Asked): string {
  return `${operation} ${at}`;
}

function inRegion(region: string, place: string): boolean {
  const { kind, text } = patternFor(region);
  const fits = (each: string): boolean =>
    kind === "exact" ? each === text : kind === "prefix" ? each.startsWith(text) : segmentMatches(text, each);
  return fits(place) || (place.endsWith("/") && fits(place.slice(0, -1)));
}

const SUDO_PATHS = new Set(["pki/root", "sys/raw/a"]);

/** Whether a finding says something of this request; `open` where it says so of parts that it does not tell. */
function isSaid(access: AccessChange, { operation, path: at, place, intent }: Asked): "yes" | "no" | "open" {
  if (access.intent !== intent || !access.capabilities.some((each) => each === operation)) return "no";
  let said: "no" | "open" = "no";
  for (const region of access.regions) {
    // The folders below a tree are not the tree's own folder.
    if (!inRegion(region, place) || (intent === "see-names" && `${place}*` === region)) continue;
    const parts = access.except?.[region] ?? [];
    if (parts.some((part) => isExcepted(part, region, at, place))) continue;
    if (!parts.some((part) => part.startsWith("parts of"))) return "yes";
    said = "open";
  }
  return said;
}

function isExcepted(part: string, region: string, at: string, place: string): boolean {
  if (part === "what needs sudo") return SUDO_PATHS.has(at);
  if (part === "what needs no sudo") return !SUDO_PATHS.has(at);
  if (part === "what is below it") return `${place}*` !== region;
  if (part === "what has no slash at its end") return !place.endsWith("/");
  return inRegion(part, place);
}

test("whatever is decided otherwise is told of its very region, and nothing else is", () => {
  fc.assert(
    fc.property(pair, fc.constantFrom("openbao@2.7.2", "vault@1.21.1"), ({ before, after }, engine) => {
      const [base, head] = [side(before, engine), side(after, engine)];
      const lists = [base, head].map(({ policies }) => AccessList.compile(policies, { engine }));
      const [old, now] = lists as [AccessList, AccessList];
      const mounts = MOUNTS.filter(({ type }) => type !== "kv");
      const verdict = (list: AccessList, request: AccessRequest): string =>
        decide(list, request, mounts).verdict;
      const told = reviewRevisions(base, head).findings.filter(({ access }) => access) as Told[];
      const isPlain = [...before, ...after].flat().every((each) => Object.keys(each).length === 2);
      const ways = isPlain ? [{}] : WAYS;
      const wrong: string[] = [];
      for (const each of ASKED) {
        const changesOn = (at: string): string[] =>
          ways.flatMap((way) => {
            const request = { operation: each.operation, path: at, ...way };
            const [was, is] = [verdict(old, request), verdict(now, request)];
            return was === is ? [] : [is === "allowed" ? "more" : "less"];
          });
        const changes = changesOn(each.path);
        // OpenBao lists the same names in a second area.
        const elsewhere =
          each.operation === "list" ? changesOn(each.path.replace("/metadata/", "/detailed-metadata/")) : [];
        for (const way of ["more", "less"] as const) {
          const saying = told.filter(({ access }) => isSaid(access, each) !== "no").map(({ kind }) => kind);
          if (changes.includes(way)) {
            if (!saying.some((kind) => TOLD_BY[way].has(kind)))
              wrong.push(`${way} ${nameOf(each)} is untold`);
          } else if (!elsewhere.includes(way)) {
            // Between conditions the witness shows that there is a difference.
            const whole = told.filter(({ kind }) => kind === (way === "more" ? "gained" : "lost"));
            if (whole.some(({ access }) => isSaid(access, each) === "yes"))
              wrong.push(`${way} ${nameOf(each)} is told`);
          }
        }
      }
      expect(wrong).toEqual([]);
      for (const { kind, severity, sentence, access } of told) {
        const { capability, path: at, data, wrapTtl } = access.witness;
        if (severity === "note" || capability === "sudo") continue;
        const request = { operation: capability as Operation, path: at, data, wrapTtl } as AccessRequest;
        const answers = [verdict(old, request), verdict(now, request)];
        const shown = answers[0] === answers[1] ? "nothing" : answers[1] === "allowed" ? "more" : "less";
        const ways = (["more", "less"] as const).filter((way) => TOLD_BY[way].has(kind));
        expect([sentence, ways]).toEqual([sentence, expect.arrayContaining([shown])]);
      }
    }),
    { numRuns: 200 * SCALE, seed: SEED },
  );
}, 3_600_000);

type Told = Finding & { readonly access: AccessChange };
