import { grantsOf, principalsOf, synthesizeDev, treeOf } from "./workbench";

const dev = synthesizeDev();

test("datligent keeps every service and key of its guide, on a mount of its own, and any service to come", () => {
  const stripe = "api_key publishable_key? webhook_secret?";
  expect(treeOf(dev, "datligent")).toEqual({
    "datligent/mcp/shared/deepl": "api_key",
    "datligent/mcp/shared/github": "token",
    "datligent/mcp/shared/composio": "api_key entity_id",
    "datligent/mcp/shared/anthropic": "api_key",
    "datligent/mcp/shared/openai": "api_key",
    "datligent/mcp/shared/stripe-dev": stripe,
    "datligent/mcp/shared/stripe-staging": stripe,
    "datligent/mcp/shared/stripe-prod": stripe,
    "datligent/mcp/shared/api-dev": "key",
    "datligent/mcp/shared/api-staging": "key",
    "datligent/mcp/shared/api-prod": "key",
    "datligent/mcp/shared/{service}": "api_key",
  });
});

test("datligent's keys all rotate every 90 days", () => {
  const own = [...dev.catalog.secrets, ...dev.catalog.families].filter(
    ({ system }) => system === "datligent",
  );
  expect([...new Set(own.map((each) => each.rotate_seconds))]).toEqual([90 * 24 * 60 * 60]);
});

test("AI tools carry the policy ai-tools-mcp-access and nothing else, and rotate and list every key", () => {
  expect(principalsOf(dev, "datligent")).toEqual({ "auth/token/roles/ai-tools": ["ai-tools-mcp-access"] });
  const every = Object.keys(treeOf(dev, "datligent")).map((path) => path.replace("{service}", "+"));
  expect(grantsOf(dev, "ai-tools", "token").sort()).toEqual(
    every.flatMap((path) => [`list ${path}`, `rotate ${path}`]).sort(),
  );
});
