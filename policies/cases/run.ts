import { type Capability, fromBits } from "../capability";
import { DEFAULT_ENGINE } from "../dialect";
import { PolicyDocument } from "../document";
import { PolicySyntaxError, PolicyUsageError, RootNotAlone } from "../errors";
import { parseDuration } from "../language/duration";
import { AccessList, type NamedPolicy } from "../semantics/access-list";
import { asksForSudo, type Decision, decide } from "../semantics/decide";
import { explain } from "../semantics/explain";
import { writtenPattern } from "../semantics/rank";
import type { AccessRequest } from "../semantics/request";
import type { Mount } from "../semantics/sudo-paths";
import type { CaseFile, CasePrincipal, PolicyCase } from "./case";

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

export interface RunOptions {
  readonly mounts?: readonly Mount[];
  /** Milliseconds since 1970. */
  readonly now?: number;
}

const DEFAULT_ENGINES = [DEFAULT_ENGINE];

type Compiled = { readonly list: AccessList } | Refused;

interface Refused {
  /** Why, as `expect.error` asks for it. */
  readonly error: string;
  /** The same with the place of each mistake. */
  readonly told: string;
}

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
      const mismatches = judge(each, access, options);
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

function judge(each: PolicyCase, access: Compiled, options: RunOptions): string[] {
  const { expect } = each;
  if ("error" in access) {
    if (expect.error !== undefined && access.error.includes(expect.error)) return [];
    return [`the engine refuses the policies: ${access.told}`];
  }
  const { list } = access;
  const out: string[] = [];
  if (expect.error !== undefined)
    out.push(`expected the policies to be refused with "${expect.error}", but they are accepted`);
  const request = requestOf(each);
  const decision = decide(list, request, options.mounts);
  compareDecision(expect, decision, out);
  if (expect.capabilities !== undefined) {
    const path = (request.namespace ?? "") + request.path;
    const given = sorted(list.capabilities(path));
    const unknown = capabilitiesUnknown(list, path);
    if (unknown !== undefined) out.push(`nobody can tell the capabilities: ${unknown}`);
    else if (given !== sorted(expect.capabilities))
      out.push(`expected capabilities ${sorted(expect.capabilities)}, got ${given}`);
  }
  if (expect.sudo !== undefined && asksForSudo(request, list.dialect, options.mounts) !== expect.sudo) {
    out.push(
      `expected the path ${expect.sudo ? "to need sudo, but it does not" : "not to need sudo, but it does"}`,
    );
  }
  if (out.length > 0) out.push(explain(list, request, options.mounts).summary);
  return out;
}

/** Why what `sys/capabilities` answers cannot be told, if it cannot. */
function capabilitiesUnknown(list: AccessList, path: string): string | undefined {
  if (list.isRoot || list.failure !== undefined) return undefined;
  const trimmed = path.endsWith("/") ? path.slice(0, -1) : path;
  const uncertain = list.uncertain.find((each) => each.couldMatch(path) || each.couldMatch(trimmed));
  return uncertain ? `${uncertain.directives.join(", ")} is not known` : list.dialect.inexact;
}

function compareDecision(expect: PolicyCase["expect"], decision: Decision, out: string[]): void {
  const wanted = expect.allowed === undefined ? undefined : expect.allowed ? "allowed" : "denied";
  if (wanted !== undefined && decision.verdict !== wanted)
    out.push(`expected ${wanted}, got ${decision.verdict}`);
  if (expect.reason !== undefined && decision.reason !== expect.reason)
    out.push(`expected the reason ${expect.reason}, got ${decision.reason}`);
  const rule = decision.rule && writtenPattern(decision.rule.pattern);
  if (expect.rule !== undefined && rule !== expect.rule.replace(/^\//, "")) {
    const bits = decision.rule ? ` (${fromBits(decision.rule.bits).join(", ")})` : "";
    out.push(
      `expected path "${expect.rule}" to decide, got ${rule === undefined ? "none" : `path "${rule}"${bits}`}`,
    );
  }
}

function requestOf({ request }: PolicyCase): AccessRequest {
  const { operation, path, parameters, namespace, wrap_ttl: wrap } = request;
  const wrapTtl = typeof wrap === "string" ? parseDuration(wrap) : wrap;
  if (wrap !== undefined && wrapTtl === undefined) {
    throw new PolicyUsageError(
      `The wrap_ttl "${wrap}" of a case is no duration.`,
      'Write seconds or a duration such as "5m".',
    );
  }
  const inside = namespace?.replace(/^\/+|\/+$/g, "");
  return {
    operation,
    path,
    ...(parameters === undefined ? {} : { data: parameters }),
    ...(inside ? { namespace: `${inside}/` } : {}),
    ...(wrapTtl === undefined ? {} : { wrapTtl }),
  };
}

function sorted(capabilities: readonly (Capability | "root")[]): string {
  return [...new Set(capabilities)].sort().join(", ");
}
