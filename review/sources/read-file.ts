import { readFileSync } from "node:fs";
import { OperationalError } from "../../base/errors";
import type { AccessRevision } from "../model";
import { duplicateKey } from "../written/duplicate-key";
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
  return revisionOfTerraform(parseGivenJson(label, readText(path, label)), label, options);
}

/**
 * JSON that somebody may have written by hand.
 * @throws OperationalError as parseJsonFile does, and where a key is there twice: Terraform takes both for blocks
 */
export function parseGivenJson(label: string, text: string): unknown {
  const json = parseJsonFile(label, text);
  const twice = duplicateKey(text);
  if (!twice) return json;
  const line = text.slice(0, twice.offset).split("\n").length;
  throw new OperationalError(
    `${label} has the key ${JSON.stringify(twice.key)} twice, in line ${line}: Terraform may take both.`,
    "Write it once, or give what `terraform show -json` prints for a plan of it.",
  );
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
