import type { Construct } from "constructs";
import { every, hours } from "../constructs/duration";
import { optional, sensitive, text } from "../constructs/field";
import { nobody, noOtherSystem } from "../constructs/guardrail-words";
import { System } from "../constructs/system";

/** Chaque trimestre, comme le veut le guide. */
const rotate = every(90, "days");

const stripe = {
  api_key: sensitive(),
  publishable_key: optional(text()),
  webhook_secret: optional(sensitive()),
};

/** Une même clé, différente dans chaque environnement. */
const api = { key: sensitive() };

/** datligent : les clés des serveurs MCP, stockées une fois et partagées par tous les outils IA. */
export class Datligent extends System {
  readonly deepl = this.secret("mcp/shared/deepl", {
    description: "Clé API DeepL, pour la traduction",
    fields: { api_key: sensitive() },
    rotate,
  });
  readonly github = this.secret("mcp/shared/github", {
    description: "Token GitHub, pour les dépôts",
    fields: { token: sensitive() },
    rotate,
    env: { GITHUB_TOKEN: "token" },
  });
  readonly composio = this.secret("mcp/shared/composio", {
    description: "Accès Composio",
    fields: { api_key: sensitive(), entity_id: text() },
    rotate,
  });
  readonly anthropic = this.secret("mcp/shared/anthropic", {
    description: "Clé API Anthropic, pour Claude Code et Cursor",
    fields: { api_key: sensitive() },
    rotate,
    env: { ANTHROPIC_API_KEY: "api_key" },
  });
  readonly openai = this.secret("mcp/shared/openai", {
    description: "Clé API OpenAI",
    fields: { api_key: sensitive() },
    rotate,
    env: { OPENAI_API_KEY: "api_key" },
  });
  readonly stripeDev = this.secret("mcp/shared/stripe-dev", {
    description: "Stripe, environnement de développement",
    fields: stripe,
    rotate,
  });
  readonly stripeStaging = this.secret("mcp/shared/stripe-staging", {
    description: "Stripe, environnement de recette",
    fields: stripe,
    rotate,
  });
  readonly stripeProd = this.secret("mcp/shared/stripe-prod", {
    description: "Stripe, environnement de production",
    fields: stripe,
    rotate,
  });
  readonly apiDev = this.secret("mcp/shared/api-dev", {
    description: "API interne, environnement de développement",
    fields: api,
    rotate,
  });
  readonly apiStaging = this.secret("mcp/shared/api-staging", {
    description: "API interne, environnement de recette",
    fields: api,
    rotate,
  });
  readonly apiProd = this.secret("mcp/shared/api-prod", {
    description: "API interne, environnement de production",
    fields: api,
    rotate,
  });
  /** Tout autre service, ajouté sans changer le code. */
  readonly shared = this.family("mcp/shared/{service}", {
    description: "Les clés d'un service partagé par les outils IA",
    fields: { api_key: sensitive() },
    rotate,
  });

  /** Le jeton des outils IA : 768 h, renouvelable. */
  readonly aiTools = this.tokenRole("ai-tools", { policyName: "ai-tools-mcp-access", period: hours(768) });

  constructor(scope: Construct) {
    super(scope, "datligent", { mount: "datligent", owner: "equipe-datligent" });
    const all = this.everySecret();
    all.grantList(this.aiTools);
    all.grantRotate(this.aiTools);

    this.guardrail(noOtherSystem.mayTouch(all));
    // Un outil IA remplace une clé ; il n'en efface aucune.
    this.guardrail(nobody.mayDelete(all));
  }
}
