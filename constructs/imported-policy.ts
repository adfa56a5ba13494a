import { readFileSync } from "node:fs";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import { Construct } from "constructs";
import { DeclarationPlace } from "../base/declaration-place";
import { PolicyDocument } from "../policies/document";
import { AccessRegistry } from "./access-registry";
import { DeclarationError } from "./declaration-error";
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
    return new ImportedPolicy(scope, name, source, "the text");
  }

  readonly place: DeclarationPlace;
  readonly resource: Policy;
  readonly document: PolicyDocument;

  private constructor(
    scope: Construct,
    readonly policyName: string,
    source: string,
    origin: string,
  ) {
    super(scope, `policy.${policyName}`);
    this.place = new DeclarationPlace(ImportedPolicy);
    this.document = this.parse(source, origin);
    AccessRegistry.of(this).addPolicy(policyName, this.node.path, this.place);
    this.resource = new Policy(this, "policy", { name: policyName, policy: terraformLiteral(source) });
  }

  private parse(source: string, origin: string): PolicyDocument {
    try {
      return PolicyDocument.parse(source);
    } catch (error) {
      throw new DeclarationError(
        `${this.node.path}: ${origin} is no policy: ${(error as Error).message}`,
        "Mend it there; the server would refuse it.",
        this.place,
      );
    }
  }
}

function readDocument(scope: Construct, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new DeclarationError(
      `${scope.node.path}: the policy file ${file} cannot be read.`,
      "Give its path from the project's folder.",
    );
  }
}
