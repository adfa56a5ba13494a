import { listed } from "../../../base/words";
import { Unresolved, type Value } from "../inventory/value";

/** What a configuration says of one provider of the engines: which server it asks, and in which namespace. */
export interface VaultProvider {
  readonly address?: Value;
  readonly namespace?: Value;
}

/** By the name that resources call it, `vault` or `vault.other`. */
export type VaultProviders = ReadonlyMap<string, VaultProvider>;

/**
 * A resource's values with the namespace of its provider, where it has none of its own. A namespace that all providers share is
 * read as if it were the root: paths and names are relative to it.
 */
export function inNamespaceOf<T extends { readonly [name: string]: Value }>(
  values: T,
  name: string,
  providers: VaultProviders,
): T {
  const namespace = providers.get(name)?.namespace ?? "";
  if (namespace === "" || shared(providers) !== undefined || (values.namespace ?? "") !== "") return values;
  return { ...values, namespace };
}

/** What of the providers decides about access and is not followed: the namespace that they share, and several servers. */
export function doubtsOfProviders(providers: VaultProviders): string[] {
  const namespace = shared(providers);
  const whole =
    namespace === undefined
      ? []
      : [`everything stands in the namespace ${namespace}, which is read as if it were the root`];
  return [...whole, ...severalServers(providers)];
}

/** The one namespace of all providers, unless it is the root. */
function shared(providers: VaultProviders): string | undefined {
  const names = [...providers.values()].map(({ namespace }) => wordsOf(namespace ?? ""));
  const [first, ...others] = new Set(names);
  return first === "" || others.length > 0 ? undefined : first;
}

function severalServers(providers: VaultProviders): string[] {
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
