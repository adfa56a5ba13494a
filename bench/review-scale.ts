/**
 * The review of a large server: 1,000 principals that hold 10 policies each of 10,000, of which 20 changed; with names for
 * 2,000 secrets and a guardrail for every hundredth. Prints one JSON document. Run it from a bundle, with --expose-gc.
 */
import { PolicyDocument } from "../policies/document";
import type { PolicyRule } from "../policies/rule";
import { reviewRevisions } from "../review/compare/review-revisions";
import type { AccessRevision, RevisionGuardrail, RevisionPolicy, RevisionPrincipal } from "../review/model";

const PRINCIPALS = 1_000;
const POLICIES = 10_000;
const CHANGED = 20;

function rulesOf(index: number): PolicyRule[] {
  return Array.from({ length: 10 }, (_, at) => ({
    path: `kv/${at % 2 ? "data" : "metadata"}/team${index % 200}/app${index % 50}/${at < 8 ? `cfg${index}-${at}` : `tree${at}/*`}`,
    capabilities: at % 2 ? ["read"] : ["read", "list"],
  }));
}

function policies(changed: boolean): RevisionPolicy[] {
  return Array.from({ length: POLICIES }, (_, index) => {
    const own = rulesOf(index);
    const isChanged = changed && index % (POLICIES / CHANGED) === 0;
    const more: PolicyRule[] = isChanged
      ? [{ path: `kv/data/team${(index % 200) + 1}/*`, capabilities: ["read", "delete"] }]
      : [];
    return {
      name: `p${index}`,
      document: new PolicyDocument([...own, ...more]),
      verbatim: false,
      place: { file: `policies/p${index}.hcl` },
    };
  });
}

function principals(): RevisionPrincipal[] {
  return Array.from({ length: PRINCIPALS }, (_, index) => ({
    name: `auth/approle/role/r${index}`,
    kind: "approle",
    title: `AppRole r${index}`,
    holds: [
      { policy: "default", by: "default" },
      ...Array.from({ length: 10 }, (_, at) => ({
        policy: `p${(index * 10 + at) % POLICIES}`,
        by: "role" as const,
      })),
    ],
    constraints: [],
  }));
}

const guardrails: RevisionGuardrail[] = Array.from({ length: 20 }, (_, index) => ({
  words: `nobody may delete secrets of team${index}`,
  subject: { kind: "all-but", principals: [] },
  forbidden: [{ region: `kv/data/team${index}/*`, capabilities: ["delete"] }],
  waivers: [],
}));

function revision(label: string, changed: boolean): AccessRevision {
  const everybodys = new PolicyDocument([
    { path: "auth/token/lookup-self", capabilities: ["read"] },
    { path: "auth/token/renew-self", capabilities: ["update"] },
    { path: "sys/capabilities-self", capabilities: ["update"] },
  ]);
  return {
    label,
    engine: "openbao@2.7.2",
    mounts: [{ path: "kv/", type: "kv", kvVersion: 2 }],
    policies: [...policies(changed), { name: "default", document: everybodys, verbatim: false }],
    principals: principals(),
    secrets: Array.from({ length: 2_000 }, (_, index) => {
      const path = `team${index % 200}/app${index % 50}/secret${index}`;
      return { mount: "kv/", path, title: path, system: `team${index % 200}`, owner: `team${index % 200}` };
    }),
    guardrails,
    auditDevices: [],
    doubts: [],
  };
}

const [base, head] = [revision("base", false), revision("head", true)];
const times: number[] = [];
let findings = 0;
for (let round = 0; round < 3; round++) {
  const start = performance.now();
  findings = reviewRevisions(base, head, { now: 0 }).findings.length;
  times.push((performance.now() - start) / 1000);
}
process.stdout.write(
  `${JSON.stringify({
    seconds: times,
    findings,
    // VmHWM of the process: what it held at most, the workload itself included.
    peak_rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
);
