import type { Construct } from "constructs";
import { AccessRegistry } from "./access-registry";
import type { Fields } from "./field";
import type { GrantTarget } from "./grant";
import { SecretDeclaration, type SecretDeclarationProps, type SecretHome } from "./secret-declaration";
import { checkSecretPath } from "./secret-path";

export interface SecretProps<F extends Fields> extends SecretDeclarationProps<F> {}

/** A secret at one path of a KV mount, with typed fields. It declares; no value ever passes through it. */
export class Secret<F extends Fields = Fields> extends SecretDeclaration<F> {
  readonly target: GrantTarget;

  /**
   * @param path below the mount, without `data/`
   * @throws DeclarationError when the path is wrong, taken, or inside a family of another system
   */
  constructor(
    scope: Construct,
    readonly path: string,
    home: SecretHome,
    props: SecretProps<F>,
  ) {
    super(scope, path.replaceAll("/", "."), home, props);
    const construct = this.node.path;
    checkSecretPath(path, { mount: home.mount, parameters: false }, construct, this.place);
    this.target = {
      construct,
      mount: home.mount,
      title: `${home.mount.path}/${path}`,
      pattern: path,
      folders: [path.slice(0, path.lastIndexOf("/") + 1)],
    };
    AccessRegistry.of(this).addSecret(this);
  }
}
