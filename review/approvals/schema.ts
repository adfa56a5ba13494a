import { COMPARED_CAPABILITIES } from "../../policies/compare/grant";
import { KV_INTENTS } from "../../policies/kv-intents";
import type { Schema } from "../written/schema";

/** `strongroom.approvals.yaml`, as docs/schema/approvals.schema.json has it for editors. */
export const APPROVALS_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Approvals of strongroom review",
  type: "object",
  additionalProperties: false,
  required: ["approvals"],
  properties: {
    approvals: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["principal", "by", "reason"],
        properties: {
          principal: { type: "string", pattern: "^\\S(.*\\S)?$" },
          secret: {
            type: "string",
            pattern: "^[^*]+\\*?$",
            description: "A secret, or with a star at the end all below a path: secret/goblin-assistant/*.",
          },
          intents: { type: "array", items: { type: "string", enum: Object.keys(KV_INTENTS) } },
          path: {
            type: "string",
            pattern: "^[^*]+\\*?$",
            description: "A path of the API, as a rule would write it: transit/encrypt/app, sys/mounts/*.",
          },
          capabilities: {
            type: "array",
            items: { type: "string", enum: COMPARED_CAPABILITIES },
          },
          constraint: { type: "string", pattern: "^\\S+$" },
          to: {
            type: "string",
            pattern: "\\S",
            description:
              "Of a constraint: the value that is approved, as the review shows it, such as 20 min. Without it, any value is.",
          },
          escalation: { type: "boolean" },
          by: { type: "string", pattern: "\\S" },
          reason: { type: "string", pattern: "\\S" },
          until: {
            type: "string",
            pattern: "^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d))?$",
          },
        },
        anyOf: [
          { required: ["secret"] },
          { required: ["path"] },
          { required: ["constraint"] },
          { required: ["escalation"] },
        ],
      },
    },
  },
} as const satisfies Schema & { readonly $schema: string; readonly title: string };
