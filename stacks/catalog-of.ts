import { printEngineId } from "../base/engine-id";
import type {
  Catalog,
  CatalogFamily,
  CatalogGrant,
  CatalogPrincipal,
  CatalogSecret,
} from "../catalog/catalog";
import type { Principal } from "../constructs/principal";
import { Secret } from "../constructs/secret";
import type { SecretDeclaration } from "../constructs/secret-declaration";
import { SecretFamily } from "../constructs/secret-family";
import type { AccessStack } from "./access-stack";

/** What the access stack declares, without anything of CDKTF in it. */
export function catalogOf(stack: AccessStack): Catalog {
  const { deployment, registry } = stack;
  const declarations = [...registry.secrets.values()];
  return {
    schema_version: 1,
    environment: deployment.environment.name,
    engine: printEngineId(deployment.engine),
    mounts: [...registry.mounts.values()].map(({ path, version }) => ({ path, kv_version: version })),
    systems: [...registry.systems.values()].map(({ systemName, owner, mount }) => ({
      name: systemName,
      owner,
      mount: mount.path,
    })),
    secrets: declarations
      .filter((each) => each instanceof Secret)
      .map((each): CatalogSecret => ({ ...shared(each), path: each.path })),
    families: declarations
      .filter((each) => each instanceof SecretFamily)
      .map((each): CatalogFamily => ({ ...shared(each), template: each.template })),
    principals: [...registry.principals.values()].map(principalOf),
    grants: [...registry.principals.values()].flatMap(grantsOf),
  };
}

function shared(declaration: SecretDeclaration) {
  const { system, mount, description, owner, fields, rotate, env } = declaration;
  return {
    system,
    mount: mount.path,
    description,
    owner,
    fields,
    ...(rotate ? { rotate_seconds: rotate.seconds } : {}),
    ...(Object.keys(env).length > 0 ? { env } : {}),
  };
}

function principalOf(principal: Principal): CatalogPrincipal {
  return {
    kind: principal.kind,
    name: principal.roleName,
    system: principal.system,
    api_path: principal.apiPath,
    policies: principal.policyNames,
    imported_policies: principal.importedPolicies,
  };
}

function grantsOf(principal: Principal): CatalogGrant[] {
  return principal.grants.map(({ intent, target }) => ({
    principal: principal.roleName,
    principal_kind: principal.kind,
    intent,
    mount: target.mount.path,
    pattern: target.pattern,
    folders: target.folders,
  }));
}
