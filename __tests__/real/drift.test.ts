import { printEngineId } from "../../base/engine-id";
import { readCustody } from "../../bootstrap/custody";
import { readIdentity } from "../../bootstrap/identity";
import { placesOf } from "../../bootstrap/places";
import { EngineClient } from "../../engine/client";
import type { Review } from "../../review/finding";
import { reviewerPolicy } from "../../review/sources/reviewer-policy";
import { testEngine } from "./engine-process";
import { recordingProxy } from "./recording-proxy";
import { Stage } from "./stage";

jest.setTimeout(10 * 60_000);

const engine = printEngineId(testEngine);

const RULE = 'path "secret/data/database/connection" { capabilities = ["read"] }';

describe("drift", () => {
  let stage: Stage;
  let root: EngineClient;

  beforeAll(async () => {
    stage = await Stage.open({ STRONGROOM_TARGET: "process", STRONGROOM_ENGINE: engine });
    expect((await stage.start()).exitCode).toBe(0);
    process.env.STRONGROOM_HOME = stage.home;
    const { root_token } = await readCustody(placesOf(`dev-${stage.instance}`), await readIdentity());
    root = new EngineClient({ address: stage.address, token: root_token });
  });

  afterAll(async () => {
    delete process.env.STRONGROOM_HOME;
    await root?.close();
    await stage?.close();
  });

  async function drift(
    ...args: string[]
  ): Promise<{ exitCode: number | undefined; review: Review; output: string }> {
    const { exitCode, output } = await stage.strongroom("drift", "--format", "json", ...args);
    try {
      return { exitCode, output, review: JSON.parse(output) as Review };
    } catch {
      throw new Error(`no JSON: ${output}`);
    }
  }

  const sentences = ({ findings }: Review, kind: string) =>
    findings
      .filter((finding) => finding.kind === kind)
      .map(({ titles, sentence }) => [...titles, sentence].join(" "));

  const put = (path: string, body: object) => root.request("POST", path, body);

  const putBack = async () => expect((await stage.start()).exitCode).toBe(0);

  it("is none right after up, with no flag and no token", async () => {
    const { exitCode, review } = await drift();
    expect(review.findings).toEqual([]);
    expect(exitCode).toBe(0);
    expect((await stage.strongroom("drift")).output).toContain("the server is as declared");
  });

  it("tells a policy that was changed by hand as what its holders gain, and the guardrails that this breaks", async () => {
    await put("sys/policies/acl/goblin-ci", { policy: 'path "secret/data/*" { capabilities = ["read"] }' });
    const { exitCode, review } = await drift();
    expect(exitCode).toBe(1);
    expect(sentences(review, "gained").join("\n")).toMatch(/AppRole goblin-ci can now read values/);
    expect(sentences(review, "lost").join("\n")).toMatch(/AppRole goblin-ci/);
    expect(review.findings.map(({ kind }) => kind)).toContain("guardrail-broken");
    expect(review.findings.find(({ kind }) => kind === "gained")?.place?.file).toBe(
      "systems/goblin-assistant.ts",
    );
    await putBack();
    expect((await drift()).exitCode).toBe(0);
  });

  it("tells what exists on the server alone: a role, a policy, a mount, an identity's policies", async () => {
    await put("sys/policies/acl/by-hand", { policy: RULE });
    await put("auth/approle/role/by-hand", { token_policies: "by-hand" });
    await put("sys/mounts/by-hand", { type: "transit" });
    await put("identity/group", { name: "by-hand", policies: ["dotmac"] });
    const { exitCode, review } = await drift();
    expect(exitCode).toBe(1);
    expect(sentences(review, "policy-added")).toEqual(["the policy by-hand is on the server alone"]);
    expect(sentences(review, "principal-added").join("\n")).toMatch(/AppRole by-hand is new/);
    expect(sentences(review, "principal-added").join("\n")).toMatch(/Group by-hand is new/);
    expect(sentences(review, "gained").join("\n")).toMatch(
      /AppRole by-hand can now read values of .*database\/connection/,
    );
    expect(sentences(review, "mount-added").join("\n")).toMatch(/by-hand\//);
    expect(review.findings.filter(({ kind }) => kind === "unknown")).toEqual([]);
    await root.request("DELETE", "auth/approle/role/by-hand");
    await root.request("DELETE", "sys/policies/acl/by-hand");
    await root.request("DELETE", "sys/mounts/by-hand");
    await root.request("DELETE", "identity/group/name/by-hand");
    expect((await drift()).exitCode).toBe(0);
  });

  it("tells bounds of a login that were moved, a policy that is gone, and one that says the same in other words", async () => {
    await put("auth/approle/role/dotmac", {
      token_ttl: "12h",
      token_max_ttl: "24h",
      token_bound_cidrs: "10.0.0.0/8",
    });
    await root.request("DELETE", "sys/policies/acl/supervisor-odin");
    const { data } = await root.request<{ data: { policy: string } }>(
      "GET",
      "sys/policies/acl/goblin-assistant",
    );
    await put("sys/policies/acl/goblin-assistant", { policy: `# words\n${data.policy}` });
    const { review } = await drift();
    expect(sentences(review, "constraint-widened").join("\n")).toMatch(/AppRole dotmac .*token_ttl/);
    expect(sentences(review, "constraint-narrowed").join("\n")).toMatch(/AppRole dotmac .*token_bound_cidrs/);
    expect(sentences(review, "policy-removed")).toEqual(["the policy supervisor-odin is not on the server"]);
    expect(sentences(review, "lost").join("\n")).toMatch(/supervisor-odin/);
    expect(sentences(review, "policy-changed")).toEqual([
      "the policy goblin-assistant has another text on the server",
    ]);
    expect(review.findings.filter(({ kind }) => kind === "unknown")).toEqual([]);
    await put("auth/approle/role/dotmac", { token_bound_cidrs: "" });
    await putBack();
    expect((await drift()).review.findings).toEqual([]);
  });

  it("tells what everybody gains by the policy default", async () => {
    const own = await root.request<{ data: { policy: string } }>("GET", "sys/policies/acl/default");
    await put("sys/policies/acl/default", { policy: `${own.data.policy}\n${RULE}` });
    const { review } = await drift();
    await put("sys/policies/acl/default", { policy: own.data.policy });
    const gained = review.findings.filter(({ kind }) => kind === "gained");
    expect(gained.flatMap(({ principals }) => principals)).toContain("auth/kubernetes/role/dotmac");
    expect(JSON.stringify(gained)).not.toContain("cubbyhole");
    expect(review.notes.join("\n")).toMatch(/taken to be the engine's own/);
  });

  it("sends the server nothing but GET, with the reviewer's policy as with the keys", async () => {
    const proxy = await recordingProxy(stage.address);
    try {
      await root.request("PUT", "sys/policies/acl/strongroom-reviewer", {
        policy: reviewerPolicy(engine),
      });
      const { auth } = await root.request<{ auth: { client_token: string } }>("POST", "auth/token/create", {
        policies: ["strongroom-reviewer"],
        no_default_policy: true,
      });
      const { output } = await stage.run(
        "node",
        ["bin/strongroom.mjs", "drift", "--format", "json", "--server", proxy.address],
        { BAO_TOKEN: auth.client_token },
      );
      await root.request("DELETE", "sys/policies/acl/strongroom-reviewer");
      const review = JSON.parse(output) as Review;
      expect(review.findings.map(({ sentence }) => sentence)).toEqual([
        "the policy strongroom-reviewer is on the server alone, and no login brings it",
      ]);
      expect(proxy.requests.length).toBeGreaterThan(20);
      expect(proxy.requests.filter((line) => !line.startsWith("GET "))).toEqual([]);
      expect(output).not.toContain(auth.client_token);
    } finally {
      await proxy.close();
    }
  });

  it("cannot be decided with a token that sees too little, and says what is hidden", async () => {
    await root.request("PUT", "sys/policies/acl/weak", {
      policy: 'path "sys/mounts" { capabilities = ["read"] }',
    });
    const { auth } = await root.request<{ auth: { client_token: string } }>("POST", "auth/token/create", {
      policies: ["weak"],
    });
    const { exitCode, output } = await stage.run(
      "node",
      ["bin/strongroom.mjs", "drift", "--fail-on", "guardrail"],
      { BAO_TOKEN: auth.client_token },
    );
    await root.request("DELETE", "sys/policies/acl/weak");
    expect(output).toContain("the token may not see sys/policies/acl");
    expect(exitCode).toBe(3);
  });

  it("of a server that is sealed is an error with the next step", async () => {
    await root.request("PUT", "sys/seal");
    const { exitCode, output } = await stage.strongroom("drift");
    expect(output).toMatch(/is sealed.*\n.*strongroom unseal/);
    expect(exitCode).toBe(3);
  });
});
