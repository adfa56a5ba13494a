import { reviewDrift } from "../../../review/drift/review-drift";
import type { AccessRevision } from "../../../review/model";
import { appRole, revision } from "../revision";

const READ = 'path "secret/data/app" { capabilities = ["read"] }';
const WIDE = 'path "secret/data/*" { capabilities = ["read"] }';

const declared = revision({
  label: "working tree",
  policies: { app: READ },
  principals: [{ ...appRole("app", ["app"]), owner: "team-app", place: { file: "systems/app.ts", line: 3 } }],
  auditDevices: [{ path: "to-file/", type: "file" }],
  secrets: [{ mount: "secret/", path: "app", title: "app" }],
  guardrails: [
    {
      words: "only app may read values of secret/other",
      subject: { kind: "all-but", principals: [] },
      forbidden: [{ region: "secret/data/other", capabilities: ["read"] }],
      waivers: [],
    },
  ],
});

const live = (more: Parameters<typeof revision>[0] = {}): AccessRevision =>
  revision({
    label: "http://server",
    policies: { app: READ },
    roles: { app: ["app"] },
    auditDevices: [{ path: "to-file/", type: "file" }],
    ...more,
  });

const kinds = (server: AccessRevision, options: Parameters<typeof reviewDrift>[2] = {}) =>
  reviewDrift(declared, server, options).findings.map(({ kind, severity }) => `${kind} ${severity}`);

test("a server as declared has no drift, whatever names and accessors it has", () => {
  const server = live({ mounts: [{ path: "secret/", type: "kv", kvVersion: 2, identity: "kv_1" }] });
  const review = reviewDrift(declared, server);
  expect(review).toMatchObject({ command: "drift", findings: [], guardrailsChecked: 1 });
});

test("what the server allows beyond is gained, breaks declared guardrails, and has the owner and the line", () => {
  const { findings } = reviewDrift(declared, live({ policies: { app: WIDE } }));
  expect(findings.map(({ kind }) => kind)).toEqual(["guardrail-broken", "gained"]);
  expect(findings[1]).toMatchObject({ owners: ["team-app"] });
});

test("what exists on the server alone counts, though in a change it is a note", () => {
  const server = live({
    policies: { app: READ, more: READ },
    roles: { app: ["app"], more: ["app"] },
    mounts: [
      { path: "secret/", type: "kv", kvVersion: 2 },
      { path: "more/", type: "transit" },
    ],
    auditDevices: [
      { path: "to-file/", type: "file" },
      { path: "more/", type: "socket" },
    ],
  });
  expect(kinds(server)).toEqual(
    expect.arrayContaining([
      "policy-added warning",
      "principal-added warning",
      "mount-added warning",
      "audit-device-added warning",
    ]),
  );
});

test("policies that bootstrap keeps there are none of it", () => {
  const server = live({ policies: { app: READ, "strongroom-terraform": WIDE } });
  expect(kinds(server)).toEqual(["policy-added warning"]);
  expect(kinds(server, { ownPolicies: ["strongroom-terraform"] })).toEqual([]);
});

test("a role that holds one of them is drift all the same", () => {
  const server = live({
    policies: { app: READ, "strongroom-terraform": WIDE },
    roles: { app: ["app", "strongroom-terraform"] },
  });
  expect(kinds(server, { ownPolicies: ["strongroom-terraform"] })).toContain("gained warning");
});

describe("a role that holds other policies than declared, without any difference in access", () => {
  const sentences = (holds: readonly string[]) =>
    reviewDrift(declared, live({ roles: { app: holds } })).findings.map(
      ({ kind, severity, titles, sentence }) => `${kind} ${severity}: ${titles.join()} ${sentence}`,
    );

  test("is drift: whoever writes that policy later decides what the role may do", () => {
    expect(sentences(["app", "ghost"])).toEqual([
      "constraint-changed warning: AppRole app holds the policy ghost on the server alone, without a difference in access",
    ]);
  });

  test("is drift where it holds fewer as well", () => {
    const both = revision({ policies: { app: READ }, roles: { app: ["app", "ghost"] } });
    const { findings } = reviewDrift({ ...declared, principals: both.principals }, live());
    expect(findings.map(({ sentence }) => sentence)).toContain(
      "does not hold the policy ghost on the server, without a difference in access",
    );
  });

  test("is told once where access differs", () => {
    const server = live({ policies: { app: READ, more: WIDE }, roles: { app: ["app", "more"] } });
    expect(kinds(server).filter((each) => each.startsWith("constraint"))).toEqual([]);
  });

  test("and the order of policies is none", () => {
    expect(sentences(["app"])).toEqual([]);
  });
});

test("a policy that is not there grants nothing: its access is lost, and not unknown", () => {
  const found = kinds(live({ policies: {} }));
  expect(found).toContain("policy-removed warning");
  expect(found.some((each) => each.startsWith("lost"))).toBe(true);
  expect(found.some((each) => each.startsWith("unknown"))).toBe(false);
});

test("a policy that the token may not see is unknown, and not lost", () => {
  const server = live({
    policies: {},
    doubts: [{ reason: "the token may not see sys/policies/acl", hidesPolicies: true }],
  });
  const found = kinds(server);
  expect(found).toContain("unknown error");
  expect(found.some((each) => each.startsWith("lost"))).toBe(false);
});

test("the same rules in other words are told as a text", () => {
  const server = live({ policies: { app: `# words\n${READ}` } });
  expect(kinds(server)).toEqual(["policy-changed warning"]);
  expect(kinds(live({ policies: { app: `${READ}\n\n` } }))).toEqual([]);
});

test("a text that differs without effect is told beside what another policy changed", () => {
  const both = { roles: { app: ["app", "more"] } };
  const more = 'path "secret/data/app" { capabilities = ["list"] }';
  const server = live({
    ...both,
    policies: { app: `# by hand\n${READ}`, more: more.replace("list", "delete") },
  });
  const { findings } = reviewDrift(
    revision({ ...declared, ...both, policies: { app: READ, more }, principals: [] }),
    server,
  );
  expect(findings.filter(({ access }) => access).flatMap(({ access }) => access?.after.policies)).toContain(
    "app",
  );
  expect(findings.map(({ sentence }) => sentence)).toContain("the policy app has another text on the server");
  expect(findings.map(({ sentence }) => sentence)).not.toContain(
    "the policy more has another text on the server",
  );
});

test("another version is noted, and judged by the one that runs", () => {
  const review = reviewDrift(declared, live({ engine: "openbao@2.5.0" }));
  expect(review.findings).toEqual([]);
  expect(review.notes.join()).toContain("The server runs openbao@2.5.0, and openbao@2.7.2 is declared");
});

test("audit devices of a server that somebody else keeps are not compared", () => {
  const server = live({ auditDevices: [] });
  expect(kinds(server)).toEqual(["audit-device-removed error"]);
  expect(kinds(server, { declaresAudit: false })).toEqual([]);
});
