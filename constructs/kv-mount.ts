import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import { accessOf, type Intent } from "../policies/intent";
import { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import { checkDuration, type Duration } from "./duration";
import { freeId } from "./free-id";
import { LocalStep } from "./local-step";
import { terraformLiteral } from "./terraform-literal";

export interface KvMountProps {
  /** Where it is mounted, for example `secret`. */
  readonly path: string;
  /** @default 2 */
  readonly version?: 1 | 2;
  /** @default - no description */
  readonly description?: string;
  /**
   * How many versions of a secret are kept. KV v2 only.
   * @default 10, the engines' own
   */
  readonly maxVersions?: number;
  /**
   * Whether every write must say which version it replaces, so that two writers cannot undo each other. KV v2 only.
   * @default false
   */
  readonly casRequired?: boolean;
  /**
   * How long after its creation a version is deleted by the engine. KV v2 only.
   * @default - never
   */
  readonly deleteVersionAfter?: Duration;
}

/**
 * A KV secrets engine, version 1 or 2. It can not be destroyed by Terraform: `prevent_destroy` stands on the mount,
 * because unmounting deletes every secret below it.
 */
export class KvMount extends Construct {
  readonly path: string;
  readonly version: 1 | 2;
  readonly place: DeclarationPlace;
  /** Whether each grant on it notes the line that makes it. */
  readonly recordsGrants: boolean;
  /** What has to wait for the mount. */
  readonly resource: Mount;

  /**
   * @param place the line to mend, where it is not the one that calls this
   * @throws DeclarationError for a wrong or taken path, and for KV v2 settings on a KV v1 mount
   */
  constructor(
    scope: Construct,
    id: string,
    props: KvMountProps,
    place: DeclarationPlace = new DeclarationPlace(KvMount),
  ) {
    super(scope, freeId(scope, id));
    this.place = place;
    this.path = props.path;
    this.version = props.version ?? 2;
    this.check(props);
    const registry = AccessRegistry.of(this);
    registry.addMount(this);
    this.recordsGrants = registry.recordsGrants;

    this.resource = new Mount(this, "mount", {
      path: this.path,
      type: "kv",
      options: { version: String(this.version) },
      lifecycle: { preventDestroy: true },
      ...(props.description === undefined ? {} : { description: terraformLiteral(props.description) }),
    });
    if (this.version === 2) this.configure(props);
  }

  /** Path of the API below this mount, as a policy names it: `secret/data/jwt`. */
  apiPath(area: string, path: string): string {
    return area === "" ? `${this.path}/${path}` : `${this.path}/${area}/${path}`;
  }

  /** @throws DeclarationError where this version of the KV engine has nothing that the intent could mean */
  checkIntent(intent: Intent, construct: string, granting: object): void {
    if (!accessOf(intent, this.version)) {
      throw new DeclarationError(
        `${construct}: "${intent}" means nothing on the KV v${this.version} mount "${this.path}".`,
        "KV v1 has no metadata: mount KV v2, or leave this grant out.",
        new DeclarationPlace(granting),
      );
    }
  }

  /** `vault_kv_secret_backend_v2` is newer than the oldest provider we support, so the API is written to directly. */
  private configure(props: KvMountProps): void {
    // A new KV v2 mount refuses everything with 400 for as long as it sets itself up, and this provider does not wait for it.
    const ready = new LocalStep(this, "ready", {
      triggers: { accessor: this.resource.accessor },
      command: `node bin/strongroom.mjs await-mount ${this.path}`,
    });
    new GenericEndpoint(this, "config", {
      path: `${this.path}/config`,
      disableDelete: true,
      ignoreAbsentFields: true,
      dataJson: JSON.stringify({
        max_versions: props.maxVersions ?? 10,
        cas_required: props.casRequired ?? false,
        delete_version_after: `${props.deleteVersionAfter?.seconds ?? 0}s`,
      }),
      dependsOn: [ready],
    });
  }

  private check(props: KvMountProps): void {
    if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/.test(props.path)) {
      this.refuse(
        `mount path "${props.path}" cannot be used`,
        "Use letters, digits, - and _, with single slashes between segments and none at either end.",
      );
    }
    const [first = ""] = props.path.split("/");
    if (ENGINES_OWN.includes(first)) {
      this.refuse(`mount path "${props.path}" is the engine's own`, "Choose another, for example kv.");
    }
    if (this.version !== 1 && this.version !== 2) {
      this.refuse(`version ${this.version} of the KV engine does not exist`, "Write 1 or 2.");
    }
    const kv2Only = (["maxVersions", "casRequired", "deleteVersionAfter"] as const).filter(
      (name) => props[name] !== undefined,
    );
    if (this.version === 1 && kv2Only.length > 0) {
      this.refuse(
        `${kv2Only.join(" and ")} cannot be set on a KV v1 mount`,
        `Leave ${kv2Only.length > 1 ? "them" : "it"} out, or make the mount version 2.`,
      );
    }
    const { maxVersions } = props;
    if (maxVersions !== undefined && !(Number.isInteger(maxVersions) && maxVersions > 0)) {
      this.refuse(`maxVersions ${maxVersions} is no count`, "Keep at least one version.");
    }
    checkDuration("deleteVersionAfter", props.deleteVersionAfter, this.node.path, this.place);
  }

  private refuse(what: string, fix: string): never {
    throw new DeclarationError(`${this.node.path}: ${what}.`, fix, this.place);
  }
}

/** Mounts that every engine has from the start (vault/mount.go, protectedMounts). */
const ENGINES_OWN = ["audit", "auth", "cubbyhole", "identity", "sys"];
