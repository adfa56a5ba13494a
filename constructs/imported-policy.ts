import { readFileSync } from "node:fs";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import { PolicyDocument } from "../policies/document";
import { PolicySyntaxError } from "../policies/errors";
import { readPolicy } from "../policies/language/read";
import { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
import { freeId } from "./free-id";
import { checkPolicyName } from "./policy-name";
import { terraformLiteral } from "./terraform-literal";

/**
 * A policy that somebody wrote by hand, taken as it is. Grants cannot change it, and what it allows is not in the catalog:
 * prefer grants, and import what has no better form yet.
 */
export class ImportedPolicy extends Construct {
  /**
   * @param file HCL or JSON, relative to the working directory
   * @throws DeclarationError when it cannot be read or is no policy
   */
  static fromFile(scope: Construct, name: string, file: string): ImportedPolicy {
    return new ImportedPolicy(scope, name, readDocument(scope, file), file);
  }

  /** @param source HCL or JSON @throws DeclarationError when it is no policy */
  static fromText(scope: Construct, name: string, source: string): ImportedPolicy {
    return new ImportedPolicy(scope, name, source);
  }

  readonly place: DeclarationPlace;
  readonly resource: Policy;
  readonly document: PolicyDocument;

  private constructor(
    scope: Construct,
    readonly policyName: string,
    /** HCL or JSON, as it stands. */
    readonly source: string,
    /** The file that holds the source, as it was given. */
    readonly file?: string,
  ) {
    super(scope, freeId(scope, `policy.${policyName}`));
    this.place = new DeclarationPlace(ImportedPolicy);
    checkPolicyName(policyName, this.node.path, this.place);
    this.document = this.parse(source, file ?? "the text");
    const registry = AccessRegistry.of(this);
    registry.addPolicy(policyName, this.node.path, this.place);
    registry.importedPolicies.set(policyName, this);
    this.resource = new Policy(this, "policy", { name: policyName, policy: terraformLiteral(source) });
  }

  /** Where the rule with this index stands: its line in the file, or else the declaration. */
  placeOfRule(index: number): string {
    if (this.file === undefined) return String(this.place);
    const { places } = readPolicy(this.source);
    return `${this.file}:${places.rule(index)?.span.start.line ?? 1}`;
  }

  private parse(source: string, origin: string): PolicyDocument {
    try {
      return PolicyDocument.parse(source, { file: origin });
    } catch (error) {
      if (!(error instanceof PolicySyntaxError)) throw error;
      throw new DeclarationError(
        `${this.node.path}: the engines would refuse this policy: ${error.what}.`,
        error.nextStep,
        this.place,
        { cause: error },
      );
    }
  }
}

function readDocument(scope: Construct, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new DeclarationError(
      `${scope.node.path}: the policy file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      "Give its path from the project's folder.",
      undefined,
      { cause: error },
    );
  }
}
