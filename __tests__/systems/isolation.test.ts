import type { CatalogPrincipal } from "../../catalog/catalog";
import { PolicyDocument } from "../../policies/document";
import { AccessList } from "../../policies/semantics/access-list";
import { decide } from "../../policies/semantics/decide";
import type { Operation } from "../../policies/semantics/request";
import { segmentMatches } from "../policies/reference";
import { synthesizeDev } from "./workbench";

const dev = synthesizeDev();

/** Every way to a secret through the API of KV v2. */
const WAYS: readonly [area: string, operation: Operation][] = [
  ["data", "read"],
  ["data", "create"],
  ["data", "update"],
  ["data", "patch"],
  ["data", "delete"],
  ["delete", "update"],
  ["undelete", "update"],
  ["destroy", "update"],
  ["subkeys", "read"],
  ["metadata", "read"],
  ["metadata", "create"],
  ["metadata", "update"],
  ["metadata", "patch"],
  ["metadata", "delete"],
];

/** Secrets as they are; of families some members, one of them named as projects are. */
const secrets = [
  ...dev.catalog.secrets.map(({ system, mount, path }) => ({ system, mount, path })),
  ...dev.catalog.families.flatMap(({ system, mount, template }) =>
    ["odin", "consilio", "openhorizon", "health-agent", "data", "x"].map((member) => ({
      system,
      mount,
      path: template.replaceAll(/\{\w+\}/g, member),
    })),
  ),
];

function accessOf(principal: CatalogPrincipal, engine: string): AccessList {
  const policies = principal.policies.map((name) => ({
    name,
    document: PolicyDocument.parse(dev.policies.get(name) ?? "", { engine }),
  }));
  return AccessList.compile(policies, { engine });
}

test("by what is granted, no principal reaches a secret of another system", () => {
  const foreign = dev.catalog.grants.flatMap((grant) => {
    const owner = dev.catalog.principals.find(
      ({ name, kind }) => name === grant.principal && kind === grant.principal_kind,
    );
    return secrets
      .filter(({ system, mount, path }) => {
        return system !== owner?.system && mount === grant.mount && segmentMatches(grant.pattern, path);
      })
      .map(({ path }) => `${grant.principal} ${grant.intent} ${path}`);
  });
  expect(foreign).toEqual([]);
});

describe.each(["openbao@2.7.2", "vault@1.21.1"])("by what %s decides on the written policies", (engine) => {
  test.each(dev.catalog.principals.map((each) => [each.api_path, each] as const))(
    "%s reaches no secret of another system",
    (_, principal) => {
      const access = accessOf(principal, engine);
      const foreign = secrets
        .filter(({ system }) => system !== principal.system)
        .flatMap(({ mount, path }) =>
          WAYS.map(([area, operation]) => ({ operation, path: `${mount}/${area}/${path}` })),
        );
      expect(foreign.filter((request) => decide(access, request).verdict !== "denied")).toEqual([]);
    },
  );

  test("each principal reaches something of its own", () => {
    const without = dev.catalog.principals.filter((principal) => {
      const access = accessOf(principal, engine);
      const own = secrets.filter(({ system }) => system === principal.system);
      return !own.some(({ mount, path }) =>
        WAYS.some(([area, operation]) => {
          return decide(access, { operation, path: `${mount}/${area}/${path}` }).verdict === "allowed";
        }),
      );
    });
    expect(without).toEqual([]);
  });

  test("one project's supervisor reaches no secret of another project", () => {
    const consilio = dev.catalog.principals.find(({ name }) => name === "supervisor-consilio");
    const access = accessOf(consilio as CatalogPrincipal, engine);
    const verdict = (path: string) => decide(access, { operation: "read", path }).verdict;
    expect(verdict("secret/data/project/consilio/stripe_api_key")).toBe("allowed");
    expect(verdict("secret/data/project/odin/openai_api_key")).toBe("denied");
    expect(verdict("secret/data/meta/cloudflare/api_token")).toBe("denied");
  });
});

test("every system is there, with its owner", () => {
  expect(Object.fromEntries(dev.catalog.systems.map(({ name, owner }) => [name, owner]))).toEqual({
    datligent: "equipe-datligent",
    "claude-optimized-deployment": "team-deployment",
    supervisor: "team-supervisor",
    "goblin-assistant": "team-goblin",
    dotmac: "team-platform",
  });
});
