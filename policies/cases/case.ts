import type { Capability } from "../capability";
import type { Operation } from "../semantics/request";

/**
 * One case of a policy test, as it is written in YAML or JSON (schema: policies/cases/schema.ts). `expect` names what
 * must be so; whatever it leaves out is not asked.
 */
export interface PolicyCase {
  readonly name?: string;
  /** Names of policies of the file that are in force together. @default all of the file */
  readonly policies?: readonly string[];
  /** @default those of the file */
  readonly engines?: readonly string[];
  readonly request: {
    readonly operation: Operation;
    readonly path: string;
    readonly parameters?: { readonly [name: string]: unknown };
    /** Seconds, or a duration such as "5m". */
    readonly wrap_ttl?: number | string;
    readonly namespace?: string;
  };
  readonly expect: {
    readonly allowed?: boolean;
    readonly capabilities?: readonly (Capability | "root")[];
    /** Why it is denied: a reason of the decision, such as `no-rule`, `deny` or `wrapping`. */
    readonly reason?: string;
    /** The rule that decides, as written. */
    readonly rule?: string;
    /** Whether the engine asks for sudo on the path. */
    readonly sudo?: boolean;
    /** A part of the message with which the engine refuses the policies. */
    readonly error?: string;
  };
}

/** A file of cases. Policies are given by text; whoever reads the file puts the texts of named files in. */
export interface CaseFile {
  /** @default ["openbao@2.7.2"] */
  readonly engines?: readonly string[];
  /** Name to text, in HCL or JSON. */
  readonly policies: { readonly [name: string]: string };
  readonly cases: readonly PolicyCase[];
}
