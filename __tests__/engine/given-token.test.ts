import { givenToken } from "../../engine/given-token";

test("either name is taken, OpenBao's own first, and an empty one is none", () => {
  expect(givenToken({ VAULT_TOKEN: "vault" })).toBe("vault");
  expect(givenToken({ BAO_TOKEN: "bao", VAULT_TOKEN: "vault" })).toBe("bao");
  expect(givenToken({ BAO_TOKEN: "", VAULT_TOKEN: "" })).toBeUndefined();
});
