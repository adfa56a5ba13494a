import { EngineAnswerError, EngineSilentError } from "../../engine/errors";

test("an answer tells request, status and the engine's words in one sentence", () => {
  const error = new EngineAnswerError("GET http://127.0.0.1:8200/v1/sys/mounts", 403, [
    "permission\n denied\n\n",
  ]);
  expect(error.what).toBe("GET http://127.0.0.1:8200/v1/sys/mounts was answered 403: permission denied.");
  expect(error.exitCode).toBe(3);
});

test.each([
  [403, "permission denied", /token/],
  [429, "rate limit quota exceeded", /quota/],
  [503, "Vault is sealed", /strongroom unseal/],
  [500, "no audit backend succeeded in logging the request", /audit log's disk/],
  [500, "disk full", /server's log/],
  [400, "invalid", /engine's version/],
])("status %p with %p has its own next step", (status, words, step) => {
  expect(new EngineAnswerError("GET x", status, [words]).nextStep).toMatch(step);
});

test("a silence says whether the request may have been carried out", () => {
  const silent = new EngineSilentError(
    "http://127.0.0.1:8200",
    "reset",
    "the connection broke (ECONNRESET)",
    true,
  );
  expect(silent.what).toBe("http://127.0.0.1:8200 gave no answer: the connection broke (ECONNRESET).");
  expect(silent.mayHaveArrived).toBe(true);
});
