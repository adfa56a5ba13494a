import fc from "fast-check";
import { PolicyDocument, type PolicyRule } from "../../policies/document";
import { readPolicy } from "../../policies/language/read";
import { printPolicy } from "../../policies/print";
import { AccessList } from "../../policies/semantics/access-list";
import { decide } from "../../policies/semantics/decide";
import type { AccessRequest, Operation } from "../../policies/semantics/request";
import { hclText, jsonText } from "../policies/document-generators";
import { policySet, requestPath } from "../policies/generators";
import { MISMATCHES } from "../policies/mismatches";
import { PolicyEngine, type TestedEngine } from "./policies-engine";

/** Every run uses these seeds, so that a difference can be seen again; CONFORMANCE_SEED takes others. */
const SEED = Number(process.env.CONFORMANCE_SEED ?? 20_260_101);
/** Multiplies the number of runs. */
const SCALE = Number(process.env.CONFORMANCE_SCALE ?? 1);

/** Holds the library against a running engine: what it accepts, what sys/capabilities says, what requests get. */
export function conformsTo(engine: TestedEngine, port: number): void {
  let server: PolicyEngine;
  let token: string;
  const names = ["fc0", "fc1", "fc2"];

  beforeAll(async () => {
    server = await PolicyEngine.start(engine, port);
    for (const [path, options] of [
      ["k1", {}],
      ["k2", { version: "2" }],
    ] as const) {
      const answer = await server.ask("POST", `sys/mounts/${path}`, { type: "kv", options });
      if (answer.status >= 300) throw new Error(answer.text);
    }
    for (const name of names) await server.writePolicy(name, "# nothing");
    token = await server.token(names);
    for (const path of ["k1/a", "k1/a/b", "k1/b", "k1/ab/a"]) await server.ask("PUT", path, { x: "1" });
    for (const path of ["k2/data/a", "k2/data/a/b"]) await server.ask("PUT", path, { data: { x: "1" } });
  }, 60_000);

  afterAll(async () => {
    await server.stop();
  });

  async function install(policies: readonly (readonly PolicyRule[])[]): Promise<AccessList> {
    const named = names.map((name, index) => ({ name, document: new PolicyDocument(policies[index] ?? []) }));
    for (const { name, document } of named) {
      const text = printPolicy(document);
      if (!(await server.writePolicy(name, text))) throw new Error(`refused: ${text}`);
    }
    return AccessList.compile(named, { engine });
  }

  async function acceptance(source: string): Promise<void> {
    const ours = readPolicy(source, { engine, now: Date.now() });
    // The one known exception: texts that a JavaScript string cannot hold.
    if (ours.findings.some((finding) => finding.code === "representation")) return;
    // The API takes a text that happens to be base64 for an encoded policy, before any parser sees it.
    if (/^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/.test(source)) return;
    const theirs = await server.writePolicy("accept", source);
    const findings = ours.findings.map((finding) => `${finding.severity} ${finding.code}: ${finding.reason}`);
    expect({ source, accepted: ours.accepted, findings }).toEqual({ source, accepted: theirs, findings });
  }

  const runs = (count: number) => ({ numRuns: Math.ceil(count * SCALE), seed: SEED, endOnFailure: false });

  test("answers as recorded wherever the library was once wrong", async () => {
    for (const { name, source, openbao, vault } of MISMATCHES) {
      const accepted = await server.writePolicy("accept", source);
      expect({ name, accepted }).toEqual({ name, accepted: engine.startsWith("openbao") ? openbao : vault });
    }
  });

  test(
    "accepts and refuses the same HCL",
    async () => {
      await fc.assert(fc.asyncProperty(hclText, acceptance), runs(4000));
    },
    600_000 * SCALE,
  );

  test(
    "accepts and refuses the same JSON",
    async () => {
      await fc.assert(fc.asyncProperty(jsonText, acceptance), runs(2000));
    },
    600_000 * SCALE,
  );

  test(
    "sys/capabilities agrees",
    async () => {
      const paths = fc.array(
        requestPath.filter((path) => path.trim() === path && path !== ""),
        { minLength: 40, maxLength: 60 },
      );
      let decisions = 0;
      await fc.assert(
        fc.asyncProperty(policySet, paths, async (policies, asked) => {
          const list = await install(policies);
          const theirs = await server.capabilities(token, asked);
          decisions += asked.length;
          const ours = asked.map((path) => [...list.capabilities(path)].sort());
          expect(asked.map((path, index) => [path, ours[index]])).toEqual(
            asked.map((path, index) => [path, theirs[index]]),
          );
        }),
        runs(500),
      );
      expect(decisions).toBeGreaterThanOrEqual(20_000 * Math.min(1, SCALE));
    },
    600_000 * SCALE,
  );

  const METHODS: { readonly [operation in Operation]?: string } = {
    read: "GET",
    list: "LIST",
    update: "POST",
    delete: "DELETE",
    patch: "PATCH",
    ...(engine.startsWith("openbao") ? { scan: "SCAN" } : {}),
  };

  const mountPath = fc
    .tuple(
      fc.constantFrom("k1/", "k1/", "k2/data/", "k2/metadata/", "k2/delete/", "cubbyhole/"),
      fc.array(fc.constantFrom("a", "b", "ab", "z"), { minLength: 1, maxLength: 3 }),
    )
    .map(([mount, segments]) => mount + segments.join("/"));
  const mountRule = fc.record({
    path: fc
      .tuple(
        fc.constantFrom("k1/", "k1/", "k2/", "k2/data/", "k2/metadata/", "k2/+/", "+/", "cubbyhole/", ""),
        fc.array(fc.constantFrom("a", "b", "ab", "+", "a+"), { maxLength: 3 }),
        fc.constantFrom("", "", "*", "/*", "/"),
      )
      .map(([mount, segments, tail]) => mount + segments.join("/") + tail)
      .filter((path) => !path.includes("+*")),
    capabilities: fc.oneof(
      fc.uniqueArray(fc.constantFrom("create", "read", "update", "patch", "delete", "list"), {
        minLength: 1,
        maxLength: 4,
      }),
      fc.constant(["deny"]),
    ) as fc.Arbitrary<PolicyRule["capabilities"]>,
  });

  /** What the engine turns a write into, by the existence check of the mount. */
  async function operationOf(operation: Operation, path: string): Promise<Operation> {
    if (operation !== "update") return operation;
    if (path.startsWith("k2/delete/")) return "update";
    // The cubbyhole belongs to the token, so the token's own would have to be asked; root may not.
    const looked = path.startsWith("k2/data/") ? path.replace("k2/data/", "k2/metadata/") : path;
    const answer = await server.ask("GET", looked);
    return answer.status === 200 ? "update" : "create";
  }

  test(
    "real requests on KV and cubbyhole are allowed and denied as decided",
    async () => {
      const request = fc.record({
        operation: fc.constantFrom(...(Object.keys(METHODS) as Operation[])),
        path: mountPath,
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(mountRule, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
          fc.array(request, { minLength: 12, maxLength: 16 }),
          async (policies, requests) => {
            const list = await install(policies);
            for (const { operation, path } of requests) {
              if (path.startsWith("cubbyhole/") && operation === "update") continue;
              // Mounts that do not know an operation answer 405 behind the ACL, so it is still the ACL that speaks first.
              const real = await operationOf(operation, path);
              const data = path.startsWith("k2/data/")
                ? { data: { x: "1" } }
                : path.startsWith("k2/delete/")
                  ? { versions: [1] }
                  : { x: "1" };
              const body = operation === "update" || operation === "patch" ? data : undefined;
              const decision = decide(list, { operation: real, path, ...(body ? { data: body } : {}) });
              const contentType = operation === "patch" ? "application/merge-patch+json" : "application/json";
              const answer = await server.ask(METHODS[operation] as string, path, body, {
                token,
                contentType,
              });
              expect({ operation, real, path, refused: decision.verdict === "denied" }).toEqual({
                operation,
                real,
                path,
                refused: answer.status === 403,
              });
            }
          },
        ),
        runs(150),
      );
    },
    600_000 * SCALE,
  );

  const scalar = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("a", "b", "ab", "*", "a*", "*b", "a,b", "a, b", "") },
    fc.constantFrom(1, true, false),
  );
  const parameterValue = fc.oneof(
    { weight: 5, arbitrary: scalar },
    fc.array(fc.constantFrom("a", "b", true), { maxLength: 2 }),
  );
  const parameterName = fc.constantFrom("p", "q", "P", "*", "ttl");
  const lists = fc.dictionary(
    parameterName.map((name) => name.toLowerCase()),
    fc.array(parameterValue, { maxLength: 2 }),
    { maxKeys: 2, noNullPrototype: true },
  );
  const conditional = fc.record(
    {
      path: fc.constantFrom("k1/c", "k1/*", "k1/+"),
      capabilities: fc.constant(["create", "read", "update", "delete", "list"]) as fc.Arbitrary<
        PolicyRule["capabilities"]
      >,
      allowedParameters: lists,
      deniedParameters: lists,
      requiredParameters: fc.uniqueArray(fc.constantFrom("p", "Q", "r"), { maxLength: 1 }),
      minWrappingTtl: fc.constantFrom(60, 120),
      maxWrappingTtl: fc.constantFrom(120, 600),
    },
    { requiredKeys: ["path", "capabilities"] },
  );
  const bodyValue = fc.oneof(
    { weight: 4, arbitrary: scalar },
    fc.constant(null),
    fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 2 }),
    fc.constant({ a: "b" }),
  );
  const body = fc.dictionary(parameterName, bodyValue, { maxKeys: 2, noNullPrototype: true });

  test(
    "parameters and wrapping times are judged as decided",
    async () => {
      const request = fc.record({
        data: body,
        wrapTtl: fc.constantFrom(undefined, undefined, 30, 60, 100, 120, 300, 900),
      });
      await server.ask("PUT", "k1/c", { p: "1" });
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.array(conditional, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
          fc.array(request, { minLength: 12, maxLength: 16 }),
          async (policies, requests) => {
            const list = await install(policies);
            for (const { data, wrapTtl } of requests) {
              const asked: AccessRequest = {
                operation: "update",
                path: "k1/c",
                data,
                ...(wrapTtl ? { wrapTtl } : {}),
              };
              const decision = decide(list, asked);
              const answer = await server.ask("PUT", "k1/c", data, {
                token,
                ...(wrapTtl ? { wrapTtl: `${wrapTtl}s` } : {}),
              });
              expect({ asked, refused: decision.verdict === "denied" }).toEqual({
                asked,
                refused: answer.status === 403,
              });
            }
          },
        ),
        runs(300),
      );
    },
    600_000 * SCALE,
  );

  const ROOT_PATHS = [
    "sys/audit",
    "sys/auth",
    "sys/auth/token",
    "sys/mounts",
    "sys/config/cors",
    "sys/config/ui/headers/x",
    "sys/plugins/catalog/auth/userpass",
    "sys/internal/inspect/router/root",
    "sys/policies/acl/fc0",
    "sys/leases/lookup/x/",
    "auth/token/accessors/",
    "auth/token/roles/",
    "identity/entity/id/",
  ];

  test(
    "sudo is asked for where decided",
    async () => {
      const rules = fc.array(
        fc.record({
          path: fc.oneof(
            fc.constantFrom(...ROOT_PATHS),
            fc.constantFrom(
              "sys/*",
              "sys/+",
              "sys/auth/*",
              "auth/*",
              "auth/+/accessors*",
              "sys/config/*",
              "*",
              "identity/*",
              "sys/leases/*",
            ),
          ),
          capabilities: fc.uniqueArray(fc.constantFrom("read", "list", "sudo", "update"), { maxLength: 4 }),
        }) as fc.Arbitrary<PolicyRule>,
        { minLength: 1, maxLength: 5 },
      );
      await fc.assert(
        fc.asyncProperty(rules, async (policy) => {
          const list = await install([policy]);
          for (const path of ROOT_PATHS) {
            const operation = path.endsWith("/") ? "list" : "read";
            const decision = decide(list, { operation, path });
            const answer = await server.ask(operation === "list" ? "LIST" : "GET", path, undefined, {
              token,
            });
            expect({ path, refused: decision.verdict === "denied" }).toEqual({
              path,
              refused: answer.status === 403,
            });
          }
        }),
        runs(60),
      );
    },
    600_000 * SCALE,
  );

  const directive = fc.constantFrom(
    "identity.entity.id",
    " identity.entity.name ",
    "identity.entity.metadata.team",
    "identity.entity.metadata.none",
    "identity.entity.nam",
    "identity.entity.metadata",
    "identity.entity.aliases.ACCESSOR.name",
    "identity.entity.aliases.ACCESSOR.metadata.x",
    "identity.entity.aliases.nobody.id",
    "identity.groups.names.g.id",
    "identity.groups.names.g.metadata.level",
    "identity.groups.ids.GROUP.name",
    "identity.groups.names.other.id",
    "time.later",
  );

  test(
    "templates are filled as the engine fills them",
    async () => {
      await server.ask("POST", "sys/auth/userpass", { type: "userpass" });
      await server.ask("POST", "auth/userpass/users/u", {
        password: "p",
        token_policies: names,
        token_no_default_policy: true,
      });
      const login = await server.ask("POST", "auth/userpass/login/u", { password: "p" });
      const auth = login.body?.auth as { client_token: string; entity_id: string };
      const entityAnswer = await server.ask("GET", `identity/entity/id/${auth.entity_id}`);
      type Alias = { mount_accessor: string; id: string; name: string };
      const aliases = entityAnswer.body?.data?.aliases as Alias[] | undefined;
      const alias = aliases?.[0];
      if (!alias) throw new Error("no alias");
      const group = await server.ask("POST", "identity/group", {
        name: "g",
        member_entity_ids: [auth.entity_id],
        metadata: { level: "7" },
      });
      const groupId = group.body?.data?.id as string;
      const value = fc.constantFrom("blue", "", "a*", "a/b", "+", "\u00e9", "A b");
      const path = fc
        .tuple(fc.constantFrom("", "s/", "s/x-"), directive, fc.constantFrom("", "*", "/*", "/+", "/a"))
        .map(
          ([head, inner, tail]) =>
            `${head}{{${inner.replace("ACCESSOR", alias.mount_accessor).replace("GROUP", groupId)}}}${tail}`,
        )
        .filter((text) => !text.includes("+*"));
      const rules = fc.array(
        fc.record({
          path,
          capabilities: fc.constantFrom(["read"], ["list"], ["deny"]) as fc.Arbitrary<
            PolicyRule["capabilities"]
          >,
        }),
        { minLength: 1, maxLength: 4 },
      );
      await fc.assert(
        fc.asyncProperty(rules, value, async (policy, team) => {
          await server.ask("POST", `identity/entity/id/${auth.entity_id}`, {
            name: "ent",
            metadata: { team },
          });
          await install([policy, [{ path: "s/*", capabilities: ["update"] }]]);
          const entity = {
            id: auth.entity_id,
            name: "ent",
            metadata: { team },
            aliases: [{ mountAccessor: alias.mount_accessor, id: alias.id, name: alias.name, metadata: {} }],
            groups: [{ id: groupId, name: "g", metadata: { level: "7" } }],
          };
          const named = [policy, [{ path: "s/*", capabilities: ["update" as const] }]].map((each, index) => ({
            name: `fc${index}`,
            document: new PolicyDocument(each),
          }));
          const list = AccessList.compile(named, { engine, entity });
          if (list.uncertain.length > 0) return;
          const values = [entity.id, "ent", team, alias.name, groupId, "7", "g", "", "q"];
          const paths = [
            ...new Set(
              values.flatMap((each) => [
                each,
                `s/${each}`,
                `s/x-${each}`,
                `s/${each}/a`,
                `s/${each}/`,
                `${each}/zz/y`,
              ]),
            ),
          ].filter((each) => each.trim() === each && each !== "");
          if (list.failure !== undefined) {
            const answer = await server.ask("POST", "sys/capabilities", { token: auth.client_token, paths });
            expect(answer.text).toContain("error parsing templated policy");
            return;
          }
          const theirs = await server.capabilities(auth.client_token, paths);
          const ours = paths.map((each) => [...list.capabilities(each)].sort());
          expect(paths.map((each, index) => [each, ours[index]])).toEqual(
            paths.map((each, index) => [each, theirs[index]]),
          );
        }),
        runs(150),
      );
    },
    600_000 * SCALE,
  );

  if (engine.startsWith("openbao")) {
    test(
      "pages are limited as decided",
      async () => {
        const rule = fc.record(
          {
            path: fc.constantFrom("k1/", "k1", "k1/*", "k1*"),
            capabilities: fc.constant(["list", "scan"]) as fc.Arbitrary<PolicyRule["capabilities"]>,
            paginationLimit: fc.constantFrom(5, 100),
            requiredParameters: fc.constantFrom(["limit"], ["Limit"], ["other"]),
          },
          { requiredKeys: ["path", "capabilities"] },
        );
        const limits = [undefined, "1", "5", "6", "100", "101", "0", "-1", "max", "x", "+5", "1.5", ""];
        await fc.assert(
          fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 3 }), async (policy) => {
            const list = await install([policy]);
            for (const limit of limits) {
              const decision = decide(list, {
                operation: "list",
                path: "k1/",
                ...(limit === undefined ? {} : { data: { limit } }),
              });
              const query = limit === undefined ? "" : `?limit=${encodeURIComponent(limit)}`;
              const answer = await server.ask("LIST", `k1/${query}`, undefined, { token });
              expect({ limit, refused: decision.verdict === "denied" }).toEqual({
                limit,
                refused: answer.status === 403,
              });
            }
          }),
          runs(60),
        );
      },
      600_000 * SCALE,
    );

    test(
      "rules of the root namespace reach into children by the full path",
      async () => {
        await server.ask("POST", "sys/namespaces/team");
        await server.ask("POST", "sys/mounts/k1", { type: "kv" }, { namespace: "team/" });
        const rules = fc.array(
          fc.record({
            path: fc.constantFrom(
              "team/k1/a",
              "team/*",
              "+/k1/*",
              "k1/*",
              "*",
              "team/k1/+",
              "k1/a",
              "+/+/a",
              "team/k1",
            ),
            capabilities: fc.constantFrom(["read"], ["list"], ["deny"], ["read", "list"]) as fc.Arbitrary<
              PolicyRule["capabilities"]
            >,
          }),
          { minLength: 1, maxLength: 4 },
        );
        await fc.assert(
          fc.asyncProperty(rules, async (policy) => {
            const list = await install([policy]);
            for (const [operation, path] of [
              ["read", "k1/a"],
              ["list", "k1/"],
              ["read", "k1/b/c"],
            ] as const) {
              const decision = decide(list, { operation, path, namespace: "team/" });
              const answer = await server.ask(operation === "list" ? "LIST" : "GET", path, undefined, {
                token,
                namespace: "team/",
              });
              expect({ operation, path, refused: decision.verdict === "denied" }).toEqual({
                operation,
                path,
                refused: answer.status === 403,
              });
            }
          }),
          runs(80),
        );
      },
      600_000 * SCALE,
    );
  }
}
