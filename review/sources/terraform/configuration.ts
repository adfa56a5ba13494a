import { Unresolved, type Value } from "../inventory/value";
import { type Body, blocksOf, byLabel, byLabels } from "./blocks";
import type { Lookup } from "./expression";
import { renderPolicyDocument } from "./policy-document";
import { doubtsOfProviders, inNamespaceOf, type VaultProviders } from "./providers";
import {
  LOOKED_UP_METHOD,
  type TerraformDoubt,
  type TerraformResource,
  type TerraformResources,
} from "./resource";
import { evaluateDeep } from "./template";

/** Terraform's own configuration in JSON, of which `cdk.tf.json` is one. */
export interface TerraformConfiguration {
  readonly resource?: unknown;
  readonly data?: unknown;
  readonly locals?: unknown;
  readonly provider?: unknown;
  readonly module?: unknown;
  readonly removed?: unknown;
}

/**
 * The resources of a configuration, with references to literals of the same configuration followed, and `count` and
 * `for_each` unrolled where they are literal.
 */
export function resourcesOfConfiguration(configuration: TerraformConfiguration): TerraformResources {
  return new Configuration(configuration).read();
}

/** One resource of a block that may stand for several. */
interface Instance {
  readonly address: string;
  readonly body: Body;
  readonly each?: Readonly<Record<string, Value>>;
}

class Configuration {
  readonly #instances = new Map<string, readonly Instance[]>();
  readonly #blocks: Readonly<Record<"resource" | "data", ReadonlyMap<string, ReadonlyMap<string, Body[]>>>>;
  readonly #locals: Body;
  readonly #doubts: TerraformDoubt[] = [];
  readonly #providers: VaultProviders;
  /** Addresses that are being followed: what leads to itself has no value. */
  readonly #open = new Set<string>();

  constructor(private readonly source: TerraformConfiguration) {
    this.#blocks = { resource: byLabels(source.resource), data: byLabels(source.data) };
    this.#locals = Object.assign({}, ...blocksOf(source.locals)) as Body;
    this.#providers = this.#providersOf(byLabel(source.provider).get("vault") ?? []);
  }

