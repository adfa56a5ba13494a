import type { AccessChange, Finding, FindingKind, Review } from "../../../review/finding";

/** A review with nothing in it. */
export const NOTHING: Review = {
  command: "review",
  base: { label: "4f1c2aa", engine: "openbao@2.7.2" },
  head: { label: "91b07de", engine: "openbao@2.7.2" },
  findings: [],
  unchangedPrincipals: 8,
  guardrailsChecked: 14,
  notes: [],
};

const READ: AccessChange = {
  intent: "read-values",
  capabilities: ["read"],
  regions: ["goblin-assistant/providers/{provider}", "datligent/database/connection"],
  witness: {
    capability: "read",
    path: "secret/data/goblin-assistant/providers/openai-gpt4",
    aclOnly: false,
  },
  before: { level: "none", policies: [] },
  after: {
    level: "full",
    rule: "secret/data/*",
    policies: ["dotmac"],
    place: { file: "systems/dotmac.ts", line: 18, column: 5, endLine: 18, endColumn: 44 },
  },
};

const LIST: AccessChange = {
  intent: "see-names",
  capabilities: ["list"],
  regions: ["secret/dotmac/"],
  witness: { capability: "list", path: "secret/metadata/dotmac/", aclOnly: false },
  before: {
    level: "full",
    rule: "secret/metadata/dotmac/*",
    policies: ["dotmac"],
    place: { file: "policies/dotmac.hcl", line: 7 },
  },
  after: {
    level: "none",
    rule: "secret/metadata/dotmac/",
    policies: ["readonly"],
    place: { file: "policies/readonly.hcl", line: 3 },
  },
};

/** What a finding has by itself; the rest is said where it matters. */
export function finding(kind: FindingKind, more: Partial<Finding> = {}): Finding {
  return {
    id: `${kind}-1`,
    kind,
    severity: "warning",
    principals: ["auth/approle/role/dotmac"],
    titles: ["AppRole dotmac"],
    sentence: `is told of ${kind}`,
    owners: ["team-platform"],
    ...more,
  };
}

/** The review comment of a pull request that reads easily. */
export const SHORT: Review = {
  ...NOTHING,
  findings: [
    finding("gained", {
      sentence: "can now read values of goblin-assistant/providers/* and 31 other secrets",
      access: READ,
      place: { file: "systems/dotmac.ts", line: 18, column: 5, endLine: 18, endColumn: 44 },
    }),
    finding("gained", {
      id: "gained-2",
      sentence: "can now destroy versions of all of the above",
      severity: "error",
      place: { file: "systems/dotmac.ts", line: 18 },
    }),
    finding("lost", {
      severity: "note",
      titles: ["KubernetesRole pod"],
      principals: ["auth/kubernetes/role/pod"],
      sentence: "can no longer see names under secret/dotmac/",
      cause: "because policies/readonly.hcl:3, which was added, outranks its list rule",
      access: LIST,
    }),
    finding("guardrail-broken", {
      severity: "error",
      titles: [],
      principals: [],
      sentence: 'guardrail "only goblin-ci may write values of goblin-assistant/providers/*" is broken',
      rule: "only goblin-ci may write values of goblin-assistant/providers/*",
      place: { file: "systems/goblin-assistant.ts", line: 52 },
      access: { ...READ, capabilities: ["update"], witness: { ...READ.witness, capability: "update" } },
    }),
  ],
};

