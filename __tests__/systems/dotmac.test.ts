import { grantsOf, principalsOf, synthesizeDev, treeOf, variablesOf } from "./workbench";

const dev = synthesizeDev();

test("dotmac keeps every path and key of its guide", () => {
  expect(treeOf(dev, "dotmac")).toEqual({
    "secret/jwt": "secret_key algorithm issuer audience",
    "secret/database/postgres": "host port database username password",
    "secret/redis": "host port password db",
    "secret/email/sendgrid": "api_key from_email from_name",
    "secret/sms/twilio": "username password from_number",
    "secret/storage/s3": "access_key secret_key endpoint bucket region",
    "secret/search/meilisearch": "api_key url",
    "secret/encryption": "fernet_key aes_key",
    "secret/oauth/google": "client_id client_secret",
    "secret/oauth/github": "client_id client_secret",
    "secret/monitoring/sentry": "dsn",
    "secret/monitoring/datadog": "api_key app_key?",
  });
});

test("dotmac logs in by AppRole and from its pods, and reads everything that is its own", () => {
  expect(principalsOf(dev, "dotmac")).toEqual({
    "auth/approle/role/dotmac": ["dotmac"],
    "auth/kubernetes/role/dotmac": ["dotmac-kubernetes"],
  });
  const everything = Object.keys(treeOf(dev, "dotmac")).map((path) => `read ${path}`);
  expect(grantsOf(dev, "dotmac")).toEqual(everything);
  expect(grantsOf(dev, "dotmac", "kubernetes")).toEqual(everything);
});

test("dotmac's values that must not be shown are sensitive", () => {
  const shown = dev.catalog.secrets
    .filter(({ system }) => system === "dotmac")
    .flatMap(({ fields }) => Object.entries(fields).filter(([, field]) => !field.sensitive));
  expect(shown.map(([name]) => name).filter((name) => /password|secret|key|dsn|token/.test(name))).toEqual(
    [],
  );
});

test("dotmac's variables are those that its settings read", () => {
  expect(variablesOf(dev, "dotmac")).toMatchObject({
    DATABASE_PASSWORD: "database/postgres/password",
    JWT_SECRET_KEY: "jwt/secret_key",
    REDIS_PASSWORD: "redis/password",
  });
});
