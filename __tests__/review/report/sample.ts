import type { Finding, Review } from "../../../review/finding";
import type { AccessRevision, NamedSecret, RevisionPrincipal } from "../../../review/model";
import type { ReportInput } from "../../../review/report/report";
import { revision } from "../revision";

/**
 * A pull request with something of everything: a policy that became too wide, one that was added and takes access away, a
 * condition, a template, a principal that came and one that went, and an escalation.
 */
export function sampleReview(): ReportInput {
  return { review: sampleFindings(), base: sampleBase(), head: sampleHead() };
}

const NAMES: Readonly<Record<string, readonly string[]>> = {
  dotmac: ["database/postgres", "database/redis", "jwt", "smtp", "storage/s3"],
  "goblin-assistant": [
    "goblin-assistant/providers/openai-gpt4",
    "goblin-assistant/providers/anthropic",
    "goblin-assistant/database",
    "goblin-assistant/session",
  ],
  supervisor: ["supervisor/queue", "supervisor/metrics", "supervisor/tls"],
};

const OWNERS: Readonly<Record<string, string>> = {
  dotmac: "team-platform",
  "goblin-assistant": "team-goblin",
  supervisor: "team-supervisor",
};

const SECRETS: readonly NamedSecret[] = [
  ...Object.entries(NAMES).flatMap(([system, paths]) =>
    paths.map((path, index) => ({
      mount: "secret/",
      path,
      title: path,
      system,
      owner: OWNERS[system] as string,
      place: { file: `systems/${system}.ts`, line: 12 + index * 5 },
    })),
  ),
  {
    mount: "secret/",
    path: "projects/+/+",
    title: "projects/{project}/{name}",
    system: "supervisor",
    owner: "team-supervisor",
  },
];

const DEFAULT = `path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "cubbyhole/*" {
  capabilities = ["create", "read", "update", "delete", "list"]
}`;

const BASE: Readonly<Record<string, string>> = {
  default: DEFAULT,
  dotmac: readOnly("database/postgres", "database/redis", "jwt", "smtp", "storage/s3"),
  goblin: `${readOnly("goblin-assistant/providers/+", "goblin-assistant/database", "goblin-assistant/session")}
path "secret/metadata/goblin-assistant/*" {
  capabilities = ["list"]
}`,
  "goblin-ci": `path "secret/data/goblin-assistant/providers/+" {
  capabilities = ["create", "update", "patch"]
}`,
  supervisor: `path "secret/data/supervisor/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "secret/metadata/supervisor/*" {
  capabilities = ["read", "list"]
}
path "secret/data/projects/*" {
  capabilities = ["read"]
}`,
  people: `path "secret/data/people/{{identity.entity.name}}/*" {
  capabilities = ["create", "read", "update", "delete"]
}`,
  operator: `path "secret/*" {
  capabilities = ["create", "read", "update", "patch", "delete", "list"]
}
path "sys/mounts" {
  capabilities = ["read"]
}`,
};

const HEAD: Readonly<Record<string, string>> = {
  ...BASE,
  dotmac: `path "secret/data/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "secret/destroy/*" {
  capabilities = ["update"]
}`,
  "goblin-ci": `path "secret/data/goblin-assistant/providers/+" {
  capabilities = ["create", "update"]
  required_parameters = ["options"]
}
path "sys/policies/acl/*" {
  capabilities = ["create", "update"]
}`,
  readonly: `path "secret/metadata/goblin-assistant/providers/*" {
  capabilities = ["read"]
}`,
};

function readOnly(...paths: readonly string[]): string {
  return paths.map((path) => `path "secret/data/${path}" {\n  capabilities = ["read"]\n}`).join("\n");
}

export function sampleBase(): AccessRevision {
  return sample("4f1c2aa", BASE, [
    role("dotmac", "dotmac", ["dotmac"]),
    pod("dotmac", "dotmac", ["dotmac"]),
    role("goblin-assistant", "goblin-assistant", ["goblin"]),
    role("goblin-ci", "goblin-assistant", ["goblin-ci"]),
    role("supervisor", "supervisor", ["supervisor"]),
    role("supervisor-cron", "supervisor", ["supervisor"]),
    role("legacy-backup", "supervisor", ["supervisor"]),
    {
      ...role("people", "supervisor", ["people"]),
      kind: "group",
      title: "Group people",
      name: "identity/group/people",
    },
    {
      ...role("operator", "operators", ["operator"]),
      kind: "token",
      title: "TokenRole operator",
      name: "auth/token/roles/operator",
    },
  ]);
}

export function sampleHead(): AccessRevision {
  const base = sampleBase();
  const principals = base.principals
    .filter(({ title }) => title !== "AppRole legacy-backup")
    .map((principal) =>
      principal.title === "AppRole goblin-assistant"
        ? { ...principal, holds: [...principal.holds, { policy: "readonly", by: "role" as const }] }
        : principal,
    );
  return sample("working tree", HEAD, [...principals, role("reporter", "supervisor", ["goblin"])]);
}

function sample(
  label: string,
  policies: Readonly<Record<string, string>>,
  principals: RevisionPrincipal[],
): AccessRevision {
  return revision({
    label,
    policies,
    principals,
    secrets: SECRETS,
    mounts: [{ path: "secret/", type: "kv", kvVersion: 2, identity: "vault_mount.secret" }],
    guardrails: [
      {
        words: "only goblin-ci may write values of secret/goblin-assistant/*",
        subject: { kind: "all-but", principals: ["auth/approle/role/goblin-ci"] },
        forbidden: [{ region: "secret/data/goblin-assistant/*", capabilities: ["create", "update"] }],
        waivers: [
          {
            principal: "auth/token/roles/operator",
            reason: "until the rotation runs by itself",
            until: "2030-01-31T00:00:00Z",
          },
        ],
        system: "goblin-assistant",
        owner: "team-goblin",
        place: { file: "systems/goblin-assistant.ts", line: 52 },
      },
      {
        words: "nobody may destroy versions of secret/database/postgres",
        subject: { kind: "all-but", principals: [] },
        forbidden: [{ region: "secret/destroy/database/postgres", capabilities: ["update"] }],
        waivers: [],
        system: "supervisor",
        place: { file: "systems/supervisor.ts", line: 31 },
      },
    ],
  });
}

