import { entryOf, recordedVerdict } from "../../../review/traffic/audit-entry";
import { answered, type LoggedRequest } from "./log";

function verdictOf(request: LoggedRequest, olderServer = false): string | undefined {
  const json = answered(request) as { auth?: { policy_results?: object } };
  if (olderServer) delete json.auth?.policy_results;
  const found = entryOf(json);
  return found && recordedVerdict(found.entry);
}

describe("what the log says of the policies", () => {
  test("is what the engine wrote down, whatever the error is", () => {
    expect(verdictOf({ path: "a" })).toBe("allowed");
    expect(verdictOf({ path: "a", allowed: false })).toBe("denied");
    expect(verdictOf({ path: "a", allowed: true, error: "permission denied" })).toBe("allowed");
  });

  test("is told from the error on servers that wrote down no more", () => {
    expect(verdictOf({ path: "a", error: "1 error occurred:\n\t* permission denied\n" }, true)).toBe(
      "denied",
    );
    expect(verdictOf({ path: "a", error: "1 error occurred:\n\t* unsupported path\n" }, true)).toBe(
      "allowed",
    );
  });

  test("is nothing for requests without a valid token", () => {
    expect(verdictOf({ path: "a", anonymous: true, allowed: false })).toBeUndefined();
  });
});

test("a login is no request of the token that it gives, even where a token was sent with it", () => {
  const gives = { accessor: "hmac-sha256:77", role: "app" };
  const login = { path: "auth/approle/login", operation: "update", accessor: gives.accessor, gives };
  expect(entryOf(answered(login))?.entry).toMatchObject({
    token: undefined,
    issued: { accessor: gives.accessor, role: "app" },
  });
});

test.each([null, 1, "text", [], {}, { type: "response" }, { type: 1, request: { operation: "read" } }])(
  "%j is no entry",
  (json) => {
    expect(entryOf(json)).toBeUndefined();
  },
);
