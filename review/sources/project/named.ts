import type { Catalog, CatalogFamily, CatalogImportedPolicy, CatalogSecret } from "../../../catalog/catalog";
import type { AccessRevision, NamedSecret, RevisionPolicy, RevisionPrincipal } from "../../model";
import { Grants } from "./grants";
import { RulePlaces } from "./rule-places";

/**
 * The revision with the names of its catalog: secrets, owners, guardrails, and the lines of the declarations that things come
 * from, where the catalog tells them.
 */
export function withCatalog(revision: AccessRevision, catalog: Catalog): AccessRevision {
  const derived = new Map(catalog.principals.map((each) => [each.derived_policy, each]));
  const imported = new Map((catalog.imported_policies ?? []).map((each) => [each.name, each]));
  const places = new RulePlaces(catalog);
  const grants = new Grants(catalog);
  return {
    ...revision,
    policies: revision.policies.map((policy) => {
      const own = derived.get(policy.name);
      if (own) {
        const made = { ...policy, grants: grants.of(own) };
        return own.place ? { ...made, place: own.place, ...places.of(policy, own) } : made;
      }
      return writtenByHand(policy, imported.get(policy.name));
    }),
    principals: namedPrincipals(revision.principals, catalog),
    secrets: [...catalog.secrets.map(secret), ...catalog.families.map(family)],
    guardrails: [...revision.guardrails, ...(catalog.guardrails ?? [])],
  };
}

function writtenByHand(policy: RevisionPolicy, imported: CatalogImportedPolicy | undefined): RevisionPolicy {
  if (imported?.file !== undefined) return { ...policy, place: { file: imported.file }, verbatim: true };
  return imported?.place ? { ...policy, place: imported.place } : policy;
}

function namedPrincipals(principals: readonly RevisionPrincipal[], catalog: Catalog): RevisionPrincipal[] {
  const declared = new Map(catalog.principals.map((each) => [each.api_path, each]));
  const owners = new Map(catalog.systems.map(({ name, owner }) => [name, owner]));
  return principals.map((principal) => {
    const known = declared.get(principal.name);
    if (!known) return principal;
    const owner = owners.get(known.system);
    return {
      ...principal,
      system: known.system,
      ...(owner === undefined ? {} : { owner }),
      ...(known.place ? { place: known.place } : {}),
    };
  });
}

function secret({ mount, path, system, owner, place }: CatalogSecret): NamedSecret {
  return { mount: `${mount}/`, path, title: path, system, owner, ...(place ? { place } : {}) };
}

function family({ mount, template, system, owner, place }: CatalogFamily): NamedSecret {
  const path = template.replaceAll(/\{[^}]*\}/g, "+");
  return { mount: `${mount}/`, path, title: template, system, owner, ...(place ? { place } : {}) };
}
