import type { Construct } from "constructs";
import { every, hours } from "../constructs/duration";
import { generated, number, optional, port, sensitive, text, url } from "../constructs/field";
import { nobody, noOtherSystem } from "../constructs/guardrail-words";
import { System } from "../constructs/system";

/** dotmac: a SaaS platform; one process reads everything below, at start. */
export class Dotmac extends System {
  readonly jwt = this.secret("jwt", {
    description: "Signs and checks access tokens",
    fields: {
      secret_key: generated({ bytes: 48 }),
      algorithm: text("HS256"),
      issuer: text(),
      audience: text(),
    },
    rotate: every(90, "days"),
    env: {
      JWT_SECRET_KEY: "secret_key",
      JWT_ALGORITHM: "algorithm",
      JWT_ISSUER: "issuer",
      JWT_AUDIENCE: "audience",
    },
  });
  readonly postgres = this.secret("database/postgres", {
    description: "Primary PostgreSQL of the platform",
    fields: { host: text(), port: port(5432), database: text(), username: text(), password: sensitive() },
    rotate: every(90, "days"),
    env: {
      DATABASE_HOST: "host",
      DATABASE_PORT: "port",
      DATABASE_NAME: "database",
      DATABASE_USERNAME: "username",
      DATABASE_PASSWORD: "password",
    },
  });
  readonly redis = this.secret("redis", {
    description: "Cache and task queue",
    fields: { host: text(), port: port(6379), password: sensitive(), db: number(0) },
    rotate: every(90, "days"),
    env: { REDIS_HOST: "host", REDIS_PORT: "port", REDIS_PASSWORD: "password", REDIS_DB: "db" },
  });
  readonly sendgrid = this.secret("email/sendgrid", {
    description: "Sends the platform's mail",
    fields: { api_key: sensitive(), from_email: text(), from_name: text() },
    rotate: every(90, "days"),
  });
  readonly twilio = this.secret("sms/twilio", {
    description: "Sends text messages: username is the account SID, password the auth token",
    fields: { username: text(), password: sensitive(), from_number: text() },
    rotate: every(90, "days"),
  });
  readonly s3 = this.secret("storage/s3", {
    description: "Object storage of uploads and exports",
    fields: {
      access_key: sensitive(),
      secret_key: sensitive(),
      endpoint: url(),
      bucket: text(),
      region: text(),
    },
    rotate: every(90, "days"),
  });
  readonly meilisearch = this.secret("search/meilisearch", {
    description: "Full-text search",
    fields: { api_key: sensitive(), url: url() },
    rotate: every(90, "days"),
  });
  /** Not rotated by the calendar: data encrypted with the old key has to be re-encrypted first. */
  readonly encryption = this.secret("encryption", {
    description: "Encrypts columns and files at rest",
    fields: { fernet_key: sensitive(), aes_key: generated({ bytes: 32 }) },
  });
  readonly google = this.secret("oauth/google", {
    description: "Sign-in with Google",
    fields: { client_id: text(), client_secret: sensitive() },
  });
  readonly github = this.secret("oauth/github", {
    description: "Sign-in with GitHub",
    fields: { client_id: text(), client_secret: sensitive() },
  });
  readonly sentry = this.secret("monitoring/sentry", {
    description: "Where errors are reported",
    fields: { dsn: sensitive() },
  });
  readonly datadog = this.secret("monitoring/datadog", {
    description: "Where metrics and traces go",
    fields: { api_key: sensitive(), app_key: optional(sensitive()) },
    rotate: every(180, "days"),
  });

  readonly app = this.appRole("dotmac", { tokenTtl: hours(1), tokenMaxTtl: hours(4) });
  readonly pod = this.kubernetesRole("dotmac", {
    serviceAccounts: ["dotmac"],
    namespaces: ["default"],
    audience: "vault",
    tokenTtl: hours(1),
  });

  constructor(scope: Construct) {
    super(scope, "dotmac", { mount: "secret", owner: "team-platform" });
    this.everySecret().grantRead(this.app, this.pod);

    this.guardrail(noOtherSystem.mayTouch(this.everySecret()));
    // The process reads at start: a token that leaks changes nothing.
    this.guardrail(nobody.mayWrite(this.everySecret()));
    // What was encrypted with a lost key is lost with it.
    this.guardrail(nobody.mayDelete(this.encryption));
  }
}
