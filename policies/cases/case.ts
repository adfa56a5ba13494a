import type { Capability } from "../capability";
import type { Operation } from "../semantics/request";
import type { Entity } from "../semantics/templates";

/**
 * One case of a policy test, as it is written in YAML or JSON (schema: policies/cases/schema.ts). `expect` names what
 * must be so; whatever it leaves out is not asked.
 */
export interface PolicyCase {
  readonly name?: string;
  /** Names of policies of the file that are in force together. @default all of the file */
  readonly policies?: readonly string[];
  /** Who asks, instead of policies by name. @default that of the file */
  readonly principal?: string;
  /** @default those of the file */
  readonly engines?: readonly string[];
  readonly request: {
    readonly operation: Operation;
    readonly path: string;
    readonly parameters?: { readonly [name: string]: unknown };
    /** Seconds, or a duration such as "5m". */
    readonly wrap_ttl?: number | string;
    /** With or without its slash: `team/`. */
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
    /** A part of what the parser says against policies that the engine refuses. */
    readonly error?: string;
  };
}

/** Who a case may name as the one that asks. */
export interface CasePrincipal {
  /** Names of policies of the file. */
  readonly policies: readonly string[];
  /** For templates. @default not known */
  readonly entity?: Entity | null;
}

/** A file of cases. Policies are given by text; whoever reads the file puts the texts of named files in. */
export interface CaseFile {
  /** @default ["openbao@2.7.2"] */
  readonly engines?: readonly string[];
  /** Name to text, in HCL or JSON; bytes have to be UTF-8. */
  readonly policies: { readonly [name: string]: string | Uint8Array };
  /** By the names that cases use. */
  readonly principals?: { readonly [name: string]: CasePrincipal };
  /** Who asks in cases that name neither a principal nor policies. */
  readonly principal?: string;
  /** The entity behind policies that are named one by one. @default not known */
  readonly entity?: Entity;
  readonly cases: readonly PolicyCase[];
}
