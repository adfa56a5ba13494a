import { createHash } from "node:crypto";
import { parseDuration } from "../../../policies/language/duration";
import type { Constraint, RevisionPrincipalKind } from "../../model";
import { type Settings, settingsIn, textsOf, Unresolved, type Value } from "./value";

/** Settings by the way in which they are compared; their names are the API's. */
const NETWORKS = ["token_bound_cidrs", "secret_id_bound_cidrs"];

const SECONDS = ["token_ttl", "token_max_ttl", "token_explicit_max_ttl", "secret_id_ttl"];

const USES = ["token_num_uses", "secret_id_num_uses"];

const MEMBERS = [
  "bound_service_account_names",
  "bound_service_account_namespaces",
  "audience",
  "bound_audiences",
  "bound_subject",
  "allowed_redirect_uris",
  "allowed_names",
  "allowed_common_names",
  "allowed_dns_sans",
  "allowed_email_sans",
  "allowed_uri_sans",
  "allowed_organizational_units",
  "allowed_organization_units",
  "required_extensions",
  "bound_account_id",
  "bound_ami_id",
  "bound_ec2_instance_id",
  "bound_iam_instance_profile_arn",
  "bound_iam_principal_arn",
  "bound_iam_role_arn",
  "bound_region",
  "bound_subnet_id",
  "bound_vpc_id",
  "bound_service_accounts",
  "bound_projects",
  "bound_zones",
  "bound_regions",
  "bound_instance_groups",
  "bound_labels",
  "bound_service_principal_ids",
  "bound_group_ids",
  "bound_locations",
  "bound_subscription_ids",
  "bound_resource_groups",
  "bound_scale_sets",
];

const EXACT = [
  "token_period",
  "token_type",
  "role_type",
  "user_claim",
  "groups_claim",
  "bound_claims_type",
  "bound_service_account_namespace_selector",
  "alias_name_source",
  "auth_type",
  "type",
  "allowed_entity_aliases",
];

/** What an engine takes where nothing is said: as good as not there. */
const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  token_period: ["0"],
  token_type: ["default", "default-service", "service"],
  bound_claims_type: ["string"],
  alias_name_source: ["serviceaccount_uid"],
  role_type: ["oidc"],
};

/** Older names of the same settings, which engines and provider still take. */
const OLD_NAMES: Readonly<Record<string, string>> = {
  period: "token_period",
  ttl: "token_ttl",
  max_ttl: "token_max_ttl",
  num_uses: "token_num_uses",
  bound_cidrs: "token_bound_cidrs",
  bound_cidr_list: "secret_id_bound_cidrs",
  explicit_max_ttl: "token_explicit_max_ttl",
};

/**
 * What a login is bound by, in a form that sources share: settings at the engine's own default are left out, so that a
 * declaration that does not mention them and a server that lists them say the same.
 */
export function constraintsOf(kind: RevisionPrincipalKind, given: Settings): Constraint[] {
  const settings = newNames(given);
  const constraints: Constraint[] = [
    ...NETWORKS.flatMap((name) => setOf("networks", name, settings[name])),
    ...MEMBERS.flatMap((name) => setOf("members", name, settings[name])),
    ...Object.entries(settingsIn(settings.bound_claims)).flatMap(([claim, value]) =>
      setOf("members", `bound_claims.${claim}`, value),
    ),
    ...SECONDS.flatMap((name) => limit(name, settings[name], "seconds")),
    ...USES.flatMap((name) => limit(name, settings[name], "uses")),
    ...EXACT.flatMap((name) => exact(name, settings[name])),
  ];
  if (kind === "approle") {
    const value = settings.bind_secret_id !== false && settings.bind_secret_id !== "false";
    constraints.push({ name: "bind_secret_id", kind: "required", value });
  }
  if (kind === "cert" && typeof settings.certificate === "string") {
    constraints.push({ name: "certificate", kind: "exact", value: fingerprint(settings.certificate) });
  }
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

/** An address alone is a network of one. */
function networkOf(text: string): string {
  if (text.includes("/")) return text;
  return text.includes(":") ? `${text}/128` : `${text}/32`;
}

function limit(name: string, value: Value, unit: "seconds" | "uses"): Constraint[] {
  if (value instanceof Unresolved) return [unknown(name, [value])];
  const number = typeof value === "string" ? parseDuration(value) : Number(value ?? 0);
  return number === undefined || !(number > 0) ? [] : [{ name, kind: "limit", value: number, unit }];
}

function exact(name: string, value: Value): Constraint[] {
  const { texts, unresolved } = textsOf(value);
  if (unresolved.length > 0) return [unknown(name, unresolved)];
  const said = name === "token_period" ? texts.map((text) => String(parseDuration(text) ?? text)) : texts;
  const text = [...said].sort().join(", ");
  return text === "" || DEFAULTS[name]?.includes(text) ? [] : [{ name, kind: "exact", value: text }];
}

/** Equal to the same expression and to nothing else. */
function unknown(name: string, unresolved: readonly Unresolved[]): Constraint {
  return { name, kind: "exact", value: `not known: ${unresolved.map(({ words }) => words).join(", ")}` };
}

function fingerprint(certificate: string): string {
  const body = certificate.replaceAll(/-----[A-Z ]+-----|\s/g, "");
  return `sha256:${createHash("sha256").update(Buffer.from(body, "base64")).digest("hex")}`;
}
