import { DEFAULT_ENGINE } from "../dialect";
import { PolicyDocument } from "../document";
import { PolicySyntaxError, PolicyUsageError, RootNotAlone } from "../errors";
import { AccessList, type NamedPolicy } from "../semantics/access-list";
import type { CaseFile, CasePrincipal, PolicyCase } from "./case";
import { type Compiled, mismatchesOf, type Refused, type RunOptions } from "./mismatches";

/** What became of one case on one engine. */
export interface CaseResult {
  readonly name: string;
  /** Its place among the cases of the file, from 0. */
  readonly index: number;
  readonly engine: string;
  readonly passed: boolean;
  /** One sentence for each expectation that was not met; the last one explains the decision. */
  readonly mismatches: readonly string[];
}

const DEFAULT_ENGINES = [DEFAULT_ENGINE];

/**
 * Runs all cases of a file on all their engines, one after the other as they are taken. Policies are compiled once for
 * each set and engine, so thousands of cases cost little more than their decisions.
 * @throws PolicyUsageError for a case that names an unknown policy or engine, or a malformed wrap_ttl
 */
export function* runCases(file: CaseFile, options: RunOptions = {}): Generator<CaseResult> {
  const compiled = new Map<string, Compiled>();
  for (const [index, each] of file.cases.entries()) {
    const asking = askedBy(file, each);
    for (const engine of each.engines ?? file.engines ?? DEFAULT_ENGINES) {
      const key = `${engine}\n${asking.key}`;
      let access = compiled.get(key);
      if (!access) {
        access = compile(file, asking, engine, options);
        compiled.set(key, access);
      }
      const mismatches = mismatchesOf(each, access, options);
      const name = each.name ?? `case ${index + 1}`;
      yield { name, index, engine, passed: mismatches.length === 0, mismatches };
    }
  }
}

interface Asking extends CasePrincipal {
  /** Tells sets of policies apart. */
  readonly key: string;
}

const ALL = new WeakMap<CaseFile, Asking>();

function askedBy(file: CaseFile, each: PolicyCase): Asking {
  const name = each.principal ?? (each.policies ? undefined : file.principal);
  if (name !== undefined) {
    const found = file.principals && Object.hasOwn(file.principals, name) ? file.principals[name] : undefined;
    if (found) return { ...found, key: `principal\n${name}` };
    throw new PolicyUsageError(
      `A case is asked by ${name}, whom the file does not know.`,
      `Use one of ${Object.keys(file.principals ?? {}).join(", ") || "its policies"}.`,
    );
  }
  const entity = file.entity === undefined ? {} : { entity: file.entity };
  if (each.policies)
    return { policies: each.policies, key: `policies\n${each.policies.join("\n")}`, ...entity };
  let all = ALL.get(file);
  if (!all) {
    all = { policies: Object.keys(file.policies), key: "all", ...entity };
    ALL.set(file, all);
  }
  return all;
}

function compile(file: CaseFile, asking: CasePrincipal, engine: string, options: RunOptions): Compiled {
  try {
    const read = options.now === undefined ? { engine } : { engine, now: options.now };
    const policies = asking.policies.map((name): NamedPolicy => {
      const source = Object.hasOwn(file.policies, name) ? file.policies[name] : undefined;
      if (name === "root") return { name, document: new PolicyDocument([]) };
      if (source === undefined)
        throw new PolicyUsageError(
          `A case names the policy ${name}, which the file does not have.`,
          `Add it under policies, or use one of ${Object.keys(file.policies).join(", ")}.`,
        );
      return { name, document: PolicyDocument.parse(source, { ...read, file: name }) };
    });
    const { entity } = asking;
    return { list: AccessList.compile(policies, { ...read, ...(entity === undefined ? {} : { entity }) }) };
  } catch (error) {
    if (error instanceof PolicySyntaxError) return refused(error);
    if (error instanceof RootNotAlone) return { error: error.what, told: error.what };
    throw error;
  }
}

function refused({ findings, file }: PolicySyntaxError): Refused {
  const told = findings.map(
    ({ reason, span: { start } }) => `${file}:${start.line}:${start.column} ${reason}`,
  );
  return { error: findings.map(({ reason }) => reason).join("; "), told: told.join("; ") };
}
