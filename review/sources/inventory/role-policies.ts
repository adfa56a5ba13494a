import type { HeldPolicy, RevisionPrincipalKind } from "../../model";
import type { Held } from "./identities";
import { isTrue, type Settings, textsOf, type Value } from "./value";

/**
 * What a login's own settings bring. A token role gives what it allows, by name or by pattern (vault/token_store.go:
 * without a list of its own a token takes its issuer's policies, which the role does not decide).
 */
export function rolePolicies(
  kind: RevisionPrincipalKind,
  settings: Settings,
  policyNames: readonly string[],
): Held {
  const lists =
    kind === "token"
      ? [settings.allowed_policies, settings.token_policies]
      : [settings.token_policies, settings.policies];
  const read = lists.map(textsOf);
  const globs = kind === "token" ? globsOf(settings) : { texts: [], unresolved: [] };
  const refused = refusedBy(settings);
  const all = read.flatMap(({ texts }) => texts);
  // OpenBao puts claims into such names at each login.
  const templates = isTrue(settings.token_policies_template_claims)
    ? all.filter((name) => name.includes("{{"))
    : [];
  const named = all.filter((name) => !templates.includes(name));
  const matched = policyNames.filter((name) => globs.texts.some((glob) => globMatches(glob, name)));
  const policies = [...named, ...matched].filter((name) => !refused(name) && name !== "default");
  const holdsDefault = named.includes("default") || !isTrue(settings.token_no_default_policy);
  return {
    holds: [
      ...policies.map((policy): HeldPolicy => ({ policy, by: "role" })),
      ...(holdsDefault && !refused("default") ? [{ policy: "default", by: "default" as const }] : []),
    ],
    unknown: [
      ...templates,
      ...[...read, globs, ...DECIDING.map((name) => open(settings[name]))].flatMap(({ unresolved }) =>
        unresolved.map(({ words }) => words),
      ),
    ],
  };
}

/**
 * Patterns of the policies that a token role gives. One that only refuses some gives every other one, whatever its issuer holds (tried on
 * OpenBao 2.7.2 and Vault 1.21.1).
 */
function globsOf(settings: Settings): ReturnType<typeof textsOf> {
  const said = (name: string) => {
    const { texts, unresolved } = textsOf(settings[name]);
    return texts.length + unresolved.length > 0;
  };
  const onlyRefuses =
    (said("disallowed_policies") || said("disallowed_policies_glob")) &&
    !said("allowed_policies") &&
    !said("allowed_policies_glob");
  return onlyRefuses ? { texts: ["*"], unresolved: [] } : textsOf(settings.allowed_policies_glob);
}

/** Settings that take policies away: of an expression nobody can tell what it takes. */
const DECIDING = ["token_no_default_policy", "disallowed_policies", "disallowed_policies_glob"];

function open(value: Value): ReturnType<typeof textsOf> {
  return { texts: [], unresolved: textsOf(value).unresolved };
}

function refusedBy(settings: Settings): (name: string) => boolean {
  const names = textsOf(settings.disallowed_policies).texts;
  const globs = textsOf(settings.disallowed_policies_glob).texts;
  return (name) => names.includes(name) || globs.some((glob) => globMatches(glob, name));
}

/** `*` stands for anything, nothing included, wherever it is (ryanuber/go-glob, which the engines use). */
function globMatches(glob: string, name: string): boolean {
  const pattern = glob.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "s").test(name);
}
