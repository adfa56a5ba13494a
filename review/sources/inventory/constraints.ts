import { parseDuration } from "../../../policies/language/duration";
import type { Constraint, RevisionPrincipalKind } from "../../model";
import { DEFAULTS, EXACT, MAPS, MEMBERS, NETWORKS, OLD_NAMES, SECONDS, USES } from "./login-settings";
import { fingerprintOf } from "./trust";
import { isFalse, type Settings, settingsIn, textsOf, Unresolved, type Value } from "./value";

/**
 * What a login is bound by, in a form that sources share: settings at the engine's own default are left out, so that a
 * declaration that does not mention them and a server that lists them say the same.
 */
export function constraintsOf(kind: RevisionPrincipalKind, given: Settings): Constraint[] {
  const settings = newNames(given);
  const constraints: Constraint[] = [
    ...NETWORKS.flatMap((name) => setOf("networks", name, settings[name])),
    ...MEMBERS.flatMap((name) => setOf("members", name, settings[name])),
    ...MAPS.flatMap((name) => setsOf(name, settings[name])),
    ...SECONDS.flatMap((name) => limit(name, settings[name], "seconds")),
    ...USES.flatMap((name) => limit(name, settings[name], "uses")),
    ...EXACT.flatMap((name) => exact(name, settings[name])),
  ];
  if (kind === "approle") {
    const bound = settings.bind_secret_id;
    const value = !isFalse(bound);
    constraints.push(
      bound instanceof Unresolved
        ? unknown("bind_secret_id", [bound])
        : { name: "bind_secret_id", kind: "required", value },
    );
  }
  const { certificate } = settings;
  if (kind === "cert" && typeof certificate === "string")
    constraints.push({ name: "certificate", kind: "exact", value: fingerprintOf(certificate) });
  if (kind === "cert" && certificate instanceof Unresolved)
    constraints.push(unknown("certificate", [certificate]));
  return constraints;
}

function newNames(given: Settings): Settings {
  const old = Object.entries(OLD_NAMES).filter(([name, now]) => given[now] === undefined && name in given);
  return { ...given, ...Object.fromEntries(old.map(([name, now]) => [now, given[name]])) };
}

function setOf(kind: "members" | "networks", name: string, value: Value): Constraint[] {
  const { texts, unresolved } = textsOf(value);
  if (unresolved.length > 0) return [unknown(name, unresolved)];
  if (texts.length === 0) return [];
  const values = kind === "networks" ? texts.map(networkOf) : texts;
  return [{ name, kind, values: [...new Set(values)].sort() }];
}

/** What each claim, or attribute, has to be one of. */
function setsOf(name: string, value: Value): Constraint[] {
  if (value instanceof Unresolved) return [unknown(name, [value])];
  return Object.entries(settingsIn(value)).flatMap(([key, each]) => setOf("members", `${name}.${key}`, each));
}

/** An address alone is a network of one. */
function networkOf(text: string): string {
  if (text.includes("/")) return text;
  return text.includes(":") ? `${text}/128` : `${text}/32`;
}

function limit(name: string, value: Value, unit: "seconds" | "uses"): Constraint[] {
  if (value instanceof Unresolved) return [unknown(name, [value])];
  const number = typeof value === "string" ? parseDuration(value) : Number(value ?? 0);
  // What is no time that is read can be told to be another.
  if (number === undefined || Number.isNaN(number))
    return textsOf(value).texts.length === 0 ? [] : [{ name, kind: "exact", value: String(value) }];
  return number > 0 ? [{ name, kind: "limit", value: number, unit }] : [];
}

function exact(name: string, given: Value): Constraint[] {
  const value = pairsOf(given) ?? given;
  const { texts, unresolved } = textsOf(value);
  if (unresolved.length > 0) return [unknown(name, unresolved)];
  const said = name === "token_period" ? texts.map((text) => String(parseDuration(text) ?? text)) : texts;
  const text = [...said].sort().join(", ");
  return text === "" || DEFAULTS[name]?.includes(text) ? [] : [{ name, kind: "exact", value: text }];
}

/** A map as a list of its entries. */
function pairsOf(value: Value): string[] | undefined {
  const entries = Object.entries(settingsIn(value));
  return entries.length === 0 ? undefined : entries.map(([name, each]) => `${name}=${String(each)}`);
}

/** Equal to the same expression and to nothing else. */
function unknown(name: string, unresolved: readonly Unresolved[]): Constraint {
  return { name, kind: "exact", value: `not known: ${unresolved.map(({ words }) => words).join(", ")}` };
}
