import { listed } from "../../../base/words";
import { Unresolved, type Value } from "../inventory/value";

/** What a configuration says of one provider of the engines: which server it asks, and in which namespace. */
export interface VaultProvider {
  readonly address?: Value;
  readonly namespace?: Value;
}

/** By the name that resources call it, `vault` or `vault.other`. */
export type VaultProviders = ReadonlyMap<string, VaultProvider>;

/** A resource's values with the namespace of its provider, where it has none of its own. */
export function inNamespaceOf<T extends { readonly [name: string]: Value }>(
  values: T,
  provider: VaultProvider | undefined,
): T {
  const { namespace } = provider ?? {};
  if (namespace === undefined || namespace === null || (values.namespace ?? "") !== "") return values;
  return { ...values, namespace };
}

/** A doubt where the providers ask several servers. */
export function severalServers(providers: VaultProviders): string[] {
  const addresses = [...providers.values()].flatMap(({ address }) =>
    address === undefined || address === null || address === "" ? [] : [wordsOf(address)],
  );
  const different = [...new Set(addresses)];
  return different.length < 2
    ? []
    : [`resources are for several servers, ${listed(different)}, and read as if they were for one`];
}

function wordsOf(address: Value): string {
  return address instanceof Unresolved ? address.words : String(address);
}
