import { type Capability, fromBits } from "../capability";
import { PolicyUsageError } from "../errors";
import { parseDuration } from "../language/duration";
import { patternOf } from "../pattern";
import type { AccessList } from "../semantics/access-list";
import { asksForSudo, type Decision, decide } from "../semantics/decide";
import { explain } from "../semantics/explain";
import { writtenPattern } from "../semantics/rank";
import type { AccessRequest } from "../semantics/request";
import type { Mount } from "../semantics/sudo-paths";
import { couldDecide } from "../semantics/uncertain-rule";
import type { PolicyCase } from "./case";

/** What decides beside the cases. */
export interface RunOptions {
  /** For paths that need sudo. @default those that every server has */
  readonly mounts?: readonly Mount[];
  /** Milliseconds since 1970. @default nothing has expired */
  readonly now?: number;
}

/** What the policies of a case come to on one engine. */
export type Compiled = { readonly list: AccessList } | Refused;

/** Policies that the engine would not take. */
export interface Refused {
  /** Why, as `expect.error` asks for it. */
  readonly error: string;
  /** The same with the place of each mistake. */
  readonly told: string;
}

/** In what a decision is not as its case expects, a sentence each; the last one explains the decision. */
export function mismatchesOf(each: PolicyCase, access: Compiled, options: RunOptions): string[] {
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
  const uncertain = list.uncertain.find((each) => couldDecide(each, path, true));
  return uncertain ? `${uncertain.directives.join(", ")} is not known` : list.dialect.inexact;
}

function compareDecision(expect: PolicyCase["expect"], decision: Decision, out: string[]): void {
  const wanted = expect.allowed === undefined ? undefined : expect.allowed ? "allowed" : "denied";
  if (wanted !== undefined && decision.verdict !== wanted)
    out.push(`expected ${wanted}, got ${decision.verdict}`);
  if (expect.reason !== undefined && decision.reason !== expect.reason)
    out.push(`expected the reason ${expect.reason}, got ${decision.reason}`);
  const rule = decision.rule && writtenPattern(decision.rule.pattern);
  if (expect.rule !== undefined && rule !== patternOf(expect.rule)) {
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
