/**
 * Renders the HTML report of a large review: 1,000 principals that hold 10,000 policies over 10,000 secrets, of which 20 change.
 * Writes the page to the file that is named, and prints what it took as JSON. Run it from a bundle, in a process of its own.
 */
import { writeFileSync } from "node:fs";
import { PolicyDocument } from "../policies/document";
import type { AccessRevision, RevisionPolicy } from "../review/model";
import { renderReport } from "../review/report/report";

const PRINCIPALS = 1000;
const POLICIES = 10_000;
const CHANGED = 20;

const started = performance.now();
const base = revision("base", () => false);
const head = revision("head", (index) => index % (POLICIES / CHANGED) === 0);
const built = performance.now();
const page = renderReport({
  review: {
    command: "review",
    base: { label: base.label, engine: base.engine },
    head: { label: head.label, engine: head.engine },
    findings: [],
    unchangedPrincipals: PRINCIPALS - CHANGED,
    guardrailsChecked: 0,
    notes: [],
  },
  base,
  head,
});
const rendered = performance.now();
writeFileSync(process.argv[2] as string, page);
process.stdout.write(
  JSON.stringify({
    workload_seconds: (built - started) / 1000,
    seconds: (rendered - built) / 1000,
    bytes: page.length,
    // Kilobytes, the workload itself included.
    peak_mb: process.resourceUsage().maxRSS / 1024,
  }),
);

function revision(label: string, changes: (index: number) => boolean): AccessRevision {
  const indexes = Array.from({ length: POLICIES }, (_, index) => index);
  return {
    label,
    engine: "openbao@2.7.2",
    mounts: [{ path: "secret/", type: "kv", kvVersion: 2 }],
    policies: indexes.map((index) => policy(index, changes(index))),
    principals: Array.from({ length: PRINCIPALS }, (_, principal) => ({
      name: `auth/approle/role/app-${principal}`,
      kind: "approle",
      title: `AppRole app-${principal}`,
      system: systemOf(principal),
      owner: `team-${principal % 50}`,
      holds: Array.from({ length: 10 }, (_, at) => ({
        policy: `policy-${principal * 10 + at}`,
        by: "role" as const,
      })),
      constraints: [{ name: "token_max_ttl", kind: "limit", value: 3600, unit: "seconds" }],
    })),
    secrets: indexes.map((index) => ({
      mount: "secret/",
      path: pathOf(index),
      title: pathOf(index),
      system: systemOf(Math.floor(index / 10)),
      owner: `team-${index % 50}`,
      place: { file: `systems/${systemOf(Math.floor(index / 10))}.ts`, line: 10 + (index % 400) },
    })),
    guardrails: [],
    auditDevices: [],
    doubts: [],
  };
}

/** Reads one secret and its folder; every tenth writes as well. One that changes reads a whole system besides. */
function policy(index: number, changed: boolean): RevisionPolicy {
  const path = pathOf(index);
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const rules = [
    {
      path: `secret/data/${path}`,
      capabilities: index % 10 === 0 ? (["create", "read", "update"] as const) : (["read"] as const),
    },
    { path: `secret/metadata/${folder}`, capabilities: ["list"] as const },
    { path: `secret/metadata/${path}`, capabilities: ["read"] as const },
    ...(changed ? [{ path: `secret/data/${systemOf(index % 97)}/*`, capabilities: ["read"] as const }] : []),
  ];
  return {
    name: `policy-${index}`,
    document: new PolicyDocument(rules),
    verbatim: false,
    place: { file: `systems/${systemOf(Math.floor(index / 10))}.ts`, line: 10 + (index % 400) },
    rulePlaces: rules.map((_, at) => ({
      file: `systems/${systemOf(index)}.ts`,
      line: 20 + (index % 400) + at,
    })),
  };
}

function systemOf(index: number): string {
  return `system-${index % 100}`;
}

function pathOf(index: number): string {
  return `${systemOf(Math.floor(index / 10))}/environment-${index % 4}/component-${(index * 7919) % 9973}-${index}`;
}
