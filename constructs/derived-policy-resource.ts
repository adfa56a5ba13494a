import { Policy } from "@cdktf/provider-vault/lib/policy";
import type { Construct } from "constructs";
import type { PolicyDocument } from "../policies/document";
import { printPolicy } from "../policies/print";
import { terraformLiteral } from "./terraform-literal";

/**
 * A `vault_policy` whose text is written when it is synthesized, after every grant is known. A cdktf `Lazy` would do the same,
 * but each is resolved several times and its text searched for tokens again, which doubles the time of a large synthesis.
 */
export class DerivedPolicyResource extends Policy {
  private written: { readonly document: PolicyDocument; readonly text: string } | undefined;

  /** @param document gives the same object for as long as it is unchanged */
  constructor(
    scope: Construct,
    id: string,
    name: string,
    private readonly document: () => PolicyDocument,
  ) {
    super(scope, id, { name, policy: "" });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    const document = this.document();
    if (this.written?.document !== document) {
      this.written = { document, text: terraformLiteral(printPolicy(document)) };
    }
    return { ...super.synthesizeAttributes(), policy: this.written.text };
  }
}
