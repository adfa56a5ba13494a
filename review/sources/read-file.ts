import { readFileSync } from "node:fs";
import { OperationalError } from "../../base/errors";
import type { AccessRevision } from "../model";
import type { ReadRevisionOptions } from "./options";
import { revisionOfTerraform } from "./terraform/read-json";

/** A file of Terraform JSON. @throws OperationalError for anything else, with what to give instead */
export function readFile(path: string, label: string, options: ReadRevisionOptions): AccessRevision {
  if (/\.(tf|hcl)$/.test(path)) {
    throw new OperationalError(
      `${label} is written in HCL, and a source is JSON.`,
      label.endsWith(".tf")
        ? "Run `terraform plan -out=plan && terraform show -json plan > plan.json`, and give plan.json."
        : "Give the folder that holds the policies, with a roles.yaml that says who holds which.",
    );
  }
  return revisionOfTerraform(parseJsonFile(label, readText(path, label)), label, options);
}

/** @throws OperationalError where it is no JSON, or a plan as Terraform itself keeps it */
export function parseJsonFile(label: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isPlan = text.startsWith("PK");
    throw new OperationalError(
      isPlan ? `${label} is a plan in Terraform's own form.` : `${label} is no JSON.`,
      isPlan
        ? `Write it out with \`terraform show -json ${label} > plan.json\` and give that.`
        : "Give what `terraform show -json` prints, or a cdk.tf.json.",
      { cause },
    );
  }
}

function readText(path: string, label: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (cause) {
    throw new OperationalError(
      `${label} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      "Check its path and its mode.",
      { cause },
    );
  }
}
