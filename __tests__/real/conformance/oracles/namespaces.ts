import fc from "fast-check";
import { PolicyDocument, type PolicyRule } from "../../../../policies/document";
import { AccessList } from "../../../../policies/semantics/access-list";
import { decide } from "../../../../policies/semantics/decide";
import { type Oracle, roundOf } from "../oracle";

const rootPaths = [
  "team/k1/a",
  "team/*",
  "+/k1/*",
  "k1/*",
  "*",
  "team/k1/+",
  "k1/a",
  "+/+/a",
  "team/k1",
  "team/sub/k1/a",
  "+/+/k1/+",
  "team/+/*",
  "/team/k1/a",
  "team//k1/a",
  "team+*",
];
const childPaths = [
  "k1/a",
  "*",
  "k1/*",
  "+/a",
  "sub/k1/a",
  "sub/*",
  "+/k1/+",
  "/k1/a",
  "team/k1/a",
  "+",
  "k1/+/c",
];
const rulesOf = (paths: readonly string[]) =>
  fc.array(
    fc.record({
      path: fc.constantFrom(...paths.filter((path) => !path.includes("+*"))),
      capabilities: fc.constantFrom<PolicyRule["capabilities"]>(
        ["read"],
        ["list"],
        ["deny"],
        ["read", "list"],
        [],
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );
const REQUESTS = [
  ["read", "k1/a"],
  ["list", "k1/"],
  ["list", "k1"],
  ["read", "k1/b/c"],
  ["read", "k1/+"],
] as const;

/** OpenBao's namespaces: rules see the full path, and a policy of a namespace begins with its path. */
export const namespaces: Oracle = {
  name: "namespaces are in front of paths the same",
  facts: "sections 1, 7: root rules that reach into children, child policies, a namespace in a namespace",
  share: 1.5,
  only: "openbao",
  async prepare(stage) {
    const atRoot = await stage.seat("space", 1);
    await stage.root("POST", "sys/namespaces/team");
    await stage.root("POST", "sys/namespaces/sub", undefined, "team/");
    for (const namespace of ["team/", "team/sub/"])
      await stage.root("POST", "sys/mounts/k1", { type: "kv" }, namespace);
    await stage.server.ask("PUT", "sys/policies/acl/inside", { policy: "# x" }, { namespace: "team/" });
    const inside = await stage.server.token(["inside"], "team/");
    const cases = fc.oneof(
      fc.record({ child: fc.constant(false), policy: rulesOf(rootPaths) }),
      fc.record({ child: fc.constant(true), policy: rulesOf(childPaths) }),
    );
    return roundOf(this.name, cases, async ({ child, policy }) => {
      const document = new PolicyDocument(policy);
      const name = child ? "inside" : (atRoot.names[0] as string);
      await stage.mustWrite(name, document, {}, child ? "team/" : undefined);
      const named = { name, document, ...(child ? { namespace: "team/" } : {}) };
      const list = AccessList.compile([named], { engine: stage.engine });
      for (const namespace of ["team/", "team/sub/", undefined]) {
        // A token of a child namespace is nobody in its parent.
        if (child && namespace === undefined) continue;
        for (const [operation, path] of REQUESTS) {
          const asked = { operation, path, ...(namespace === undefined ? {} : { namespace }) };
          const { verdict } = decide(list, asked);
          const answer = await stage.server.ask(operation === "list" ? "LIST" : "GET", path, undefined, {
            token: child ? inside : atRoot.token,
            ...(namespace === undefined ? {} : { namespace }),
          });
          stage.compare("KV v1", asked, verdict === "denied", answer.status === 403);
          if (child || namespace === undefined) continue;
          // The namespace may stand in the path as well.
          const method = operation === "list" ? "LIST" : "GET";
          const inPath = await stage.server.ask(method, namespace + path, undefined, { token: atRoot.token });
          stage.compare("KV v1", { ...asked, inPath: true }, verdict === "denied", inPath.status === 403);
        }
      }
    });
  },
};
