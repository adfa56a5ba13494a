/** Drift, held against Vault too: there audit devices are resources of Terraform's. */
process.env.STRONGROOM_TEST_ENGINE = "vault@1.21.1";
process.env.STRONGROOM_TEST_ENGINE_BINARY = "";

describe("on Vault", () => {
  // Inside of a describe, so that what the suite sets up and takes down stays its own.
  require("./drift.test");
});
