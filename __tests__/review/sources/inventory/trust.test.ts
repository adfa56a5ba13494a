import { trustOf } from "../../../../review/sources/inventory/trust";

const shown = (config: Parameters<typeof trustOf>[0]): string => JSON.stringify(trustOf(config));

test.each([
  [
    "a map",
    (secret: string) => ({ provider_config: { provider: "gsuite", gsuite_service_account: secret } }),
  ],
  ["a map as text", (secret: string) => ({ provider_config: `{"gsuite_service_account": "${secret}"}` })],
  ["a list of maps", (secret: string) => ({ jwks_pairs: [{ jwks_url: `https://a?sig=${secret}` }] })],
  ["the user of an address", (secret: string) => ({ url: `ldaps://u:${secret}@h, ldaps://v:${secret}@i` })],
  ["a password with a slash", (secret: string) => ({ url: `ldaps://u:a/${secret}@h` })],
  ["the query of an address", (secret: string) => ({ jwks_url: `https://h/keys?sig=${secret}&x=1` })],
])("what may be a credential in %s is not shown, and a change of it is", (_, config) => {
  expect(trustOf(config("hidden-1"))).toHaveLength(1);
  expect(shown(config("hidden-1"))).not.toContain("hidden");
  expect(shown(config("hidden-1"))).not.toBe(shown(config("hidden-2")));
});

test("whom a method trusts is shown as it is", () => {
  expect(trustOf({ jwks_url: "https://h/keys", url: "ldaps://h", provider_config: {} })).toEqual([
    { name: "config.jwks_url", kind: "exact", value: "https://h/keys" },
    { name: "config.url", kind: "exact", value: "ldaps://h" },
  ]);
});
