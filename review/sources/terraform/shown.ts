import { listed } from "../../../base/words";
import { KNOWN_AFTER_APPLY } from "../../model";
import { type Settings, settingsIn, Unresolved, type Value } from "../inventory/value";
import { doubtsOfProviders, inNamespaceOf, type VaultProvider, type VaultProviders } from "./providers";
import { RUNS_COMMAND, runsCommand } from "./provisioners";
import {
  LOOKED_UP_METHOD,
  type TerraformDoubt,
  type TerraformResource,
  type TerraformResources,
} from "./resource";

/** `terraform show -json` of a plan. */
export interface ShownPlan {
  readonly planned_values: { readonly root_module?: Module };
  /** What was there before, and what was looked up for the plan. */
  readonly prior_state?: ShownState;
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions?: readonly string[]; readonly after_unknown?: unknown };
  }[];
  readonly configuration?: {
    readonly root_module?: ConfiguredModule;
    readonly provider_config?: Readonly<Record<string, ConfiguredProvider>>;
  };
  /** Of Terraform 1.6 and newer. */
  readonly errored?: boolean;
  /** Of Terraform 1.8 and newer. */
  readonly complete?: boolean;
  readonly deferred_changes?: readonly { readonly resource_change?: { readonly address?: string } }[];
}

/** `terraform show -json` of a state. */
export interface ShownState {
  readonly values?: { readonly root_module?: Module };
}

interface Module {
  readonly resources?: readonly {
    readonly address: string;
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly values?: Settings;
  }[];
  readonly child_modules?: readonly Module[];
}

interface ConfiguredProvider {
  readonly name: string;
  /** With the registry: `registry.example/hashicorp/vault`. */
  readonly full_name?: string;
  readonly expressions?: Readonly<
    Record<string, { readonly constant_value?: unknown; readonly references?: readonly string[] } | undefined>
  >;
}

interface ConfiguredModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly provider_config_key?: string;
    readonly provisioners?: unknown;
    readonly expressions?: Readonly<Record<string, { readonly references?: readonly string[] } | undefined>>;
  }[];
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfiguredModule }>>;
}

/** What there will be once the plan is applied. What is known only then is unresolved, and keeps what it refers to. */
export function resourcesOfPlan(plan: ShownPlan): TerraformResources {
  const unknown = new Map(
    (plan.resource_changes ?? []).map(({ address, change }) => [
      address,
      settingsIn(change.after_unknown as Value),
    ]),
  );
  const references = new Map<string, Readonly<Record<string, readonly string[]>>>();
  const asks = new Map<string, string>();
  collect(plan.configuration?.root_module, "", references, asks);
  const providers = providersOf(plan.configuration?.provider_config);
  const resources = managed(plan.planned_values.root_module).map((resource) => {
    const said = references.get(withoutIndex(resource.address));
    const holes = Object.entries(unknown.get(resource.address) ?? {}).flatMap(([name, marker]) => {
      // What nobody configured gets the provider's default, as if it were not there.
      if (!isUnknown(marker) || (said && !(name in said))) return [];
      return [[name, withHoles(resource.values[name], marker, said?.[name] ?? [])]];
    });
    const values = { ...resource.values, ...Object.fromEntries(holes) };
    const provider = asks.get(withoutIndex(resource.address)) ?? "vault";
    return { ...resource, values: inNamespaceOf(values, provider, providers) };
  });
  const reasons = [...leftOut(plan), ...letGo(plan), ...doubtsOfProviders(providers)];
  const methods = lookedUp(plan.prior_state?.values?.root_module);
  return {
    resources: [...withBackends(resources), ...methods],
    doubts: [
      ...reasons.map((reason): TerraformDoubt => ({ reason })),
      ...commandsIn(plan.configuration?.root_module, ""),
    ],
  };
}

/** Why the plan does not tell all that there will be. */
function leftOut({ errored, complete, deferred_changes: deferred = [] }: ShownPlan): string[] {
  if (errored === true) return ["the plan failed, and tells a part of what there will be"];
  const names = deferred.flatMap(({ resource_change: change }) => change?.address ?? []);
  if (names.length > 0) return [`the plan defers ${listed(names)}: what becomes of it is not known`];
  return complete === false
    ? ["the plan leaves a part out (-target, or what is deferred): that part is as it was or not there"]
    : [];
}

function commandsIn(module: ConfiguredModule | undefined, prefix: string): TerraformDoubt[] {
  const own = (module?.resources ?? []).filter(({ address, provisioners }) =>
    runsCommand(address, provisioners),
  );
  const called = Object.entries(module?.module_calls ?? {});
  return [
    ...own.map(({ address, provisioners }) => ({
      reason: `${prefix}${address} ${RUNS_COMMAND}`,
      content: provisioners as Value,
    })),
    ...called.flatMap(([name, call]) => commandsIn(call.module, `${prefix}module.${name}.`)),
  ];
}

