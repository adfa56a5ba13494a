import fc from "fast-check";
import type { PolicyRule } from "../../../../policies/document";
import { decide } from "../../../../policies/semantics/decide";
import type { Operation } from "../../../../policies/semantics/request";
import { type Oracle, roundOf } from "../oracle";
import type { Stage } from "../stage";

interface Target {
  readonly path: string;
  /** What a write sends. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether the mount looks if the thing is there, so that a write can be a `create`. */
  readonly looks: boolean;
}

/** Paths of the engine's own mounts that ask for no sudo. */
const TARGETS: readonly Target[] = [
  { path: "sys/policies/acl/zz", body: { policy: "# x" }, looks: false },
  { path: "sys/policy/zz", body: { policy: "# x" }, looks: false },
  {
    path: "sys/policies/password/zz",
    body: { policy: 'length = 20\nrule "charset" { charset = "abc" }' },
    looks: false,
  },
  { path: "sys/tools/hash", body: { input: "YQ==" }, looks: false },
  { path: "sys/mounts/zz/tune", body: { description: "x" }, looks: false },
  { path: "sys/wrapping/wrap", body: { x: "1" }, looks: false },
  { path: "sys/config/state/sanitized", body: {}, looks: false },
  { path: "auth/token/roles/zz", body: { orphan: true }, looks: true },
  { path: "auth/token/lookup", body: { token: "none" }, looks: false },
  { path: "auth/userpass/users/zz", body: { password: "p" }, looks: true },
  { path: "identity/entity/name/zz", body: { disabled: false }, looks: false },
  { path: "identity/group/name/zz", body: { type: "internal" }, looks: false },
  { path: "identity/lookup/entity", body: { name: "zz" }, looks: false },
];
const FOLDERS = [
  "sys/policies/acl",
  "sys/policies/password",
  "auth/token/roles",
  "auth/userpass/users",
  "identity/entity/name",
];
const PATTERNS = [
  "sys/*",
  "sys/+/+/zz",
  "sys/policies/*",
  "sys/policies/+/zz",
  "auth/*",
  "auth/+/+/zz",
  "auth/token/*",
  "identity/*",
  "identity/+/name/zz",
  "+/+",
  "*",
  "sys/policies/acl/z*",
];

const rule = fc.record({
  path: fc.oneof(
    fc.constantFrom(...TARGETS.map(({ path }) => path)),
    fc.constantFrom(...FOLDERS.flatMap((folder) => [folder, `${folder}/`, `${folder}/+`])),
    fc.constantFrom(...PATTERNS),
  ),
  capabilities: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.uniqueArray(fc.constantFrom("create", "read", "update", "delete", "list", "patch"), {
        maxLength: 4,
      }),
    },
    fc.constant(["deny"]),
  ),
}) as fc.Arbitrary<PolicyRule>;

/** Reads, writes, deletes and lists on the mounts that every server has; writes change only things named zz. */
export const system: Oracle = {
  name: "requests on sys, auth and identity",
  facts: "section 4: mounts with and without an existence check, `create` alone where nothing asks for it",
  share: 2,
  async prepare(stage) {
    const seat = await stage.seat("system", 2);
    await stage.root("POST", "sys/mounts/zz", { type: "kv" });
    const cases = fc.record({
      policies: fc.array(fc.array(rule, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 2 }),
      requests: fc.array(
        fc.oneof(
          {
            weight: 4,
            arbitrary: fc.tuple(fc.constantFrom("read", "update", "delete"), fc.constantFrom(...TARGETS)),
          },
          fc.tuple(
            fc.constant("list" as const),
            fc.constantFrom(...FOLDERS).map((path): Target => ({ path, body: {}, looks: false })),
          ),
        ),
        { minLength: 12, maxLength: 20 },
      ) as fc.Arbitrary<[Operation, Target][]>,
    });
    return roundOf(this.name, cases, async ({ policies, requests }) => {
      const list = await stage.install(seat, policies);
      for (const [operation, target] of requests) {
        const real = await operationOf(stage, operation, target);
        const data = operation === "update" ? target.body : undefined;
        const { verdict } = decide(list, { operation: real, path: target.path, ...(data ? { data } : {}) });
        const answer = await stage.server.ask(METHODS[operation] ?? "GET", target.path, data, {
          token: seat.token,
        });
        stage.compare(
          "sys, auth, identity and pki",
          { operation: real, path: target.path },
          verdict === "denied",
          answer.status === 403 && !answer.text.includes("bad token"),
        );
      }
    });
  },
};

const METHODS: { readonly [operation in Operation]?: string } = {
  read: "GET",
  update: "POST",
  delete: "DELETE",
  list: "LIST",
};

async function operationOf(stage: Stage, operation: Operation, target: Target): Promise<Operation> {
  if (operation !== "update" || !target.looks) return operation;
  return (await stage.server.ask("GET", target.path)).status === 200 ? "update" : "create";
}
