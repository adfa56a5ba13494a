/** The promises in which an engine has a part, held against Vault too; the others do not depend on the engine. */
const suites = ["./bootstrap.test", "./bootstrap-conflicts.test", "./bootstrap-token.test", "./engine.test"];

process.env.STRONGROOM_TEST_ENGINE = "vault@1.21.1";
process.env.STRONGROOM_TEST_ENGINE_BINARY = "";

describe.each(suites)("%s on Vault", (suite) => {
  // Inside of a describe, so that what each suite sets up and takes down stays its own.
  require(suite);
});
