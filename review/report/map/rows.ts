import type { Need } from "../../../policies/kv-intents";
import type { NamedSecret, RevisionMount } from "../../model";
import { type Below, belowMount, kvMountOf } from "./below-mount";
import { Declared } from "./declared";
import { needsOnPath, needsOnSecret, PATH_SLOTS, SECRET_SLOTS } from "./parts";
import { placeholderFor, representative } from "./representative";
import type { Row } from "./row";
import { rulePaths } from "./rule-paths";
import type { Side } from "./side";

/** A secret in one mount, on one side. */
interface Spot {
  readonly mount: RevisionMount;
  readonly path: string;
}

/**
 * The rows of a map: every declared secret; places that rules name and nobody declared; of every mount what else may be in
 * it, and its configuration; and API paths outside of secrets.
 */
export function rowsOf(before: Side | undefined, after: Side): Row[] {
  return new Rows(before, after).all();
}

class Rows {
  readonly #rows = new Map<string, Row>();
  readonly #rulePaths: readonly (readonly [Side, ReadonlySet<string>])[];
  readonly #placeholder: string;
  /** Mounts of the two sides that are one: by identity, else by path. */
  readonly #was = new Map<string, RevisionMount>();

  constructor(
    readonly before: Side | undefined,
    readonly after: Side,
  ) {
    this.#rulePaths = [
      [after, rulePaths(after)],
      ...(before ? [[before, rulePaths(before, after)] as const] : []),
    ];
    this.#placeholder = placeholderFor(this.#rulePaths.flatMap(([, paths]) => [...paths]));
    for (const mount of after.mounts) {
      const same =
        before?.mounts.find(({ identity }) => identity !== undefined && identity === mount.identity) ??
        before?.mounts.find(({ path }) => path === mount.path);
      if (same) this.#was.set(mount.path, same);
    }
  }

  all(): Row[] {
    this.#declared();
    this.#fromRules();
    for (const mount of this.#kvMounts()) this.#wholeMount(mount);
    return [...this.#rows.values()].sort(byPlace);
  }

  #declared(): void {
    const was = new Map(this.before?.secrets.map((secret) => [addressOf(secret), secret]));
    for (const secret of this.after.secrets) {
      const mount = kvMountOf(this.after.mounts, secret.mount) ?? {
        path: secret.mount,
        type: "kv",
        kvVersion: 2,
      };
      const earlier = this.#was.get(secret.mount) ?? mount;
      const known = was.delete(earlier.path + secret.path);
      this.#addSecret(
        secret,
        { mount, path: secret.path },
        earlier,
        known || !this.before ? "kept" : "added",
      );
    }
    for (const secret of was.values()) {
      const mount = kvMountOf(this.before?.mounts ?? [], secret.mount);
      this.#addSecret(
        secret,
        { mount: mount ?? { path: secret.mount, type: "kv", kvVersion: 2 }, path: secret.path },
        mount,
        "removed",
      );
    }
  }

  #addSecret(secret: NamedSecret, spot: Spot, earlier: RevisionMount | undefined, state: Row["state"]): void {
    const mount = spot.mount.path;
    this.#add({
      key: mount + secret.path,
      kind: "secret",
      title: secret.title,
      group: secret.system ?? mount,
      mount,
      ...(secret.system === undefined ? {} : { system: secret.system }),
      ...(secret.owner === undefined ? {} : { owner: secret.owner }),
      ...(secret.place === undefined ? {} : { place: secret.place }),
      ...(earlier && earlier.path !== mount ? { movedFrom: earlier.path } : {}),
      state,
      ...this.#needs(spot, { ...spot, mount: earlier ?? spot.mount }),
    });
  }

  /** Places that only rules know. A pattern that holds declared secrets shows in their rows. */
  #fromRules(): void {
    const declared = new Declared(this.#rows.keys());
    for (const [{ mounts }, paths] of this.#rulePaths) {
      for (const path of paths) {
        const below = belowMount(mounts, path);
        if (below === "whole") continue;
        if (below === undefined) this.#addPath(path);
        else if (!this.#isKnown(below, declared)) this.#addFromRule(below, declared);
      }
    }
  }

  #isKnown({ mount, path }: Below, declared: Declared): boolean {
    return this.#rows.has(mount.path + path) || declared.isIn(mount.path + path);
  }

  /** One member of a family, or some of them, stand with their family; everything else is declared by nobody. */
  #addFromRule({ mount, path }: Below, declared: Declared): void {
    const family = declared.familyOf(mount.path + representative(path, this.#placeholder));
    const { group, system, owner } = (family === undefined ? undefined : this.#rows.get(family)) ?? {
      group: `${mount.path} · not declared`,
    };
    const spot = { mount, path };
    const now = this.after.mounts.find((each) => each.path === mount.path) ?? mount;
    this.#add({
      key: mount.path + path,
      kind: "secret",
      title: path,
      group,
      mount: mount.path,
      ...(system === undefined ? {} : { system }),
      ...(owner === undefined ? {} : { owner }),
      state: "kept",
      ...this.#needs({ ...spot, mount: now }, spot),
    });
  }

  #addPath(path: string): void {
    const asked = representative(path.startsWith("/") ? path.slice(1) : path, this.#placeholder);
    const [first = "", second] = path.split("/");
    const needs = (part: string): readonly Need[] => needsOnPath(part, asked);
    this.#add({
      key: path,
      kind: "path",
      title: path,
      group: `API · ${second === undefined ? first : `${first}/`}`,
      state: "kept",
      slots: PATH_SLOTS,
      addresses: [asked.endsWith("/") ? asked : `${asked}/`],
      needsBefore: needs,
      needsAfter: needs,
    });
  }

  /** What nobody named, and the mount's own configuration. */
  #wholeMount(mount: RevisionMount): void {
    const earlier = this.#was.get(mount.path) ?? mount;
    const base = {
      mount: mount.path,
      state: this.before && !this.#was.has(mount.path) ? ("added" as const) : ("kept" as const),
      group: `${mount.path} · as a whole`,
      ...(earlier.path === mount.path ? {} : { movedFrom: earlier.path }),
    };
    const rest = { ...base, ...this.#needs({ mount, path: "*" }, { mount: earlier, path: "*" }) };
    this.#add({ ...rest, key: `${mount.path}*`, kind: "rest", title: "any other secret" });
    if (mount.kvVersion === 1) return;
    const whole = { ...base, ...this.#needs({ mount, path: "" }, { mount: earlier, path: "" }) };
    this.#add({ ...whole, key: mount.path, kind: "mount", title: "configuration of the mount" });
  }

  #kvMounts(): RevisionMount[] {
    const gone = this.before?.mounts.filter(
      (mount) =>
        !this.after.mounts.some(({ path }) => path === mount.path) &&
        ![...this.#was.values()].includes(mount),
    );
    return [...this.after.mounts, ...(gone ?? [])].filter(({ type }) => type === "kv");
  }

  #needs(now: Spot, was: Spot): Pick<Row, "slots" | "addresses" | "needsBefore" | "needsAfter"> {
    const path = representative(now.path, this.#placeholder);
    const needsAfter = needsAt(now.mount, path);
    const slots = SECRET_SLOTS;
    if (was.mount.path === now.mount.path && was.mount.kvVersion === now.mount.kvVersion)
      return { slots, addresses: [now.mount.path + path], needsBefore: needsAfter, needsAfter };
    const addresses = [now.mount.path + path, was.mount.path + path];
    return { slots, addresses, needsBefore: needsAt(was.mount, path), needsAfter };
  }

  #add(row: Row): void {
    if (!this.#rows.has(row.key)) this.#rows.set(row.key, row);
  }
}

/** Each is made once, because many cells ask for it. */
function needsAt(mount: RevisionMount, path: string): Row["needsAfter"] {
  const secret = { mount: mount.path, path };
  const made = new Map<string, readonly Need[]>();
  return (part) => {
    let needs = made.get(part);
    if (!needs) {
      needs = needsOnSecret(part, secret, mount.kvVersion);
      made.set(part, needs);
    }
    return needs;
  };
}

function addressOf(secret: NamedSecret): string {
  return secret.mount + secret.path;
}

const KINDS: readonly Row["kind"][] = ["secret", "rest", "mount", "path"];

/** Declared secrets by system first; then what only rules know; then mounts as a whole; then API paths. */
function byPlace(a: Row, b: Row): number {
  const rank = (row: Row): number =>
    KINDS.indexOf(row.kind) * 2 + (row.kind === "secret" && !row.system ? 1 : 0);
  return rank(a) - rank(b) || compare(a.group, b.group) || compare(a.title, b.title);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
