import { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import { DeclarationError } from "./declaration-error";
import { checkDuration, type Duration } from "./duration";
import { type Fields, isField } from "./field";
import { freeId } from "./free-id";
import type { GrantTarget, IGrantee } from "./grant";
import { GrantableSet, type IGrantable, type IGuarded } from "./grantable";
import type { KvMount } from "./kv-mount";

/** What a secret and a family of secrets say about themselves. */
export interface SecretDeclarationProps<F extends Fields> {
  /** One sentence: what it is for. Mandatory, because a name alone tells the next person too little. */
  readonly description: string;
  /** The values it holds, by name. At least one. */
  readonly fields: F;
  /** @default - no rotation is due */
  readonly rotate?: Duration;
  /**
   * Environment-variable names and the field that each stands for.
   * @default - none
   */
  readonly env?: Readonly<Record<string, keyof F & string>>;
  /** @default - the owner of the system */
  readonly owner?: string;
}

/** Where a secret lives: the system that declares it and the mount that holds it. */
export interface SecretHome {
  readonly system: string;
  readonly mount: KvMount;
  readonly owner: string;
}

/** What `Secret` and `SecretFamily` share: fields, description, owner, and the grants. */
export abstract class SecretDeclaration<F extends Fields = Fields>
  extends Construct
  implements IGrantable, IGuarded
{
  readonly description: string;
  readonly fields: F;
  readonly rotate: Duration | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly owner: string;
  readonly place: DeclarationPlace;
  /** The name of the system that it belongs to. */
  readonly system: string;
  readonly mount: KvMount;
  /** What a grant on the whole of it is about. */
  abstract readonly target: GrantTarget;

  protected constructor(scope: Construct, id: string, home: SecretHome, props: SecretDeclarationProps<F>) {
    super(scope, freeId(scope, id));
    this.place = new DeclarationPlace(SecretDeclaration);
    this.system = home.system;
    this.mount = home.mount;
    this.description = props.description;
    this.fields = props.fields;
    this.rotate = props.rotate;
    this.env = { ...props.env };
    this.owner = props.owner ?? home.owner;
    this.check();
  }

  /** The name of a field, checked by the compiler. @throws DeclarationError for a name that only looked right */
  field<K extends keyof F & string>(name: K): K {
    if (!Object.hasOwn(this.fields, name)) {
      throw this.unknownField(`there is no field "${name}"`, new DeclarationPlace(this.field));
    }
    return name;
  }

  /** For guardrails. */
  get targets(): readonly GrantTarget[] {
    return [this.target];
  }

  grantRead(...principals: IGrantee[]): void {
    this.granting().grantRead(...principals);
  }

  grantList(...principals: IGrantee[]): void {
    this.granting().grantList(...principals);
  }

  grantWrite(...principals: IGrantee[]): void {
    this.granting().grantWrite(...principals);
  }

  grantRotate(...principals: IGrantee[]): void {
    this.granting().grantRotate(...principals);
  }

  grantDelete(...principals: IGrantee[]): void {
    this.granting().grantDelete(...principals);
  }

  grantAdminister(...principals: IGrantee[]): void {
    this.granting().grantAdminister(...principals);
  }

  private granting(): GrantableSet {
    return new GrantableSet(() => this.targets);
  }

  /** Some of it the compiler refuses too, but a bundle is made without asking it. */
  private check(): void {
    if (typeof this.description !== "string" || this.description.trim() === "") {
      this.refuse("has no description", "Say in one sentence what it is for.");
    }
    if (Object.keys(this.fields ?? {}).length === 0) {
      this.refuse("has no fields", "Name at least one, for example { value: sensitive() }.");
    }
    for (const [name, field] of Object.entries(this.fields)) {
      if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
        this.refuse(
          `has a field "${name}"`,
          "Begin a field's name with a letter or _, and go on with letters, digits and . _ -.",
        );
      }
      // What stands there instead may be a value, which no message may show.
      if (!isField(field)) {
        this.refuse(
          `says nothing of what its field "${name}" holds`,
          "Write text(), number(), url(), port(), sensitive() or generated(): a declaration never holds a value.",
        );
      }
    }
    // The path is put together from the whole tree, and most secrets have nothing to check.
    if (this.rotate !== undefined) checkDuration("rotate", this.rotate, this.node.path, this.place);
    this.checkEnvironmentVariables();
  }

  private checkEnvironmentVariables(): void {
    for (const [variable, name] of Object.entries(this.env)) {
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable)) {
        this.refuse(
          `names the environment variable "${variable}"`,
          "Use letters, digits and _ only, and no digit first.",
        );
      }
      if (!Object.hasOwn(this.fields, name)) {
        throw this.unknownField(`gives ${variable} the field "${name}", which it does not have`, this.place);
      }
    }
  }

  private unknownField(what: string, place: DeclarationPlace): DeclarationError {
    return new DeclarationError(
      `${this.node.path}: ${what}.`,
      `Its fields are: ${Object.keys(this.fields).join(", ")}.`,
      place,
    );
  }

  private refuse(what: string, fix: string): never {
    throw new DeclarationError(`${this.node.path}: ${what}.`, fix, this.place);
  }
}
