import { accessRequestOf } from "../../../policies/semantics/http";

test("methods become operations, and queries the parameters of reads", () => {
  expect(accessRequestOf({ method: "GET", path: "/v1/secret/data/a", query: { version: "2" } })).toEqual({
    operation: "read",
    path: "secret/data/a",
    data: { version: "2" },
  });
  expect(
    accessRequestOf({ method: "GET", path: "secret/metadata/a", query: { list: "true", limit: "5" } }),
  ).toEqual({ operation: "list", path: "secret/metadata/a", data: { limit: "5" } });
  expect(accessRequestOf({ method: "HEAD", path: "a" })?.operation).toBe("header");
  expect(accessRequestOf({ method: "GET", path: "a", query: { help: "1" } })?.operation).toBe("help");
});

test("a write is a create only where the mount looks and finds nothing", () => {
  const write = { method: "POST", path: "a", body: { x: 1 }, namespace: "/team" };
  expect(accessRequestOf(write)).toEqual({
    operation: "update",
    path: "a",
    data: { x: 1 },
    namespace: "team/",
  });
  expect(accessRequestOf(write, true)?.operation).toBe("update");
  expect(accessRequestOf(write, false)?.operation).toBe("create");
});

test("a method that engines do not know is none", () => {
  expect(accessRequestOf({ method: "BREW", path: "a" })).toBeUndefined();
});