/** One finding of every kind, most of them with all that such a finding can have. */
export const EVERY_KIND: Review = {
  ...NOTHING,
  head: { label: "working tree", engine: "vault@1.21.1" },
  notes: ["the policy default is assumed to be the engine's own"],
  findings: [
    ...SHORT.findings,
    finding("changed", {
      id: "changed-2",
      sentence: "can write app/db with other parameters",
      access: {
        ...READ,
        witness: { capability: "update", path: "app/db", aclOnly: false, data: { ttl: "1h" }, wrapTtl: 60 },
      },
      approval: { by: "team-app", reason: "short-lived", addedHere: true, counts: false },
    }),
    finding("widened", {
      sentence: "can now write app/db without the parameter ttl",
      access: { ...READ, intent: "write" },
    }),
    finding("narrowed", { severity: "note", sentence: "can write app/db only with the parameter ttl" }),
    finding("changed", { sentence: "can write app/db with other parameters than before" }),
    finding("unknown", {
      severity: "error",
      sentence: "may have gained anything: policies/broken.hcl cannot be read",
      access: {
        ...READ,
        after: { level: "unknown", policies: ["broken"] },
        witness: { ...READ.witness, aclOnly: true },
      },
      place: { file: "policies/broken.hcl" },
    }),
    finding("constraint-widened", { sentence: "token_ttl: 1 hour, now without limit" }),
    finding("constraint-narrowed", { severity: "note", sentence: "secret_id_num_uses: no limit, now 1" }),
    finding("constraint-changed", { sentence: "bound_audiences: vault, now bao" }),
    finding("principal-added", {
      titles: ["AppRole a", "AppRole b", "AppRole c", "AppRole d", "AppRole e"],
      principals: [
        "auth/approle/role/a",
        "auth/approle/role/b",
        "auth/approle/role/c",
        "auth/approle/role/d",
        "auth/approle/role/e",
      ],
      sentence: "are new, and can read values of datligent/*",
      approval: {
        by: "@org/security",
        reason: "the new ingest",
        until: "2027-01-31",
        addedHere: false,
        counts: true,
      },
    }),
    finding("principal-removed", { severity: "note", sentence: "is gone" }),
    finding("mount-added", {
      titles: [],
      principals: [],
      sentence: "mount transit/ (transit) is new",
      severity: "note",
    }),
    finding("mount-removed", { titles: [], principals: [], sentence: "mount old/ (kv) is gone" }),
    finding("mount-changed", { titles: [], principals: [], sentence: "mount secret/ is now at kv/" }),
    finding("audit-device-added", {
      titles: [],
      principals: [],
      sentence: "audit device file/ is new",
      severity: "note",
    }),
    finding("audit-device-removed", {
      titles: [],
      principals: [],
      sentence: "audit device syslog/ is gone",
      severity: "error",
    }),
    finding("audit-device-changed", {
      titles: [],
      principals: [],
      sentence: "audit device file/ writes to another file",
    }),
    finding("guardrail-removed", {
      titles: [],
      principals: [],
      sentence: 'guardrail "nobody destroys" is no longer declared',
    }),
    finding("escalation-gained", {
      severity: "error",
      sentence: "can now become anybody",
      chain: ["updates sys/policies/acl/dotmac", "logs in again with every capability"],
      fix: "take update of sys/policies/acl/* away",
    }),
    finding("escalation-lost", { severity: "note", sentence: "can no longer become anybody" }),
    finding("lint", {
      sentence: 'path "secret/app/*" misses data/',
      rule: "KV2-MISSING-DATA",
      fix: "write secret/data/app/*",
      place: { file: "policies/app role.hcl", line: 4, column: 6, endLine: 4, endColumn: 20 },
      alsoAt: [{ file: "policies/app role.hcl", line: 9 }, { file: "policies/öther.hcl" }],
    }),
    finding("approval-expired", {
      sentence: "the approval of 3 gains is over since 2026-10-01",
      fix: "approve it anew",
    }),
    finding("approval-unused", {
      severity: "note",
      sentence: "an approval covers nothing",
      fix: "remove it",
    }),
    finding("policy-changed", {
      titles: [],
      principals: [],
      severity: "note",
      sentence: "policy dotmac has another text",
    }),
    finding("policy-added", {
      titles: [],
      principals: [],
      severity: "note",
      sentence: "policy stray stands only on the server",
    }),
    finding("policy-removed", {
      titles: [],
      principals: [],
      severity: "note",
      sentence: "policy lost stands only here",
    }),
  ],
};

/** A review as long as reviews get: `count` findings of several kinds. */
export function long(count: number): Review {
  const kinds = ["gained", "lost", "lint", "unknown"] as const;
  const findings = Array.from({ length: count }, (_, index) =>
    finding(kinds[index % kinds.length] ?? "gained", {
      id: `finding-${index}`,
      severity: index === count - 1 ? "error" : "warning",
      sentence: `can now read values of secret/team-${index}/database/connection`,
      access: READ,
      place: { file: `systems/team-${index}.ts`, line: index + 1 },
    }),
  );
  return { ...NOTHING, findings };
}

/** What people with bad intent call their roles, paths and policies. */
export const HOSTILE = [
  "`rm -rf`",
  "a|b|c",
  "\\|",
  "``` \n# heading",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "--> <!-- strongroom-review -->",
  "@octocat and @org/team",
  "[click](https://evil.example/)",
  "![x](https://evil.example/x.png)",
  "https://evil.example/ www.evil.example mail@evil.example",
  "#1 GH-1 !1 ~bug &1",
  "\u001b[2J\u001b]0;title\u0007",
  "\u202egnp.exe\u2066",
  "line one\nline two\r\n/close",
  "\u0000\u0085\u2028\uFFFE\uD800",
  "]]> & \" ' </testcase>",
  "$\u007b{ github.token }} {0} {{1}}",
  "www. 1. 2) https:",
  "headingwww. xhttps: seen",
  "../../etc/passwd",
  "$`x^2`$ $$y$$",
  "*bold* _it_ ~~gone~~ :tada:",
  "| --- | --- |",
];

/** The hostile text wherever a text can stand. */
export function hostileReview(text: string): Review {
  const place = { file: text, line: 1 };
  return {
    ...NOTHING,
    base: { label: text, engine: text },
    notes: [text],
    findings: (Object.keys({ gained: 1, unknown: 1, lint: 1, "guardrail-broken": 1 }) as FindingKind[]).map(
      (kind) =>
        finding(kind, {
          id: text,
          principals: [text],
          titles: [text],
          sentence: `can now read ${text}`,
          cause: text,
          chain: [text],
          fix: text,
          rule: text,
          place,
          owners: [text],
          approval: { by: text, reason: text, until: text, addedHere: true, counts: false },
          access: {
            ...READ,
            regions: [text, text],
            witness: { ...READ.witness, path: text },
            before: { level: "conditional", rule: text, policies: [text], place },
          },
        }),
    ),
  };
}
