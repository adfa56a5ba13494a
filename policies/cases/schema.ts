import { CAPABILITIES } from "../capability";

const strings = { type: "array", items: { type: "string" } } as const;

/** The JSON schema (draft 2020-12) of a file of policy cases. */
export const CASE_FILE_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Policy test cases",
  type: "object",
  required: ["policies", "cases"],
  additionalProperties: false,
  properties: {
    engines: {
      ...strings,
      description: "Engines to decide for, such as openbao@2.7.2. Default: openbao@2.7.2.",
    },
    policies: {
      type: "object",
      description: "Policies by name: their text, or { file: path }.",
      additionalProperties: {
        oneOf: [
          { type: "string" },
          {
            type: "object",
            required: ["file"],
            additionalProperties: false,
            properties: { file: { type: "string" } },
          },
        ],
      },
    },
    cases: {
      type: "array",
      items: {
        type: "object",
        required: ["request", "expect"],
        additionalProperties: false,
        properties: {
          name: { type: "string" },
          policies: { ...strings, description: "Policies in force together. Default: all." },
          engines: strings,
          request: {
            type: "object",
            required: ["operation", "path"],
            additionalProperties: false,
            properties: {
              operation: {
                enum: [
                  "create",
                  "read",
                  "update",
                  "patch",
                  "delete",
                  "list",
                  "scan",
                  "recover",
                  "renew",
                  "revoke",
                  "rollback",
                  "help",
                ],
              },
              path: { type: "string", description: "Without /v1/." },
              parameters: { type: "object", description: "The body, or the query of a read." },
              wrap_ttl: { type: ["number", "string"], description: 'Seconds, or a duration such as "5m".' },
              namespace: { type: "string" },
            },
          },
          expect: {
            type: "object",
            minProperties: 1,
            additionalProperties: false,
            properties: {
              allowed: { type: "boolean" },
              capabilities: { type: "array", items: { enum: [...CAPABILITIES, "root"] } },
              reason: { type: "string" },
              rule: { type: "string" },
              sudo: { type: "boolean" },
              error: { type: "string" },
            },
          },
        },
      },
    },
  },
} as const;
