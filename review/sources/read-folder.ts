import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { OperationalError } from "../../base/errors";
import type { Catalog } from "../../catalog/catalog";
import type { AccessRevision } from "../model";
import { revisionOfPolicies } from "./folder/policies-folder";
import type { ReadRevisionOptions, SynthesizedProject } from "./options";
import { revisionOfProject } from "./project/project";
import { parseGivenJson, parseJsonFile } from "./read-file";

/** A folder of Terraform JSON, or of policies. @throws OperationalError where it is neither */
export function readFolder(path: string, label: string, options: ReadRevisionOptions): AccessRevision {
  const project = synthesizedIn(path, parseGivenJson);
  if (project.stacks.length > 0) return revisionOfProject(project, label, options);
  const names = readdirSync(path);
  if (names.some((name) => name.endsWith(".tf"))) {
    throw new OperationalError(
      `${label} holds Terraform's own language, which only Terraform reads.`,
      "Run `terraform plan -out=plan && terraform show -json plan > plan.json` there, and give plan.json.",
    );
  }
  return revisionOfPolicies(path, label, options);
}

/** The stacks in a folder as cdktf leaves it, or in the folder of one stack. */
export function synthesizedIn(path: string, parse = parseJsonFile): SynthesizedProject {
  const stacks = join(path, "stacks");
  const folders = existsSync(stacks)
    ? readdirSync(stacks).map((id) => ({ id, folder: join(stacks, id) }))
    : [];
  const all = [...folders.sort((a, b) => (a.id < b.id ? -1 : 1)), { id: "stack", folder: path }];
  const catalog = catalogIn(path);
  return {
    stacks: all.flatMap(({ id, folder }) => {
      const file = join(folder, "cdk.tf.json");
      return existsSync(file) ? [{ id, json: parse(file, readFileSync(file, "utf8")) }] : [];
    }),
    ...(catalog ? { catalog } : {}),
  };
}

function catalogIn(path: string): Catalog | undefined {
  const file = join(path, "catalog.json");
  if (!existsSync(file)) return undefined;
  const catalog = parseJsonFile(file, readFileSync(file, "utf8")) as Catalog;
  if (catalog?.schema_version === 1) return catalog;
  throw new OperationalError(
    `${file} is no catalog of version 1.`,
    "Synthesize the project again with this version of Strongroom: `npx strongroom synth`.",
  );
}
