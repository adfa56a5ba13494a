import type { CaseFile } from "../../policies/cases/case";
import type { WrittenEntity } from "./entity";

/** A file of cases as it is written: what the schema allows, with nothing read that it names. */
export interface WrittenCases extends Omit<CaseFile, "policies" | "principals" | "entity"> {
  readonly environment?: string;
  readonly from?: string;
  readonly policies?: { readonly [name: string]: string | { readonly file: string } };
  readonly entity?: WrittenEntity;
  readonly mounts?: { readonly [path: string]: string };
  readonly at?: string;
}
