// Settings of logins by the way in which they are compared; their names are those of the engines' API.

/** Networks in CIDR form. */
export const NETWORKS = ["token_bound_cidrs", "secret_id_bound_cidrs"];

/** Times; the least is the narrowest. */
export const SECONDS = ["token_ttl", "token_max_ttl", "token_explicit_max_ttl", "secret_id_ttl"];

/** How often; the least is the narrowest. */
export const USES = ["token_num_uses", "secret_id_num_uses"];

/** Who: members of a set. */
export const MEMBERS = [
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
  "bound_subjects",
  "ocid_list",
];

/** Who: for each key the members of a set. */
export const MAPS = ["bound_claims", "bound_attributes"];

/** What can only be told to be another. */
export const EXACT = [
  "token_period",
  "token_type",
  "role_type",
  "user_claim",
  "groups_claim",
  "bound_claims_type",
  "bound_subjects_type",
  "bound_attributes_type",
  "arn",
  "bound_service_account_namespace_selector",
  "alias_name_source",
  "auth_type",
  "type",
  "allowed_entity_aliases",
  "token_strictly_bind_ip",
  "clock_skew_leeway",
  "expiration_leeway",
  "not_before_leeway",
  "max_age",
  "user_claim_json_pointer",
  "claim_mappings",
  "orphan",
  "renewable",
  "path_suffix",
  "inferred_entity_type",
  "inferred_aws_region",
  "resolve_aws_unique_ids",
  "allow_instance_migration",
  "disallow_reauthentication",
  "role_tag",
  "ocsp_enabled",
  "ocsp_fail_open",
  "ocsp_servers_override",
  "ocsp_query_all_servers",
  "ocsp_ca_certificates",
  "allowed_metadata_extensions",
  "oidc_scopes",
  "callback_mode",
  "groups_attribute",
  "add_group_aliases",
  "allow_gce_inference",
  "max_jwt_exp",
  "alias_metadata",
  "issued_by_role",
];

/** What an engine takes where nothing is said: as good as not there. */
export const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  token_period: ["0"],
  token_type: ["default", "default-service", "service"],
  bound_claims_type: ["string"],
  bound_subjects_type: ["string"],
  bound_attributes_type: ["string"],
  alias_name_source: ["serviceaccount_uid"],
  role_type: ["oidc"],
  token_strictly_bind_ip: ["false"],
  clock_skew_leeway: ["0"],
  expiration_leeway: ["0"],
  not_before_leeway: ["0"],
  max_age: ["0"],
  user_claim_json_pointer: ["false"],
  orphan: ["false"],
  renewable: ["true"],
  resolve_aws_unique_ids: ["true"],
  allow_instance_migration: ["false"],
  disallow_reauthentication: ["false"],
  ocsp_enabled: ["false"],
  ocsp_fail_open: ["false"],
  ocsp_query_all_servers: ["false"],
  callback_mode: ["client"],
  add_group_aliases: ["false"],
  allow_gce_inference: ["true"],
  max_jwt_exp: ["0", "900"],
};

/** Older names of the same settings, which engines and provider still take. */
export const OLD_NAMES: Readonly<Record<string, string>> = {
  period: "token_period",
  ttl: "token_ttl",
  max_ttl: "token_max_ttl",
  num_uses: "token_num_uses",
  bound_cidrs: "token_bound_cidrs",
  bound_cidr_list: "secret_id_bound_cidrs",
  explicit_max_ttl: "token_explicit_max_ttl",
};

/** Settings that say something else than a bound: whom it gives which policies, or what binds one kind of login alone. */
const OTHERS = [
  "policies",
  "token_policies",
  "token_no_default_policy",
  "token_policies_template_claims",
  "allowed_policies",
  "allowed_policies_glob",
  "disallowed_policies",
  "disallowed_policies_glob",
  "groups",
  "bind_secret_id",
  "certificate",
  "role_id",
  "local_secret_ids",
  "display_name",
  "verbose_oidc_logging",
  "name",
];

/** Every setting of a login that is read. */
export const KNOWN_SETTINGS: ReadonlySet<string> = new Set([
  ...NETWORKS,
  ...SECONDS,
  ...USES,
  ...MEMBERS,
  ...MAPS,
  ...EXACT,
  ...OTHERS,
  ...Object.keys(OLD_NAMES),
]);
