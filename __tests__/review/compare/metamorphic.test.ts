import fc from "fast-check";
import { PolicyDocument, type PolicyRule } from "../../../policies/document";
import { AccessList } from "../../../policies/semantics/access-list";
import { decide } from "../../../policies/semantics/decide";
import type { Operation } from "../../../policies/semantics/request";
import type { Approvals } from "../../../review/approvals/approvals";
import { reviewRevisions } from "../../../review/compare/review-revisions";
import type { Finding, FindingKind, Review } from "../../../review/finding";
import type { AccessRevision, RevisionPolicy } from "../../../review/model";
import { plainRule, requestPath } from "../../policies/generators";
import { appRole, revision } from "../revision";

const runs = { numRuns: 150, seed: 11 };
const rules = fc.array(plainRule, { maxLength: 6 });
const engine = fc.constantFrom("openbao@2.7.2", "openbao@2.5.0", "vault@1.21.1", "vault@2.0.3");

function policy(name: string, given: readonly PolicyRule[]): RevisionPolicy {
  return { name, document: new PolicyDocument(given), verbatim: false, place: { file: `${name}.hcl` } };
}

/** One principal that holds every policy, on a server of which no mount is known unless given. */
function side(policies: readonly RevisionPolicy[], more: Partial<AccessRevision> = {}): AccessRevision {
  return {
    ...revision({
      mounts: [],
      principals: [
        appRole(
          "app",
          policies.map(({ name }) => name),
        ),
      ],
    }),
    ...more,
    policies,
  };
}

function accessOf({ findings }: Review): Finding[] {
  return findings.filter(({ access }) => access !== undefined);
}

const MIRROR: { readonly [kind in FindingKind]?: FindingKind } = {
  gained: "lost",
  lost: "gained",
  widened: "narrowed",
  narrowed: "widened",
  changed: "changed",
};

/** One line for each thing that can be done to each region. */
function facts(review: Review, kindOf: (kind: FindingKind) => FindingKind | undefined): string[] {
  const lines = accessOf(review).flatMap(({ kind, principals, severity, access }) =>
    (access?.regions ?? []).flatMap((region) =>
      (access?.intent ? [access.intent] : (access?.capabilities ?? [])).map((what) =>
        [kindOf(kind), severity, principals.join(), what, region].join(" | "),
      ),
    ),
  );
  return [...new Set(lines)].sort();
}

const kv = { mounts: [{ path: "a/", type: "kv", kvVersion: 2 as const }] };

test("nothing is said of a revision against itself", () => {
  fc.assert(
    fc.property(rules, engine, (given, on) => {
      const same = side([policy("p", given)], { engine: on, ...kv });
      expect(reviewRevisions(same, same).findings).toEqual([]);
    }),
    runs,
  );
});

test("the way back says the opposite", () => {
  fc.assert(
    fc.property(rules, rules, engine, fc.boolean(), (some, others, on, withMount) => {
      const more = { engine: on, ...(withMount ? kv : {}) };
      const [a, b] = [side([policy("p", some)], more), side([policy("p", others)], more)];
      const there = facts(reviewRevisions(a, b), (kind) => kind);
      const back = facts(reviewRevisions(b, a), (kind) => MIRROR[kind]);
      expect(back).toEqual(there);
    }),
    runs,
  );
});

test("the order of rules, and the policies among which they are dealt, change nothing", () => {
  fc.assert(
    fc.property(rules, fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), engine, (given, keys, on) => {
      const dealt = given
        .map((rule, index) => ({ rule, key: keys[index] ?? 0 }))
        .sort((a, b) => a.key - b.key);
      const policies = [0, 1].map((at) =>
        policy(
          `part${at}`,
          dealt.filter(({ key }) => key % 2 === at).map(({ rule }) => rule),
        ),
      );
      const review = reviewRevisions(
        side([policy("p", given)], { engine: on }),
        side(policies, { engine: on }),
      );
      expect(accessOf(review)).toEqual([]);
      expect(review.findings.filter(({ kind }) => kind === "unknown")).toEqual([]);
    }),
    runs,
  );
});

const OPERATIONS: readonly Operation[] = ["create", "read", "update", "patch", "delete", "list"];

