import { spawnSync } from "node:child_process";

/**
 * Each part that suites may need: true, or why it is not here.
 * @param all whether to get what is missing, OpenTofu and Vault too
 */
export function partsHere(all) {
  const docker = quiet("docker", ["version", "--format", "{{.Server.Version}}"]);
  const target = docker ? "container" : "process";
  const parts = {
    linux: process.platform === "linux" || "it reads /proc, which Linux alone has",
    root: process.getuid?.() === 0 || "it mounts a small file system, which root alone may",
    docker: docker || "no Docker engine answers: start Docker",
    terraform: quiet("terraform", ["version"]) || "there is no terraform on PATH, which cdktf runs",
    openssl: quiet("openssl", ["version"]) || "there is no openssl, which makes its certificates",
    chromium:
      quiet("chromium", ["--version"]) || "there is no chromium on PATH, in which the report is looked at",
    go: quiet("go", ["version"]) || "there is no go on PATH",
    cdktf:
      Number(process.versions.node.split(".")[0]) <= 22 ||
      "cdktf-cli 0.21 does not run on this Node: use Node 20 or 22",
  };
  const env = { ...process.env, STRONGROOM_TARGET: target, STRONGROOM_INSTANCE: "test-tools" };
  parts.tools = tools([], env) || "the tools could not be had: see above, and npx strongroom doctor";
  for (const [part, flag] of [
    ["opentofu", "--opentofu"],
    ["vault", "--vault"],
  ]) {
    parts[part] =
      (all ? tools([flag], env) : found(part, env)) || `${part} is not here: npx strongroom tools ${flag}`;
  }
  return parts;
}

/** Fetches or builds, showing what is done. */
function tools(flags, env) {
  process.stdout.write(`\n▸ tools ${flags.join(" ")}\n`);
  return spawnSync("node", ["bin/strongroom.mjs", "tools", ...flags], { env, stdio: "inherit" }).status === 0;
}

function found(part, env) {
  const engine = part === "vault" ? { STRONGROOM_ENGINE: "vault@1.21.1" } : {};
  const { stdout } = spawnSync("node", ["bin/strongroom.mjs", "doctor", "--json"], {
    env: { ...env, ...engine },
    encoding: "utf8",
  });
  const rows = JSON.parse(stdout).parts.filter(
    (row) => row.part.startsWith(part) && !row.part.includes("provider"),
  );
  return rows.length > 0 && rows.every((row) => row.state === "ok");
}

function quiet(command, commandArgs) {
  return spawnSync(command, commandArgs, { stdio: "ignore" }).status === 0;
}
