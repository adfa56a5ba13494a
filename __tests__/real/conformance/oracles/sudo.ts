import fc from "fast-check";
import type { PolicyRule } from "../../../../policies/document";
import { decide } from "../../../../policies/semantics/decide";
import type { Operation } from "../../../../policies/semantics/request";
import { type Oracle, roundOf } from "../oracle";

/** Whatever a request to them does once it is allowed, it changes nothing that others here rely on. */
const READ = [
  "sys/audit",
  "sys/auth",
  "sys/auth/token",
  "sys/auth/token/tune",
  "sys/mounts",
  "sys/mounts/k1/tune",
  "sys/remount",
  "sys/raw/x",
  "sys/raw",
  "sys/rotate",
  "sys/rotate/keyring",
  "sys/rotate/root",
  "sys/rotate/config",
  "sys/config/cors",
  "sys/config/auditing/request-headers",
  "sys/config/ui/headers/x",
  "sys/plugins/catalog",
  "sys/plugins/catalog/auth/userpass",
  "sys/plugins/runtimes/catalog/container/x",
  "sys/revoke-prefix/x",
  "sys/revoke-force/x",
  "sys/leases",
  "sys/leases/revoke-prefix/x",
  "sys/leases/revoke-force/x",
  "sys/leases/lookup",
  "sys/leases/count",
  "sys/internal/inspect/router/root",
  "sys/internal/counters/activity/export",
  "sys/storage/raft/snapshot-auto/config/x",
  "sys/replication/reindex",
  "sys/policies/acl/set0",
  "auth/token/revoke-orphan",
  "auth/token/revoke-orphan/x",
  "auth/token/roles/x",
  "auth/token/lookup-self",
  "pki/root",
  "pki/root/sign-self-issued",
  "pki/root/sign-intermediate",
  "pki/roles/x",
  "identity/entity/id/x",
];
/** Asked for with and without the slash, which the engine puts behind before it looks whether sudo is needed. */
const FOLDERS = [
  "sys/audit/",
  "sys/leases/lookup/",
  "sys/leases/lookup/x/",
  "sys/config/ui/headers/",
  "sys/plugins/catalog/auth/",
  "sys/policies/acl/",
  "auth/token/accessors/",
  "auth/token/roles/",
  "identity/entity/id/",
  "pki/roles/",
];
const LISTED = FOLDERS.flatMap((path) => [path, path.slice(0, -1)]);
/**
 * Writes here would end or change the server, so they are only sent where they have to be refused. `sys/step-down` is not among
 * them: a server alone answers it before any rule is asked.
 */
const DANGEROUS = [
  "sys/seal",
  "sys/remount",
  "sys/rotate",
  "sys/raw/x",
  "sys/revoke-prefix/k1",
  "sys/audit/x",
];
const PATTERNS = [
  "sys/*",
  "sys/+",
  "sys/+/+",
  "sys/auth/*",
  "auth/*",
  "auth/+/accessors*",
  "auth/token/+",
  "sys/config/*",
  "*",
  "identity/*",
  "sys/leases/*",
  "sys/leases/lookup",
  "sys/rotate*",
  "pki/*",
  "pki/+",
];

/** Which paths ask for sudo, and that it must stand in the rule that decides. */
export const sudo: Oracle = {
  name: "sudo is asked for on the same paths",
  facts: "section 8: every protected path of both engines, its neighbours, and sudo in another rule",
  share: 3,
  async prepare(stage) {
    const seat = await stage.seat("sudo", 1);
    await stage.root("POST", "sys/mounts/pki", { type: "pki" });
    const rule = fc.record({
      path: fc.oneof(fc.constantFrom(...READ, ...LISTED, ...DANGEROUS), fc.constantFrom(...PATTERNS)),
      capabilities: fc.uniqueArray(fc.constantFrom("read", "list", "sudo", "update"), { maxLength: 4 }),
    }) as fc.Arbitrary<PolicyRule>;
    const asked = fc.oneof(
      fc.tuple(fc.constant<Operation>("read"), fc.constantFrom(...READ)),
      fc.tuple(fc.constant<Operation>("list"), fc.constantFrom(...LISTED)),
      fc.tuple(fc.constant<Operation>("update"), fc.constantFrom(...DANGEROUS)),
    );
    const cases = fc.record({
      policy: fc.array(rule, { minLength: 1, maxLength: 5 }),
      requests: fc.uniqueArray(asked, { minLength: 15, maxLength: 25, selector: ([, path]) => path }),
    });
    const mounts = [{ path: "pki/", type: "pki" }];
    return roundOf(this.name, cases, async ({ policy, requests }) => {
      const list = await stage.install(seat, [policy]);
      for (const [operation, path] of requests) {
        const { verdict } = decide(list, { operation, path }, mounts);
        if (operation === "update" && verdict !== "denied") continue;
        const method = operation === "list" ? "LIST" : operation === "update" ? "POST" : "GET";
        const answer = await stage.server.ask(method, path, operation === "update" ? {} : undefined, {
          token: seat.token,
        });
        stage.compare(
          "sys, auth, identity and pki",
          { operation, path },
          verdict === "denied",
          answer.status === 403,
        );
      }
    });
  },
};
