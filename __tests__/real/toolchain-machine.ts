import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import type { EngineId } from "../../base/engine-id";
import type { ToolProgress } from "../../toolchain/part";
import { openWorkshop, type Workshop } from "../../toolchain/workshop";

/** A cache of its own beside the machine's real Go, Python and Docker. */
export function openMachine() {
  const root = mkdtempSync(join(tmpdir(), "tc-real-"));
  const told: ToolProgress[] = [];
  const open = (env: Record<string, string> = {}): Workshop => {
    const all = { ...process.env, STRONGROOM_CACHE: join(root, "cache"), GOFLAGS: "-modcacherw", ...env };
    return openWorkshop((progress) => told.push(progress), { env: all });
  };
  const file = (name: string, text: string) => {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  /** A zip archive, which Go modules and Python wheels both are. */
  const zip = async (name: string, files: Record<string, string>) => {
    const path = file(name, "");
    const script =
      "import sys, json, zipfile\nz = zipfile.ZipFile(sys.argv[1], 'w')\n" +
      "for name, text in json.loads(sys.argv[2]).items():\n  z.writestr(name, text)\nz.close()\n";
    await execa("python3", ["-c", script, path, JSON.stringify(files)]);
    return path;
  };
  return { root, told, open, file, zip, close: () => rmSync(root, { recursive: true, force: true }) };
}

/**
 * Starts an engine's image as hardened as the server stack does, on a fresh named volume, until it answers.
 * @returns the server's own status
 */
export async function serveHardened(engine: EngineId, reference: string): Promise<unknown> {
  const opened = openMachine();
  const { product } = engine;
  const binary = product === "openbao" ? "/usr/bin/bao" : "/bin/vault";
  const name = `tc-server-${product}-${process.pid}`;
  const config = opened.file(
    "server.hcl",
    `listener "tcp" {\n  address = "127.0.0.1:8200"\n  tls_disable = true\n}
storage "raft" {\n  path = "/${product}/file"\n  node_id = "one"\n}
${product === "vault" ? "disable_mlock = true\n" : ""}api_addr = "http://127.0.0.1:8200"
cluster_addr = "http://127.0.0.1:8201"\n`,
  );
  const hardened = [
    "--read-only",
    "--cap-drop",
    "ALL",
    "--security-opt",
    "no-new-privileges",
    "--network",
    "none",
  ];
  const mounts = [
    "--volume",
    `${name}:/${product}/file`,
    "--volume",
    `${config}:/${product}/config/server.hcl:ro`,
  ];
  const command = [reference, "server", `-config=/${product}/config/server.hcl`];
  const user = ["--user", "100:1000", "--entrypoint", binary];
  try {
    await execa("docker", ["run", "--detach", "--name", name, ...user, ...hardened, ...mounts, ...command]);
    const address = ["--env", "BAO_ADDR=http://127.0.0.1:8200", "--env", "VAULT_ADDR=http://127.0.0.1:8200"];
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      const answer = await execa("docker", ["exec", ...address, name, binary, "status", "-format=json"], {
        reject: false,
      });
      if (answer.stdout.includes("storage_type")) return JSON.parse(answer.stdout);
    }
    throw new Error((await execa("docker", ["logs", name], { all: true })).all);
  } finally {
    await execa("docker", ["rm", "--force", name], { reject: false });
    await execa("docker", ["volume", "rm", name], { reject: false });
    opened.close();
  }
}
