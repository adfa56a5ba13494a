import { terraformPolicy } from "../../bootstrap/terraform-policy";
import { dialectOf } from "../../engine/dialects";

const openbao = dialectOf({ product: "openbao", version: "2.7.2" });
const vault = dialectOf({ product: "vault", version: "1.21.1" });

test("no rule reaches the data or the names of a KV mount", () => {
  for (const dialect of [openbao, vault]) {
    expect(terraformPolicy(dialect)).not.toMatch(/path "[^"]*(data|metadata|destroy|undelete|subkeys)/);
    expect(terraformPolicy(dialect)).not.toMatch(/path "[^"/]*\*/);
  }
});

test("no mount can be deleted, as all its secrets would go with it", () => {
  expect(terraformPolicy(openbao)).toContain(
    'path "sys/mounts/*" { capabilities = ["create", "read", "update"] }',
  );
});

test("it cannot change itself", () => {
  expect(terraformPolicy(openbao)).toContain(
    'path "sys/policies/acl/strongroom-terraform" { capabilities = ["read"] }',
  );
});

test("audit devices are in it for Vault alone: OpenBao declares them in its configuration", () => {
  expect(terraformPolicy(vault)).toContain('path "sys/audit/*"');
  expect(terraformPolicy(openbao)).not.toContain("sys/audit");
});

test("where the KV mounts are named, the configuration of no other one is reached", () => {
  const policy = terraformPolicy(openbao, ["secret", "team/kv"]);
  expect(policy).toContain('path "secret/config"');
  expect(policy).toContain('path "team/kv/config"');
  expect(policy).not.toContain('path "+/config"');
});

test.each(["", "secret/", 'a"b', "*", "a b"])("the mount %p is refused", (mount) => {
  expect(() => terraformPolicy(openbao, [mount])).toThrow(/is not a mount's path/);
});