/** What Terraform forgets without removing it (`removed` blocks, Terraform 1.7 and newer). */
function letGo({ resource_changes: changes = [] }: ShownPlan): string[] {
  return changes.flatMap(({ address, change }) =>
    /(^|\.)vault_/.test(address) && change.actions?.includes("forget")
      ? [`the plan lets go of ${address}: it stays on the server as it is`]
      : [],
  );
}

function providersOf(configured: Readonly<Record<string, ConfiguredProvider>> = {}): VaultProviders {
  const vault = Object.entries(configured).filter(([, { name, full_name: full = name }]) =>
    /(^|\/)vault$/.test(full),
  );
  return new Map(
    vault.map(([key, { expressions = {} }]): [string, VaultProvider] => [
      key,
      { address: said(expressions.address), namespace: said(expressions.namespace) },
    ]),
  );
}

function said(
  expression: { readonly constant_value?: unknown; readonly references?: readonly string[] } | undefined,
): Value {
  const [reference] = expression?.references ?? [];
  return reference === undefined
    ? (expression?.constant_value as Value)
    : new Unresolved(`\${${reference}}`, expression?.references);
}

/** The path of an auth mount is known after apply alone where it is its type: whoever refers to it can be told all the same. */
function withBackends(resources: readonly TerraformResource[]): TerraformResource[] {
  const mounts = new Map(
    resources
      .filter(({ type }) => type === "vault_auth_backend")
      .map(({ address, values }) => [address, values.path ?? values.type]),
  );
  return resources.map((resource) => {
    const { backend } = resource.values;
    const reference =
      backend instanceof Unresolved && backend.references.length === 1 ? backend.references[0] : "";
    const path = mounts.get(reference?.replace(/\.(path|id)$/, "") ?? "");
    return path === undefined ? resource : { ...resource, values: { ...resource.values, backend: path } };
  });
}

function withoutIndex(address: string): string {
  return address.replaceAll(/\[[^\]]*\]/g, "");
}

/** What there is by the last apply. */
export function resourcesOfState(state: ShownState): TerraformResources {
  const { root_module: root } = state.values ?? {};
  return { resources: [...managed(root), ...lookedUp(root)], doubts: [] };
}

/** Auth methods that are only looked up. */
function lookedUp(module: Module | undefined): TerraformResource[] {
  const own = (module?.resources ?? []).filter(
    ({ mode, type }) => mode === "data" && type === "vault_auth_backend",
  );
  return [
    ...own.map(({ address, values = {} }) => ({ address, type: LOOKED_UP_METHOD, values })),
    ...(module?.child_modules ?? []).flatMap(lookedUp),
  ];
}

function managed(module: Module | undefined): TerraformResource[] {
  const own = (module?.resources ?? []).filter(({ mode }) => mode === "managed");
  return [
    ...own.map(({ address, type, values }) => ({ address, type, values: values ?? {} })),
    ...(module?.child_modules ?? []).flatMap(managed),
  ];
}

/** A value with something unresolved wherever Terraform marks it unknown; of a list each reference may be one item. */
function withHoles(value: Value, marker: unknown, references: readonly string[]): Value {
  const each = references.map((reference) => new Unresolved(KNOWN_AFTER_APPLY, [reference]));
  if (Array.isArray(marker)) {
    const known = (Array.isArray(value) ? value : []).filter((item) => item !== null);
    return [...known, ...(each.length > 0 ? each : [new Unresolved(KNOWN_AFTER_APPLY)])];
  }
  if (marker === true) return each.length > 1 ? each : new Unresolved(KNOWN_AFTER_APPLY, references);
  const holes = Object.entries(marker as object).filter(([, is]) => isUnknown(is));
  return {
    ...settingsIn(value),
    ...Object.fromEntries(holes.map(([name]) => [name, new Unresolved(KNOWN_AFTER_APPLY)])),
  };
}

/** True of the whole, or of something in it. */
function isUnknown(marker: unknown): boolean {
  if (marker === true) return true;
  return typeof marker === "object" && marker !== null && Object.values(marker).some(isUnknown);
}

/** The most exact references of each attribute, and which provider is asked, by the resource's address without its index. */
function collect(
  module: ConfiguredModule | undefined,
  prefix: string,
  into: Map<string, Readonly<Record<string, readonly string[]>>>,
  asks: Map<string, string>,
): void {
  for (const { address, expressions = {}, provider_config_key: key } of module?.resources ?? []) {
    if (key !== undefined) asks.set(prefix + address, key);
    const exact = Object.entries(expressions).map(([name, expression]) => {
      const all = expression?.references ?? [];
      const most = all.filter(
        (each) => !all.some((other) => other.startsWith(`${each}.`) || other.startsWith(`${each}[`)),
      );
      return [name, most.map((each) => prefix + each)];
    });
    into.set(prefix + address, Object.fromEntries(exact));
  }
  for (const [name, { module: child }] of Object.entries(module?.module_calls ?? {})) {
    collect(child, `${prefix}module.${name}.`, into, asks);
  }
}
