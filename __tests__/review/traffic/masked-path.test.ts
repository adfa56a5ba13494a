import { maskedPath } from "../../../review/traffic/masked-path";

test.each([
  ["secret/data/app/db", "secret/data/app/db"],
  ["auth/token/lookup/0f1e2d3c-aaaa-bbbb-cccc-000000000000", "auth/token/lookup/…"],
  ["team/auth/token/revoke-orphan/s.abcdef", "team/auth/token/revoke-orphan/…"],
  ["auth/token/lookup-self", "auth/token/lookup-self"],
  ["secret/data/hvs.CAESIJabcdefghijklmnop/x", "secret/data/…/x"],
  ["secret/data/hvs.short", "secret/data/hvs.short"],
  ["cubbyhole/hmac-sha256:00ff", "cubbyhole/…"],
])("%s is shown as %s", (path, shown) => {
  expect(maskedPath(path)).toBe(shown);
});