  read(): TerraformResources {
    const resources: TerraformResource[] = [];
    for (const [type, blocks] of this.#blocks.resource) {
      for (const name of blocks.keys()) {
        for (const instance of this.#unroll("resource", type, name)) {
          const values = evaluateDeep(
            instance.body,
            this.#lookupFrom(instance),
          ) as TerraformResource["values"];
          const provider = String(instance.body.provider ?? "vault");
          resources.push({
            address: instance.address,
            type,
            values: inNamespaceOf(values, provider, this.#providers),
          });
        }
      }
    }
    for (const name of this.#blocks.data.get("vault_auth_backend")?.keys() ?? []) {
      for (const instance of this.#unroll("data", "vault_auth_backend", name)) {
        const values = evaluateDeep(instance.body, this.#lookupFrom(instance)) as TerraformResource["values"];
        resources.push({ address: instance.address, type: LOOKED_UP_METHOD, values });
      }
    }
    for (const [name, call] of byLabel(this.source.module)) {
      const reason = `module.${name} is not looked into: show a plan of it instead`;
      this.#doubts.push({ reason, content: call as readonly Value[] });
    }
    for (const block of blocksOf(this.source.removed)) {
      const kept = blocksOf(block.lifecycle).some(({ destroy }) => destroy === false);
      if (kept && /(^|\.)vault_/.test(String(block.from)))
        this.#doubts.push({ reason: `${String(block.from)} is let go of: it stays on the server as it is` });
    }
    this.#doubts.push(...doubtsOfProviders(this.#providers).map((reason) => ({ reason })));
    return { resources, doubts: this.#doubts };
  }

  #providersOf(said: readonly Body[]): VaultProviders {
    const blocks = said.map((body) => evaluateDeep(body, this.#lookupFrom()) as Body);
    return new Map(
      blocks.map(({ alias, address, namespace }) => [
        alias === undefined ? "vault" : `vault.${String(alias)}`,
        { address: address as Value, namespace: namespace as Value },
      ]),
    );
  }

  #unroll(mode: "resource" | "data", type: string, name: string): readonly Instance[] {
    const address = `${mode === "data" ? "data." : ""}${type}.${name}`;
    const known = this.#instances.get(address);
    if (known) return known;
    const instances = (this.#blocks[mode].get(type)?.get(name) ?? []).flatMap((body) =>
      this.#repeat(address, body),
    );
    this.#instances.set(address, instances);
    return instances;
  }

  #repeat(address: string, body: Body): Instance[] {
    const { count, for_each: forEach } = body;
    if (count === undefined && forEach === undefined) return [{ address, body }];
    const lookup = this.#lookupFrom();
    if (count !== undefined) {
      const times = evaluateDeep(count, lookup);
      if (!(times instanceof Unresolved) && Number.isInteger(Number(times))) {
        return Array.from({ length: Number(times) }, (_, index) => ({
          address: `${address}[${index}]`,
          body,
          each: { index },
        }));
      }
    } else {
      const over = evaluateDeep(forEach, lookup);
      if (!(over instanceof Unresolved) && typeof over === "object" && over !== null) {
        const entries = Array.isArray(over) ? over.map((item) => [String(item), item]) : Object.entries(over);
        return entries.map(([key, value]) => ({
          address: `${address}[${JSON.stringify(key)}]`,
          body,
          each: { key, value },
        }));
      }
    }
    this.#doubts.push({ reason: `how many of ${address} there are is not known`, content: body as Value });
    return [];
  }

  #lookupFrom(instance?: Instance): Lookup {
    return (path, words) => {
      const [first, second] = path;
      if (first === "each" || first === "count") {
        const value = instance?.each?.[String(second)];
        return value === undefined
          ? new Unresolved(`\${${words}}`, [words])
          : inside(value, path.slice(2), words);
      }
      if (this.#open.has(words)) return new Unresolved(`\${${words}}`, [words]);
      this.#open.add(words);
      try {
        return this.#follow(path, words);
      } finally {
        this.#open.delete(words);
      }
    };
  }

  #follow(path: readonly (string | number)[], words: string): Value {
    const unresolved = new Unresolved(`\${${words}}`, [words]);
    if (path[0] === "local") {
      const name = String(path[1]);
      const local = Object.hasOwn(this.#locals, name) ? this.#locals[name] : undefined;
      return local === undefined
        ? unresolved
        : inside(evaluateDeep(local, this.#lookupFrom()), path.slice(2), words);
    }
    const mode = path[0] === "data" ? "data" : "resource";
    const [type, name, ...rest] = mode === "data" ? path.slice(1) : path;
    if (typeof type !== "string" || typeof name !== "string") return unresolved;
    const instances = this.#unroll(mode, type, name);
    const [at, ...below] = rest;
    const indexed = typeof at === "number" || instances.some(({ each }) => each !== undefined);
    const instance = indexed
      ? instances.find(({ each }) => each !== undefined && (each.index === at || each.key === at))
      : instances[0];
    const [attribute, ...deeper] = indexed ? below : rest;
    if (!instance || typeof attribute !== "string") return unresolved;
    const value = this.#attribute(type, instance, attribute);
    return value === undefined ? unresolved : inside(value, deeper, words);
  }

  /** What the configuration says of it, or what the provider makes of what the configuration says. */
  #attribute(type: string, instance: Instance, attribute: string): Value {
    const lookup = this.#lookupFrom(instance);
    const said = instance.body[attribute];
    if (said !== undefined && said !== null) return evaluateDeep(said, lookup);
    if (type === "vault_policy_document" && attribute === "hcl") {
      // Blocks that are repeated by an expression are not followed.
      if (instance.body.dynamic !== undefined) return undefined;
      return renderPolicyDocument(evaluateDeep(instance.body, lookup));
    }
    const source = MADE_OF[type]?.[attribute];
    const value = source === undefined ? undefined : instance.body[source];
    return value === undefined ? undefined : evaluateDeep(value, lookup);
  }
}

/** Attributes that the provider makes of others. */
const MADE_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  vault_policy: { id: "name" },
  vault_mount: { id: "path" },
  vault_auth_backend: { path: "type", id: "path" },
};

function inside(value: Value, path: readonly (string | number)[], words: string): Value {
  let found = value;
  for (const step of path) {
    if (found instanceof Unresolved || typeof found !== "object" || found === null) {
      return new Unresolved(`\${${words}}`, [words]);
    }
    found = (found as Readonly<Record<string | number, Value>>)[step];
  }
  return found === undefined ? new Unresolved(`\${${words}}`, [words]) : found;
}
