import { choicesFrom, type DeploymentChoices, deploymentOf } from "../../stacks/deployment";
import { environment } from "./workbench";

const deployment = (choices: DeploymentChoices = {}) =>
  deploymentOf(environment({ server: { port: 8300 } }), choices);

test("an environment stands in a container on the declared port, under its own name", () => {
  expect(deployment()).toMatchObject({
    instance: "test",
    target: "container",
    engine: { product: "openbao", version: "2.7.2" },
    port: 8300,
    address: "http://127.0.0.1:8300",
    tokenFile: expect.stringMatching(/\/test\/terraform\.token$/),
  });
});

test("what is chosen overrides what is declared", () => {
  expect(
    deployment({ target: "process", engine: "vault@1.21.1", port: "8400", instance: "two" }),
  ).toMatchObject({
    instance: "test-two",
    target: "process",
    engine: { product: "vault", version: "1.21.1" },
    address: "http://127.0.0.1:8400",
  });
});

test("a server of somebody else's has an address and no token file", () => {
  const existing = deployment({ target: "existing", address: "https://vault.example.com:8200/" });
  expect(existing.address).toBe("https://vault.example.com:8200");
  expect(existing).not.toHaveProperty("tokenFile");
});

test("choices come from the process environment, empty ones for none", () => {
  expect(
    choicesFrom({ STRONGROOM_TARGET: "process", STRONGROOM_PORT: "", STRONGROOM_INSTANCE: "two" }),
  ).toEqual({
    target: "process",
    engine: undefined,
    port: undefined,
    instance: "two",
    address: undefined,
  });
});

test.each<[DeploymentChoices, string]>([
  [{ target: "docker" }, '"docker" is no target.\n  Choose container, process or existing.'],
  [{ engine: "vault" }, '"vault" is not an engine.'],
  [{ port: "http" }, '"http" is no port.\n  Choose a whole number from 1 to 65535.'],
  [{ port: "0" }, '"0" is no port.'],
  [{ instance: "../x" }, '"../x" cannot name an instance.'],
  [{ target: "existing" }, 'Target "existing" needs the address of a server.\n  Set STRONGROOM_ADDRESS'],
  [{ target: "existing", address: "vault.example.com" }, "no plain http or https URL"],
  [{ target: "existing", address: "ftp://vault.example.com" }, "no plain http or https URL"],
  [{ target: "existing", address: "https://$" + '{file("x")}' }, "no plain http or https URL"],
])("%j is refused", (choices, told) => {
  expect(() => deployment(choices)).toThrow(told);
});

test("an address with a password in it is refused, and not repeated", () => {
  expect.assertions(2);
  try {
    deployment({ target: "existing", address: "https://me:hunter2@vault.example.com" });
  } catch (error) {
    expect((error as Error).message).toContain("without a user or a password in it");
    expect((error as Error).message).not.toContain("hunter2");
  }
});
