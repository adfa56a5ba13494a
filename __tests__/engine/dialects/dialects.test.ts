import { UsageError } from "../../../base/errors";
import { auditFileIn, dialectOf, type ServerConfigOptions } from "../../../engine/dialects";

const openbao = dialectOf({ product: "openbao", version: "2.7.2" });
const vault = dialectOf({ product: "vault", version: "1.21.1" });

const options: ServerConfigOptions = {
  listenAddress: "0.0.0.0:8200",
  apiAddress: "http://127.0.0.1:8200",
  clusterAddress: "https://127.0.0.1:8201",
  dataDir: "/openbao/file",
  auditDir: "/openbao/logs",
  nodeId: "strongroom-dev",
  tlsDisabled: true,
  auditFile: true,
  auditStdout: true,
  ui: true,
};

test("OpenBao's configuration holds Raft storage, one listener and both audit devices", () => {
  expect(openbao.serverConfig(options)).toBe(`ui = true
api_addr = "http://127.0.0.1:8200"
cluster_addr = "https://127.0.0.1:8201"
default_lease_ttl = "1h"
max_lease_ttl = "768h"

listener "tcp" {
  address = "0.0.0.0:8200"
  cluster_address = "0.0.0.0:8201"
  tls_disable = true
}

storage "raft" {
  path = "/openbao/file"
  node_id = "strongroom-dev"
  performance_multiplier = 1
}

audit "file" "to-file" {
  options {
    file_path = "/openbao/logs/audit.log"
    mode = "0600"
  }
}

audit "file" "to-stdout" {
  options {
    file_path = "stdout"
  }
}
`);
});

test("Vault's configuration says disable_mlock outright and declares no audit device", () => {
  const config = vault.serverConfig(options);
  expect(config).toContain("\ndisable_mlock = true\n");
  expect(config).not.toContain("audit");
});

test("with TLS it names the certificate and refuses old protocol versions", () => {
  const config = vault.serverConfig({
    ...options,
    tlsDisabled: false,
    tlsCertFile: "/c.pem",
    tlsKeyFile: "/k.pem",
  });
  expect(config).toContain(
    'tls_cert_file = "/c.pem"\n  tls_key_file = "/k.pem"\n  tls_min_version = "tls13"',
  );
  expect(config).not.toContain("tls_disable");
});

test("with TLS and no certificate it is refused", () => {
  expect(() => openbao.serverConfig({ ...options, tlsDisabled: false })).toThrow(UsageError);
});

test.each(['a"b', "a\\b", "a\nb", "%{if}{env}", "%{if}", ""])("the value %p cannot stand in it", (nodeId) => {
  expect(() => openbao.serverConfig({ ...options, nodeId })).toThrow(/cannot hold/);
});

test.each([openbao, vault])("no configuration speaks of development mode", (dialect) => {
  expect(dialect.serverConfig(options)).not.toMatch(/\bdev\b(?!")/);
});

test("the engines differ in where audit, root generation and rekeying are done", () => {
  expect(openbao).toMatchObject({
    auditDevices: "in-config",
    generateRoot: { path: "sys/generate-root-token", needsToken: true },
    rekey: { path: "sys/rotate/root", needsToken: true },
  });
  expect(vault).toMatchObject({
    auditDevices: "through-api",
    generateRoot: { path: "sys/generate-root", needsToken: false },
    rekey: { path: "sys/rekey", needsToken: false },
  });
});

test("Vault 2 wants a token for root generation and rekeying", () => {
  const vault2 = dialectOf({ product: "vault", version: "2.0.0" });
  expect([vault2.generateRoot.needsToken, vault2.rekey.needsToken]).toEqual([true, true]);
});

test.each([
  { product: "openbao", version: "2.4.9" },
  { product: "vault", version: "1.19.16" },
] as const)("%p is too old and refused", (engine) => {
  expect(() => dialectOf(engine)).toThrow(UsageError);
});

test("the audit file lies in the directory that is given for it", () => {
  expect(auditFileIn(openbao.directories.logs)).toBe("/openbao/logs/audit.log");
});
