import type { Construct } from "constructs";
import { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import type { Fields } from "./field";
import type { GrantTarget } from "./grant";
import { GrantableSet } from "./grantable";
import { SecretDeclaration, type SecretDeclarationProps, type SecretHome } from "./secret-declaration";
import { checkSecretPath, PARAMETER } from "./secret-path";

/** The parameters of a template, by name: `project/{project}/{name}` has `project` and `name`. */
export type FamilyParameters<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [K in Name]: string } & FamilyParameters<Rest>
  : unknown;

/** A family has no `env`: one variable cannot stand for many members. */
export interface SecretFamilyProps<F extends Fields> extends Omit<SecretDeclarationProps<F>, "env"> {}

/** Lower case only: `project/CONSILIO/Key` and `project/consilio/key` would be two secrets that look like one. */
const VALUE = /^[a-z0-9][a-z0-9._-]*$/;

/**
 * Secrets that share a shape and a place, and come and go without a change of code: a path template with parameters that
 * fill whole segments, `project/{project}/{name}`.
 */
export class SecretFamily<T extends string = string, F extends Fields = Fields> extends SecretDeclaration<F> {
  readonly target: GrantTarget;

  /** @throws DeclarationError when the template is wrong or meets paths of another system */
  constructor(
    scope: Construct,
    readonly template: T,
    home: SecretHome,
    props: SecretFamilyProps<F>,
  ) {
    super(scope, template.replaceAll("/", "."), home, props);
    checkSecretPath(template, { mount: home.mount, parameters: true }, this.node.path, this.place);
    this.checkParameters();
    if (Object.keys(this.env).length > 0) {
      throw new DeclarationError(
        `${this.node.path}: has environment variables, and many members that each could stand for.`,
        "Leave env out, or declare the members that need one as secrets.",
        this.place,
      );
    }
    this.target = this.targetOf({});
    AccessRegistry.of(this).addSecret(this);
  }

  /** The names in braces, in their order. */
  parameters(): string[] {
    return this.template.split("/").flatMap((segment) => PARAMETER.exec(segment)?.[1] ?? []);
  }

  /** The path of one member. @throws DeclarationError for a value that is not lower case or not one segment */
  pathOf(values: FamilyParameters<T>): string {
    const pattern = this.patternOf(values as Readonly<Record<string, string>>);
    const missing = this.parameters().find((name) => !Object.hasOwn(values as object, name));
    if (missing !== undefined) {
      throw new DeclarationError(
        `${this.node.path}: no value for {${missing}}.`,
        "Give every parameter a value.",
      );
    }
    return pattern;
  }

  /** The members with these values, to be granted on their own: `family.where({ project: "odin" }).grantRead(odin)`. */
  where(values: Partial<FamilyParameters<T>>): GrantableSet {
    const target = this.targetOf(values as Readonly<Record<string, string>>);
    return new GrantableSet(() => [target]);
  }

  private checkParameters(): void {
    const names = this.parameters();
    if (names.length === 0) {
      throw new DeclarationError(
        `${this.node.path}: the template "${this.template}" has no parameter.`,
        "Put one in braces, as in providers/{provider}, or declare a secret.",
        this.place,
      );
    }
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) {
      throw new DeclarationError(
        `${this.node.path}: the template "${this.template}" has {${twice}} twice.`,
        "Give each parameter a name of its own: policies cannot say that two segments are equal.",
        this.place,
      );
    }
  }

  private targetOf(values: Readonly<Record<string, string>>): GrantTarget {
    const pattern = this.patternOf(values);
    const title = `${this.mount.path}/${this.filled(values, (name) => `{${name}}`)}`;
    return { construct: this.node.path, mount: this.mount, title, pattern, folders: foldersOf(pattern) };
  }

  private patternOf(values: Readonly<Record<string, string>>): string {
    for (const [name, value] of Object.entries(values)) {
      if (!this.parameters().includes(name)) {
        throw new DeclarationError(
          `${this.node.path}: there is no parameter {${name}}.`,
          `It has {${this.parameters().join("}, {")}}.`,
        );
      }
      if (!VALUE.test(value)) {
        throw new DeclarationError(
          `${this.node.path}: "${value}" cannot be the {${name}} of ${this.template}.`,
          "Use one segment of lower-case letters, digits and . _ -.",
        );
      }
    }
    return this.filled(values, () => "+");
  }

  private filled(values: Readonly<Record<string, string>>, open: (name: string) => string): string {
    return this.template.replaceAll(/\{([a-z][a-z0-9_]*)\}/g, (_, name: string) =>
      Object.hasOwn(values, name) ? (values[name] ?? open(name)) : open(name),
    );
  }
}

/** From the first wildcard down, every folder is needed to find a member: `project/`, then `project/+/`. */
function foldersOf(pattern: string): string[] {
  const segments = pattern.split("/");
  const firstWild = segments.indexOf("+");
  const first = firstWild === -1 ? segments.length - 1 : firstWild;
  return segments.slice(first).map((_, index) =>
    segments
      .slice(0, first + index)
      .concat("")
      .join("/"),
  );
}
