import type { Construct } from "constructs";
import { every, hours } from "../constructs/duration";
import { generated, number, optional, port, sensitive, text, url } from "../constructs/field";
import { nobody, noOtherSystem, only } from "../constructs/guardrail-words";
import { System } from "../constructs/system";

/** claude-optimized-deployment: deploys with AI tools; falls back to environment variables where no server is. */
export class ClaudeOptimizedDeployment extends System {
  readonly connection = this.secret("database/connection", {
    description: "Main database; its password is replaced by the application itself",
    fields: {
      // The whole address has the password in it.
      url: sensitive(),
      host: text(),
      port: port(5432),
      user: text(),
      password: sensitive(),
      name: text(),
    },
    rotate: every(30, "days"),
    env: { DATABASE_URL: "url", DB_HOST: "host", DB_PORT: "port" },
  });
  readonly pool = this.secret("database/pool", {
    description: "Limits of the connection pool",
    fields: { size: number(10), max_overflow: number(20), timeout: number(30) },
    env: { DB_POOL_SIZE: "size" },
  });
  readonly jwt = this.secret("auth/jwt", {
    description: "Signs session tokens",
    fields: { secret: generated({ bytes: 48 }), algorithm: text("HS256") },
    rotate: every(90, "days"),
    env: { JWT_SECRET_KEY: "secret" },
  });
  readonly appSecret = this.secret("auth/app", {
    description: "Application-level key for cookies and one-time links",
    fields: { secret: generated({ bytes: 32 }) },
    rotate: every(90, "days"),
  });
  readonly anthropic = this.secret("api-keys/anthropic", {
    description: "Calls to the Anthropic API",
    fields: { key: sensitive() },
    rotate: every(90, "days"),
    env: { ANTHROPIC_API_KEY: "key" },
  });
  readonly openai = this.secret("api-keys/openai", {
    description: "Calls to the OpenAI API",
    fields: { key: sensitive() },
    rotate: every(90, "days"),
    env: { OPENAI_API_KEY: "key" },
  });
  readonly google = this.secret("api-keys/google", {
    description: "Calls to Google's APIs",
    fields: { key: sensitive() },
    rotate: every(90, "days"),
  });
  readonly redis = this.secret("cache/redis", {
    description: "Response cache",
    fields: { host: text(), port: port(6379), password: sensitive() },
    rotate: every(90, "days"),
  });
  readonly prometheus = this.secret("monitoring/prometheus", {
    description: "Where metrics are scraped and pushed",
    fields: { url: url(), username: optional(text()), password: optional(sensitive()) },
  });
  readonly grafana = this.secret("monitoring/grafana", {
    description: "Dashboards",
    fields: { url: url(), api_key: sensitive() },
  });

  readonly app = this.appRole("myapp", { tokenTtl: hours(1), tokenMaxTtl: hours(4) });

  constructor(scope: Construct) {
    super(scope, "claude-optimized-deployment", { mount: "secret", owner: "team-deployment" });
    this.everySecret().grantRead(this.app);
    for (const key of [this.anthropic, this.openai, this.google]) key.grantList(this.app);
    for (const secret of [this.connection, this.pool]) {
      secret.grantRotate(this.app);
      secret.grantDelete(this.app);
    }

    this.guardrail(noOtherSystem.mayTouch(this.everySecret()));
    this.guardrail(only(this.app).mayWrite(this.connection, this.pool));
    // The application replaces its own password, and no key that somebody pays for.
    this.guardrail(nobody.mayWrite(this.anthropic, this.openai, this.google));
    // Older versions are the history of every change.
    this.guardrail(nobody.mayDestroy(this.everySecret()));
  }
}
