import { type Capability, fromBits } from "../capability";
import type { AccessList } from "./access-list";
import { asksForSudo, type Decision, judge, requestPath } from "./decide";
import { addSource, type MergedRule, type RuleSource, startRule } from "./merged-rule";
import { patternFor, writtenPattern } from "./rank";
import type { AccessRequest } from "./request";
import type { Mount } from "./sudo-paths";

/**
 * What would turn an answer into the other one, most specific first; each by itself is enough. Empty where nothing can:
 * root and help are always allowed.
 */
export function changesFor(
  list: AccessList,
  request: AccessRequest,
  decision: Decision,
  mounts?: readonly Mount[],
): string[] {
  const { rule, reason, capability, verdict } = decision;
  if (verdict === "unknown") return [whatIsMissing(list, decision)];
  if (verdict === "allowed") return rule ? takingAway(rule, capability, request) : [];
  if (reason === "failure") return ["Change the value behind the template: it may not have *, + or / in it."];
  if (capability === undefined) return ["Use another method: no rule grants HEAD, only root may."];
  if (!list.dialect.capabilities.has(capability))
    return [`Use another operation: ${list.dialect.engine} has no ${capability}.`];
  const asked: Asked = { list, request, mounts, needed: neededFor(list, request, capability, mounts) };
  const exact = exactRule(request, rule);
  const another = exact ? [`Add path "${exact}" with ${words(asked.needed)}: an exact rule wins.`] : [];
  if (!rule) {
    const path = writablePath(request);
    return path === undefined ? [] : [`Add path "${path}" with ${words(asked.needed)}.`];
  }
  return [reason === "deny" ? lifting(rule, asked) : adding(rule, asked, reason), ...another];
}

interface Asked {
  readonly list: AccessList;
  readonly request: AccessRequest;
  readonly mounts: readonly Mount[] | undefined;
  readonly needed: readonly Capability[];
}

function neededFor(
  list: AccessList,
  request: AccessRequest,
  capability: Capability,
  mounts: readonly Mount[] | undefined,
): Capability[] {
  return asksForSudo(request, list.dialect, mounts) ? [capability, "sudo"] : [capability];
}

function whatIsMissing(list: AccessList, { reason }: Decision): string {
  if (reason === "inexact") return "Ask a server of this version at sys/capabilities: nothing else can tell.";
  return list.knowsEntity
    ? "Ask the server at sys/capabilities: the values of this entity do not tell it."
    : "Say which entity asks: its values fill the templates.";
}

function takingAway(rule: MergedRule, capability: Capability | undefined, request: AccessRequest): string[] {
  const pattern = writtenPattern(rule.pattern);
  const exact = exactRule(request, rule);
  return [
    `Take "${capability}" from path "${pattern}" (in ${policiesOf(rule.sources)}).`,
    ...(exact ? [`Add path "${exact}" with other capabilities: an exact rule wins.`] : []),
    `Add path "${pattern}" with "deny" in any policy: deny sticks.`,
  ];
}

/** What the deciding rule lacks; conditions that refuse the request are told with it. */
function adding(
  rule: MergedRule,
  { list, request, mounts, needed }: Asked,
  reason: Decision["reason"],
): string {
  const pattern = writtenPattern(rule.pattern);
  const has = fromBits(rule.bits);
  const missing = needed.filter((each) => !has.includes(each));
  const full = startRule(rule.pattern, {
    policy: "",
    index: 0,
    rule: { path: "", capabilities: [...has, ...missing] },
  });
  const isEnough =
    judge(list, { ...full, conditions: rule.conditions }, request, needed[0], mounts) === "granted";
  if (isEnough)
    return reason === "sudo"
      ? `Add "sudo" to path "${pattern}"; it must stand in the same rule.`
      : `Add ${words(missing)} to path "${pattern}", in any policy.`;
  const conditions = `hange the request, or the conditions of path "${pattern}" (in ${policiesOf(rule.sources)})`;
  return missing.length === 0
    ? `C${conditions}.`
    : `Add ${words(missing)} to path "${pattern}", and c${conditions}.`;
}

/** Deny sticks: only who takes it out of each policy that has it changes anything, and what is left has to grant. */
function lifting(rule: MergedRule, asked: Asked): string {
  const isDenying = (source: RuleSource): boolean => source.rule.capabilities.includes("deny");
  const denying = policiesOf(rule.sources.filter(isDenying));
  const where = `path "${writtenPattern(rule.pattern)}" (in ${denying}); no other policy can lift it`;
  const others = rule.sources.filter((source) => !isDenying(source));
  if (grants(others, rule, asked)) return `Take "deny" from ${where}.`;
  const written = rule.sources.map((source) =>
    isDenying(source) ? { ...source, rule: { ...source.rule, capabilities: asked.needed } } : source,
  );
  const enough = grants(written, rule, asked) ? "" : ", and change the request or the rule's conditions";
  return `Write ${words(asked.needed)} in place of "deny" in ${where}${enough}.`;
}

function grants(sources: readonly RuleSource[], { pattern }: MergedRule, asked: Asked): boolean {
  const [first, ...others] = sources;
  if (!first) return false;
  const merged = startRule(pattern, first);
  for (const source of others) addSource(merged, source, asked.list.dialect);
  return judge(asked.list, merged, asked.request, asked.needed[0], asked.mounts) === "granted";
}

/** The path as an exact rule would name it, if such a rule can be written and is not what decides already. */
function exactRule(request: AccessRequest, rule: MergedRule | undefined): string | undefined {
  if (!rule || rule.pattern.kind === "exact") return undefined;
  const path = writablePath(request);
  return path !== undefined && patternFor(path).kind === "exact" ? path : undefined;
}

/** In a rule `{{` begins a template, and `+*` is refused. */
function writablePath(request: AccessRequest): string | undefined {
  const path = requestPath(request).replace(/^\/+/, "");
  return path.includes("{{") || path.includes("}}") || path.includes("+*") ? undefined : path;
}

function policiesOf(sources: MergedRule["sources"]): string {
  return [...new Set(sources.map(({ policy }) => policy))].join(", ");
}

function words(capabilities: readonly Capability[]): string {
  return capabilities.map((each) => `"${each}"`).join(" and ");
}
