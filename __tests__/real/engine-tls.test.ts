import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../../bootstrap/bootstrap";
import { EngineClient } from "../../engine/client";
import { readHealth } from "../../engine/health";
import { EngineProcess, testEngine } from "./engine-process";

let folder: string;
let good: Certificate;
let engine: EngineProcess;

interface Certificate {
  readonly tlsCertFile: string;
  readonly tlsKeyFile: string;
}

/** A certificate for 127.0.0.1 that is its own CA; a negative number of days makes one that has expired. */
function certificate(name: string, days: number): Certificate {
  const [tlsKeyFile, request, tlsCertFile] = ["key", "csr", "crt"].map((end) =>
    join(folder, `${name}.${end}`),
  ) as [string, string, string];
  const run = (...argv: string[]) => execFileSync("openssl", argv, { stdio: "pipe" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", tlsKeyFile];
  run("req", ...key, "-out", request, "-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1");
  const self = ["-signkey", tlsKeyFile, "-copy_extensions", "copy", "-days", String(days)];
  run("x509", "-req", "-in", request, ...self, "-out", tlsCertFile);
  return { tlsCertFile, tlsKeyFile };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "strongroom-tls-"));
  process.env.STRONGROOM_HOME = join(folder, "home");
  good = certificate("good", 1);
  engine = await EngineProcess.start(18228, { tlsDisabled: false, ...good });
}, 30_000);

afterAll(async () => {
  await engine?.remove();
  rmSync(folder, { recursive: true, force: true });
});

test("with the right CA a server with TLS is bootstrapped", async () => {
  const request = { instance: "dev", address: engine.address, engine: testEngine, caFile: good.tlsCertFile };
  expect((await bootstrap(request)).health.state).toBe("active");
}, 30_000);

test("with another CA it is refused, and nothing is tried without a check", async () => {
  const other = certificate("other", 1);
  for (const options of [{}, { caFile: other.tlsCertFile }]) {
    await expect(readHealth(engine.address, options)).rejects.toMatchObject({ reason: "tls", exitCode: 3 });
  }
});

test("under a name that its certificate does not hold it is refused", async () => {
  const health = readHealth(`https://localhost:${engine.port}`, { caFile: good.tlsCertFile });
  await expect(health).rejects.toMatchObject({ reason: "tls" });
});

test("with a certificate that has expired it is refused, and told so", async () => {
  const expired = certificate("expired", -1);
  const launched = EngineProcess.start(18230, { tlsDisabled: false, ...expired });
  await expect(launched).rejects.toThrow(/its certificate was not accepted \(CERT_HAS_EXPIRED\)/);
});

test("spoken to without TLS it is told apart from an engine, with the scheme to write", async () => {
  const plain = engine.address.replace("https:", "http:");
  await expect(readHealth(plain)).rejects.toThrow(/write https:/);
});

test("a CA file that is missing is told by its name", async () => {
  const client = new EngineClient({ address: engine.address, caFile: join(folder, "nowhere.pem") });
  await expect(client.request("GET", "sys/health")).rejects.toThrow(/Cannot read the CA file .*nowhere\.pem/);
});
