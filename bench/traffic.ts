/**
 * An audit log as OpenBao writes it, 200 AppRoles over 20,000 secrets, and two ways through it: a replay by two revisions, and
 * JSON.parse of each line, the least that anything must do. `write FILE LINES`, `replay FILE`, `parse FILE`; prints one JSON document.
 */
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { PolicyDocument } from "../policies/document";
import type { PolicyRule } from "../policies/rule";
import type { AccessRevision } from "../review/model";
import { replayTraffic } from "../review/traffic/replay";

const ROLES = 200;
const SECRETS = 20_000;
const HASH = "hmac-sha256:3f0c5e37010d623187e33308d3c2a39f6f66569b44072d6329a6c58e9772c7f8";
const OPERATIONS = ["read", "read", "read", "read", "read", "read", "update", "create", "list", "delete"];

/** Half of the lines are requests as they came, half the same with their answers. */
function write(file: string, lines: number): object {
  const out = openSync(file, "w");
  const start = Date.parse("2026-11-14T00:00:00Z");
  for (let index = 0, text = ""; index < lines / 2; index++) {
    text += pair(index, new Date(start + index * 1_000).toISOString());
    if (index % 1_000 === 999 || index + 1 >= lines / 2) {
      writeSync(out, text);
      text = "";
    }
  }
  closeSync(out);
  return { lines };
}

function pair(index: number, time: string): string {
  const secret = (index * 7919) % SECRETS;
  const role = `app${secret % ROLES}`;
  const operation = OPERATIONS[index % OPERATIONS.length] as string;
  const area = operation === "list" ? "metadata" : "data";
  const name = operation === "list" ? "" : `s${secret}`;
  const policies = [role, "default"];
  const auth = {
    client_token: HASH,
    accessor: HASH,
    display_name: "approle",
    policies,
    token_policies: policies,
    policy_results: { allowed: true, granting_policies: [{ name: role, namespace_id: "root", type: "acl" }] },
    metadata: { role_name: role },
    entity_id: "82f00054-6e98-5e11-08c5-a6ec6cf5e2b5",
    token_type: "service",
    token_ttl: 2_764_800,
    token_issue_time: "2026-11-13T13:59:25Z",
  };
  const writes = operation === "update" || operation === "create";
  const request = {
    id: `0cd476f3-ae98-41ce-785b-${String(index).padStart(12, "0")}`,
    client_id: auth.entity_id,
    operation,
    mount_point: "kv/",
    mount_type: "kv",
    mount_accessor: "kv_57e5cd8f",
    mount_running_version: "v2.7.2+builtin.bao",
    mount_class: "secret",
    client_token: HASH,
    client_token_accessor: HASH,
    namespace: { id: "root" },
    path: `kv/${area}/${role}/${name}`,
    ...(writes ? { data: { data: { username: HASH, password: HASH }, options: {} } } : {}),
    remote_address: "10.0.0.17",
    remote_port: 46_672,
  };
  const data = { data: { username: HASH, password: HASH }, metadata: { created_time: HASH, version: 3 } };
  const response = { mount_point: "kv/", mount_type: "kv", mount_class: "secret", data };
  const question = JSON.stringify({ time, type: "request", auth, request });
  return `${question}\n${JSON.stringify({ time, type: "response", auth, request, response })}\n`;
}

/** Every tenth role may no longer write: those whose requests in this log are reads and creations. */
function revision(label: string, changed: boolean): AccessRevision {
  const names = Array.from({ length: ROLES }, (_, index) => `app${index}`);
  const rules = (name: string, index: number): PolicyRule[] => [
    {
      path: `kv/data/${name}/*`,
      capabilities: changed && index % 10 === 3 ? ["read", "delete"] : ["create", "read", "update", "delete"],
    },
    { path: `kv/metadata/${name}/*`, capabilities: ["list"] },
  ];
  return {
    label,
    engine: "openbao@2.7.2",
    mounts: [{ path: "kv/", type: "kv", kvVersion: 2 }],
    policies: names.map((name, index) => ({
      name,
      document: new PolicyDocument(rules(name, index)),
      verbatim: false,
    })),
    principals: names.map((name) => ({
      name: `auth/approle/role/${name}`,
      kind: "approle",
      title: `AppRole ${name}`,
      holds: [name, "default"].map((policy) => ({ policy, by: "role" })),
      constraints: [],
    })),
    secrets: [],
    guardrails: [],
    auditDevices: [],
    doubts: [],
  };
}

async function replay(file: string): Promise<object> {
  const { log, denied, requests } = await replayTraffic(revision("base", false), revision("head", true), [
    file,
  ]);
  return { lines: log.lines, requests, denied: denied.reduce((sum, { count }) => sum + count, 0) };
}

async function parse(file: string): Promise<object> {
  let lines = 0;
  for await (const line of createInterface({
    input: createReadStream(file),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    JSON.parse(line);
    lines++;
  }
  return { lines };
}

const [way, file = "", lines] = process.argv.slice(2);
const started = performance.now();
const result =
  way === "write" ? write(file, Number(lines)) : way === "replay" ? await replay(file) : await parse(file);
const seconds = (performance.now() - started) / 1_000;
const { maxRSS } = process.resourceUsage();
process.stdout.write(`${JSON.stringify({ ...result, seconds, peak_rss_mb: Math.round(maxRSS / 1_024) })}\n`);
