import { chmodSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../base/errors";
import { preflight } from "../../bootstrap/preflight";
import type { BootstrapRequest } from "../../bootstrap/request";
import { useTemporaryHome } from "./home";

const home = useTemporaryHome();

const request: BootstrapRequest = {
  instance: "dev",
  address: "http://127.0.0.1:8200",
  engine: { product: "openbao", version: "2.7.2" },
};

test("it needs no server, makes identity and directory, and leaves nothing else", async () => {
  await preflight(request);
  expect(readdirSync(home(), { recursive: true })).toEqual(["dev", "identity.txt"]);
  await preflight(request);
});

test("it makes the home itself", async () => {
  rmSync(home(), { recursive: true });
  await preflight(request);
  expect(readdirSync(home())).toEqual(["dev", "identity.txt"]);
});

test("a home that is open to others is refused", async () => {
  chmodSync(home(), 0o755);
  await expect(preflight(request)).rejects.toThrow(/is open to others/);
  expect(readdirSync(home())).toEqual([]);
});

test("an identity that is open to others is refused", async () => {
  await preflight(request);
  chmodSync(join(home(), "identity.txt"), 0o644);
  await expect(preflight(request)).rejects.toThrow(/identity\.txt is open to others/);
});

test("shares that no engine accepts are refused before anything is made", async () => {
  await expect(preflight({ ...request, shares: 5, threshold: 1 })).rejects.toThrow(UsageError);
  expect(readdirSync(home())).toEqual([]);
});