test("whatever a request is decided otherwise for is told, and every witness shows it", () => {
  fc.assert(
    fc.property(
      rules,
      rules,
      engine,
      fc.array(requestPath, { minLength: 60, maxLength: 60 }),
      (some, others, on, paths) => {
        const [before, after] = [some, others].map((given) =>
          AccessList.compile([{ name: "p", document: new PolicyDocument(given) }], { engine: on }),
        ) as [AccessList, AccessList];
        const verdict = (list: AccessList, operation: Operation, path: string): string =>
          decide(list, { operation, path, sudo: false }).verdict;
        const found = accessOf(
          reviewRevisions(
            side([policy("p", some)], { engine: on }),
            side([policy("p", others)], { engine: on }),
          ),
        );
        const told = new Set(
          found.flatMap(({ kind, access }) => access?.capabilities.map((each) => `${kind} ${each}`) ?? []),
        );
        // Where a difference counts, the same difference on paths that nobody can ask for is not told again.
        const shown = (path: string): boolean => !path.includes("//") && !path.endsWith("/") && path !== "";
        for (const path of paths.filter(shown)) {
          for (const operation of OPERATIONS) {
            const [was, is] = [verdict(before, operation, path), verdict(after, operation, path)];
            if (was !== is)
              expect([...told]).toContain(`${is === "allowed" ? "gained" : "lost"} ${operation}`);
          }
        }
        for (const { kind, access } of found) {
          const { capability, path } = access?.witness ?? { capability: "sudo", path: "" };
          if (!OPERATIONS.includes(capability as Operation)) continue;
          const verdicts = [before, after].map((list) => verdict(list, capability as Operation, path));
          expect([path, ...verdicts]).toEqual([
            path,
            ...(kind === "gained" ? ["denied", "allowed"] : ["allowed", "denied"]),
          ]);
        }
      },
    ),
    runs,
  );
});

const moved = {
  base: { mounts: [{ path: "a/", type: "transit", identity: "1" }] },
  head: { mounts: [{ path: "b/", type: "transit", identity: "1" }] },
};

test("a mount that moves with all its rules changes nothing", () => {
  fc.assert(
    fc.property(rules, (given) => {
      const under = (mount: string): PolicyRule[] =>
        given.map((rule) => ({ ...rule, path: mount + rule.path.replace(/^\/+/, "") }));
      const review = reviewRevisions(
        side([policy("p", under("a/"))], moved.base),
        side([policy("p", under("b/"))], moved.head),
      );
      expect(accessOf(review)).toEqual([]);
    }),
    runs,
  );
});

test("across a moved mount everything is told that a request for the same secret is decided otherwise for", () => {
  fc.assert(
    fc.property(
      rules,
      rules,
      engine,
      fc.array(requestPath, { minLength: 60, maxLength: 60 }),
      (some, others, on, rests) => {
        const [before, after] = [some, others].map((given) =>
          AccessList.compile([{ name: "p", document: new PolicyDocument(given) }], { engine: on }),
        ) as [AccessList, AccessList];
        const found = accessOf(
          reviewRevisions(
            side([policy("p", some)], { engine: on, ...moved.base }),
            side([policy("p", others)], { engine: on, ...moved.head }),
          ),
        );
        const told = new Set(
          found.flatMap(({ kind, access }) => access?.capabilities.map((each) => `${kind} ${each}`) ?? []),
        );
        for (const rest of rests.filter((each) => !each.includes("//") && !/^\/|\/$|^$/.test(each))) {
          for (const operation of OPERATIONS) {
            const was = decide(before, { operation, path: `a/${rest}`, sudo: false }).verdict;
            const is = decide(after, { operation, path: `b/${rest}`, sudo: false }).verdict;
            if (was !== is)
              expect([...told]).toContain(`${is === "allowed" ? "gained" : "lost"} ${operation}`);
          }
        }
      },
    ),
    runs,
  );
});

function approving(region: string): { readonly base: Approvals; readonly head: Approvals } {
  const approvals: Approvals = {
    file: "approvals.yaml",
    approvals: [
      {
        principal: "auth/approle/role/app",
        gain: { kind: "path", path: region, capabilities: ["read"] },
        by: "ann",
        reason: "meant",
        place: { file: "approvals.yaml" },
      },
    ],
  };
  return { base: approvals, head: approvals };
}

test("an approval never covers a path that is not in its region", () => {
  const paths = fc.array(requestPath, { minLength: 80, maxLength: 80 });
  fc.assert(
    fc.property(rules, rules, plainRule, paths, (some, others, { path: region }, asked) => {
      const reads = (given: readonly PolicyRule[]): PolicyRule[] =>
        given.map((rule) => ({
          ...rule,
          capabilities: rule.capabilities.includes("deny") ? ["deny"] : ["read"],
        }));
      const policies = [policy("p", reads(some)), policy("p", reads(others))] as const;
      const review = reviewRevisions(side([policies[0]]), side([policies[1]]), {
        approvals: approving(region),
      });
      const [before, after, approved] = [
        policies[0],
        policies[1],
        policy("p", [{ path: region, capabilities: ["read"] }]),
      ].map((each) => AccessList.compile([each], { engine: "openbao@2.7.2" })) as [
        AccessList,
        AccessList,
        AccessList,
      ];
      const may = (list: AccessList, path: string): boolean =>
        decide(list, { operation: "read", path, sudo: false }).verdict === "allowed";
      const open = review.findings.some(({ kind, approval }) => kind === "gained" && !approval);
      const shown = (path: string): boolean => path !== "" && !path.startsWith("/");
      for (const path of asked.filter(shown)) {
        if (may(after, path) && !may(before, path) && !may(approved, path))
          expect([path, open]).toEqual([path, true]);
      }
      for (const { approval, access } of review.findings) {
        if (approval) expect(may(approved, access?.witness.path ?? "")).toBe(true);
      }
    }),
    runs,
  );
});