function role(name: string, system: string, policies: readonly string[]): RevisionPrincipal {
  return {
    name: `auth/approle/role/${name}`,
    kind: "approle",
    title: `AppRole ${name}`,
    system,
    holds: [
      ...policies.map((policy) => ({ policy, by: "role" as const })),
      { policy: "default", by: "default" },
    ],
    constraints: [
      { name: "token_max_ttl", kind: "limit", value: 14400, unit: "seconds" },
      { name: "bound CIDRs", kind: "networks", values: ["10.0.0.0/8"] },
    ],
    owner: OWNERS[system] ?? "team-operations",
    place: { file: `systems/${system}.ts`, line: 40 },
  };
}

function pod(name: string, system: string, policies: readonly string[]): RevisionPrincipal {
  return {
    ...role(name, system, policies),
    name: `auth/kubernetes/role/${name}`,
    kind: "kubernetes",
    title: `KubernetesRole ${name}`,
  };
}

function sampleFindings(): Review {
  return {
    command: "review",
    base: { label: "4f1c2aa", engine: "openbao@2.7.2" },
    head: { label: "working tree", engine: "openbao@2.7.2" },
    findings: FINDINGS,
    unchangedPrincipals: 4,
    guardrailsChecked: 2,
    notes: ["The policy default is not in the source; the engine's own is assumed."],
  };
}

const DOTMAC = {
  principals: ["auth/approle/role/dotmac", "auth/kubernetes/role/dotmac"],
  titles: ["AppRole dotmac", "KubernetesRole dotmac"],
  owners: ["team-platform", "team-goblin"],
} as const;

const FINDINGS: readonly Finding[] = [
  {
    ...DOTMAC,
    id: "g1",
    kind: "gained",
    severity: "error",
    sentence: "can now read values of goblin-assistant/providers/openai-gpt4 and 7 other secrets",
    place: { file: "systems/dotmac.ts", line: 18 },
    access: {
      intent: "read-values",
      capabilities: ["read"],
      regions: [
        "goblin-assistant/providers/openai-gpt4",
        "goblin-assistant/database",
        "supervisor/queue",
        "supervisor/tls",
      ],
      witness: {
        capability: "read",
        path: "secret/data/goblin-assistant/providers/openai-gpt4",
        aclOnly: false,
      },
      before: { level: "none", policies: [] },
      after: { level: "full", rule: "secret/data/*", policies: ["dotmac"] },
    },
  },
  {
    ...DOTMAC,
    id: "g2",
    kind: "gained",
    severity: "error",
    sentence: "can now destroy versions of every secret under secret/",
    place: { file: "systems/dotmac.ts", line: 21 },
    access: {
      intent: "destroy",
      capabilities: ["update"],
      regions: ["secret/*"],
      witness: { capability: "update", path: "secret/destroy/database/postgres", aclOnly: false },
      before: { level: "none", policies: [] },
      after: { level: "full", rule: "secret/destroy/*", policies: ["dotmac"] },
    },
  },
  {
    id: "l1",
    kind: "lost",
    severity: "warning",
    principals: ["auth/approle/role/goblin-assistant"],
    titles: ["AppRole goblin-assistant"],
    sentence: "can no longer see names of secret/goblin-assistant/providers/",
    cause: "because policies/readonly.hcl:1, which was added, outranks its list rule",
    place: { file: "policies/readonly.hcl", line: 1 },
    owners: ["team-goblin"],
    access: {
      intent: "see-names",
      capabilities: ["list"],
      regions: ["secret/goblin-assistant/providers/"],
      witness: { capability: "list", path: "secret/metadata/goblin-assistant/providers/", aclOnly: false },
      before: { level: "full", rule: "secret/metadata/goblin-assistant/*", policies: ["goblin"] },
      after: { level: "none", rule: "secret/metadata/goblin-assistant/providers/*", policies: ["readonly"] },
    },
  },
  {
    id: "b1",
    kind: "guardrail-broken",
    severity: "error",
    principals: [...DOTMAC.principals],
    titles: [...DOTMAC.titles],
    sentence:
      'may update secret/data/goblin-assistant/providers/openai-gpt4: allowed by path "secret/data/*"',
    rule: "only goblin-ci may write values of secret/goblin-assistant/*",
    place: { file: "systems/goblin-assistant.ts", line: 52 },
    owners: ["team-goblin"],
  },
  {
    id: "e1",
    kind: "escalation-gained",
    severity: "error",
    principals: ["auth/approle/role/goblin-ci"],
    titles: ["AppRole goblin-ci"],
    sentence: "can now reach everything",
    chain: [
      "rewrites its own policy goblin-ci, by update on sys/policies/acl/goblin-ci",
      "then may do everything",
    ],
    place: { file: "policies/goblin-ci.hcl", line: 5 },
    owners: ["team-goblin"],
  },
  {
    id: "a1",
    kind: "principal-added",
    severity: "note",
    principals: ["auth/approle/role/reporter"],
    titles: ["AppRole reporter"],
    sentence: "is new, and reads what AppRole goblin-assistant reads",
    owners: ["team-supervisor"],
    approval: {
      by: "security",
      reason: "weekly report of usage",
      until: "2027-01-31",
      addedHere: false,
      counts: true,
    },
  },
];
