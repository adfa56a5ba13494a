import { homedir } from "node:os";
import { join } from "node:path";
import { conformanceWith } from "./run-conformance";

test("an engine that answers otherwise is told with the smallest case, and is exit code 1", () => {
  const cache = process.env.STRONGROOM_CACHE ?? join(homedir(), ".cache/strongroom");
  // Vault in the place of OpenBao: the two differ in what they accept and in how they list.
  const vault =
    process.env.STRONGROOM_TEST_VAULT ?? join(cache, "parts/vault/1.21.1/linux_amd64/files/vault");
  const wrong = conformanceWith({ STRONGROOM_TEST_OPENBAO: vault });
  const { status, stdout } = wrong("--decisions", "500", "--engine", "openbao", "--only", "same attributes");
  expect(status).toBe(1);
  expect(stdout).toMatch(/✗ \d+ mismatch/);
  expect(stdout).toMatch(/ours {3}(true|false)/);
}, 120_000);
