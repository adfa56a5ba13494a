import { ApproleAuthBackendRole } from "@cdktf/provider-vault/lib/approle-auth-backend-role";
import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { GenericEndpoint } from "@cdktf/provider-vault/lib/generic-endpoint";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { QuotaRateLimit } from "@cdktf/provider-vault/lib/quota-rate-limit";
import { App, DataResource, LocalBackend, TerraformStack } from "cdktf";

/** `node synthesis-raw.mjs SECRETS ROLES OUTDIR`: the same resources as synthesis-ours, as the provider's own classes. */
const [secrets = 5000, roles = 500] = process.argv.slice(2, 4).map(Number);
const share = secrets / roles;

const app = new App({ outdir: process.argv[4] as string });
const stack = new TerraformStack(app, "bench-access");
new LocalBackend(stack, { path: "../../../state/bench-access.tfstate" });
new VaultProvider(stack, "vault", { address: "http://127.0.0.1:8200", skipChildToken: true });
const mount = new Mount(stack, "mount", {
  path: "secret",
  type: "kv",
  options: { version: "2" },
  lifecycle: { preventDestroy: true },
});
const ready = new DataResource(stack, "ready", { triggersReplace: { accessor: mount.accessor } });
new GenericEndpoint(stack, "config", {
  path: "secret/config",
  disableDelete: true,
  ignoreAbsentFields: true,
  dataJson: JSON.stringify({ max_versions: 10, cas_required: false, delete_version_after: "0s" }),
  dependsOn: [ready],
});
const backend = new AuthBackend(stack, "approle", { type: "approle", path: "approle" });
new QuotaRateLimit(stack, "quota", { name: "strongroom", path: "", rate: 2000 });
for (let role = 0; role < roles; role++) {
  const rules: string[] = [];
  for (let index = 0; index < share; index++) {
    rules.push(
      `# read values: granted by bench-access/many/app-${role}.secret-${index} to role-${role}\npath "secret/data/app-${role}/secret-${index}" {\n  capabilities = ["read"]\n}\n`,
    );
  }
  const policy = new Policy(stack, `policy-${role}`, { name: `many-role-${role}`, policy: rules.join("\n") });
  new ApproleAuthBackendRole(stack, `role-${role}`, {
    backend: "approle",
    roleName: `role-${role}`,
    tokenPolicies: [`many-role-${role}`],
    tokenTtl: 3600,
    tokenMaxTtl: 14400,
    dependsOn: [policy, backend],
  });
}
app.synth();
