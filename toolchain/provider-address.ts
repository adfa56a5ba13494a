import { type ProviderPin, wanted } from "./wanted";

/** A Terraform provider that the stacks use. */
export interface ProviderSpec {
  /** Its name in the cache and in lock.json. */
  readonly part: "provider-vault" | "provider-docker";
  readonly label: string;
  /** `namespace/name`, as in `required_providers`. */
  readonly address: string;
  /** What Terraform expects the program to be called, before `_v<version>`. */
  readonly program: string;
  /** The environment variable that names a provider binary of the user's. */
  readonly variable: string;
  readonly packagePath: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly pin: ProviderPin;
}

export const vaultProvider: ProviderSpec = {
  part: "provider-vault",
  label: "vault provider",
  address: "hashicorp/vault",
  program: "terraform-provider-vault",
  variable: "STRONGROOM_PROVIDER_VAULT",
  packagePath: "github.com/hashicorp/terraform-provider-vault",
  variables: {},
  pin: wanted["provider-vault"],
};

export const dockerProvider: ProviderSpec = {
  part: "provider-docker",
  label: "docker provider",
  address: "kreuzwerker/docker",
  program: "terraform-provider-docker",
  variable: "STRONGROOM_PROVIDER_DOCKER",
  packagePath: "github.com/terraform-providers/terraform-provider-docker",
  variables: { "main.version": wanted["provider-docker"].version },
  pin: wanted["provider-docker"],
};

/** A provider source without a host means another registry in each product, so a mirror needs both. */
export const registryHosts = {
  terraform: "registry.terraform.io",
  opentofu: "registry.opentofu.org",
} as const;
