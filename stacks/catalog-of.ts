import { isAbsolute, relative, resolve } from "node:path";
import type { DeclarationPlace } from "../base/declaration-place";
import { printEngineId } from "../base/engine-id";
import type {
  Catalog,
  CatalogFamily,
  CatalogGrant,
  CatalogGuardrail,
  CatalogImportedPolicy,
  CatalogPlace,
  CatalogPrincipal,
  CatalogSecret,
} from "../catalog/catalog";
import type { CheckedGuardrail } from "../constructs/guardrail-check";
import type { ImportedPolicy } from "../constructs/imported-policy";
import type { Principal } from "../constructs/principal";
import { Secret } from "../constructs/secret";
import type { SecretDeclaration } from "../constructs/secret-declaration";
import { SecretFamily } from "../constructs/secret-family";
import type { AccessStack } from "./access-stack";

/**
 * What the access stack declares, without anything of CDKTF in it.
 * @param places whether to tell where each thing was declared; grants only have a place where the registry records them
 */
export function catalogOf(
  stack: AccessStack,
  guardrails: readonly CheckedGuardrail[],
  places = false,
): Catalog {
  return new CatalogWriter(stack, guardrails, places).catalog();
}

class CatalogWriter {
  constructor(
    private readonly stack: AccessStack,
    private readonly guardrails: readonly CheckedGuardrail[],
    private readonly places: boolean,
  ) {}

  catalog(): Catalog {
    const { deployment, registry } = this.stack;
    const declarations = [...registry.secrets.values()];
    const principals = [...registry.principals.values()];
    return {
      schema_version: 1,
      environment: deployment.environment.name,
      engine: printEngineId(deployment.engine),
      mounts: [...registry.mounts.values()].map(({ path, version }) => ({ path, kv_version: version })),
      systems: [...registry.systems.values()].map(({ systemName, owner, mount, place }) => ({
        name: systemName,
        owner,
        mount: mount.path,
        ...this.at(place),
      })),
      secrets: declarations
        .filter((each) => each instanceof Secret)
        .map((each): CatalogSecret => ({ ...this.shared(each), path: each.path })),
      families: declarations
        .filter((each) => each instanceof SecretFamily)
        .map((each): CatalogFamily => ({ ...this.shared(each), template: each.template })),
      principals: principals.map((each) => this.principal(each)),
      grants: principals.flatMap((each) => this.grants(each)),
      imported_policies: [...registry.importedPolicies.values()].map((each) => this.imported(each)),
      guardrails: this.guardrails.map((each) => this.guardrail(each)),
    };
  }

  private shared(declaration: SecretDeclaration) {
    const { system, mount, description, owner, fields, rotate, env, place } = declaration;
    return {
      system,
      mount: mount.path,
      description,
      owner,
      fields,
      ...(rotate ? { rotate_seconds: rotate.seconds } : {}),
      ...(Object.keys(env).length > 0 ? { env } : {}),
      ...this.at(place),
    };
  }

  private principal(principal: Principal): CatalogPrincipal {
    return {
      kind: principal.kind,
      name: principal.roleName,
      system: principal.system,
      api_path: principal.apiPath,
      policies: principal.policyNames,
      derived_policy: principal.policyName,
      imported_policies: principal.importedPolicies,
      ...this.at(principal.place),
    };
  }

  private grants(principal: Principal): CatalogGrant[] {
    return principal.grants.map(({ intent, target, place }) => ({
      principal: principal.roleName,
      principal_kind: principal.kind,
      intent,
      mount: target.mount.path,
      pattern: target.pattern,
      folders: target.folders,
      ...(place ? this.at(place) : {}),
    }));
  }

  private imported({ policyName, file, place }: ImportedPolicy): CatalogImportedPolicy {
    return {
      name: policyName,
      ...(file === undefined ? {} : { file: inProject(file) }),
      ...this.at(place),
    };
  }

  private guardrail({ data, system, guardrail }: CheckedGuardrail): CatalogGuardrail {
    const { words, subject, forbidden, waivers } = data;
    return {
      words,
      subject,
      forbidden,
      waivers,
      ...(system ? { system: system.systemName, owner: system.owner } : {}),
      ...this.at(guardrail.place),
    };
  }

  private at(place: DeclarationPlace): { readonly place?: CatalogPlace } {
    const found = this.places ? place.position() : undefined;
    return found ? { place: found } : {};
  }
}

/** The file as the project's own pages would name it; one that lies elsewhere keeps its whole path. */
function inProject(file: string): string {
  const inside = relative(process.cwd(), resolve(file));
  return inside.startsWith("..") || isAbsolute(inside) ? resolve(file) : inside;
}
