import { grantsOf, principalsOf, synthesizeDev, treeOf, variablesOf } from "./workbench";

const dev = synthesizeDev();
const SYSTEM = "claude-optimized-deployment";

test("claude-optimized-deployment keeps every path and key of its guide", () => {
  expect(treeOf(dev, SYSTEM)).toEqual({
    "secret/database/connection": "url host port user password name",
    "secret/database/pool": "size max_overflow timeout",
    "secret/auth/jwt": "secret algorithm",
    "secret/auth/app": "secret",
    "secret/api-keys/anthropic": "key",
    "secret/api-keys/openai": "key",
    "secret/api-keys/google": "key",
    "secret/cache/redis": "host port password",
    // The guide names these two folders and no keys in them.
    "secret/monitoring/prometheus": "url username? password?",
    "secret/monitoring/grafana": "url api_key",
  });
});

test("claude-optimized-deployment falls back to every variable of its guide", () => {
  expect(variablesOf(dev, SYSTEM)).toEqual({
    DATABASE_URL: "database/connection/url",
    DB_HOST: "database/connection/host",
    DB_PORT: "database/connection/port",
    DB_POOL_SIZE: "database/pool/size",
    JWT_SECRET_KEY: "auth/jwt/secret",
    ANTHROPIC_API_KEY: "api-keys/anthropic/key",
    OPENAI_API_KEY: "api-keys/openai/key",
  });
});

test("the database password rotates every 30 days", () => {
  const connection = dev.catalog.secrets.find(({ path }) => path === "database/connection");
  expect(connection?.rotate_seconds).toBe(30 * 24 * 60 * 60);
});

test("myapp reads everything, sees which API keys there are, and does with the database what it likes", () => {
  expect(principalsOf(dev, SYSTEM)).toEqual({ "auth/approle/role/myapp": [`${SYSTEM}-myapp`] });
  const reads = Object.keys(treeOf(dev, SYSTEM)).map((path) => `read ${path}`);
  const more = grantsOf(dev, "myapp").filter((grant) => !reads.includes(grant));
  expect(grantsOf(dev, "myapp")).toEqual(expect.arrayContaining(reads));
  expect(more.sort()).toEqual([
    "delete secret/database/connection",
    "delete secret/database/pool",
    "list secret/api-keys/anthropic",
    "list secret/api-keys/google",
    "list secret/api-keys/openai",
    "rotate secret/database/connection",
    "rotate secret/database/pool",
  ]);
});
