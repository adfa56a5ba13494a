import { CAPABILITIES } from "../capability";
import { OPERATIONS } from "../semantics/request";

const strings = { type: "array", items: { type: "string" } } as const;
const engines = {
  type: "array",
  items: { type: "string", pattern: "^(openbao|vault)@v?[0-9]+" },
} as const;
const words = { type: "object", additionalProperties: { type: "string" } } as const;

const policy = {
  anyOf: [
    { type: "string" },
    {
      type: "object",
      required: ["file"],
      additionalProperties: false,
      properties: { file: { type: "string", description: "Relative to the file of cases." } },
    },
  ],
} as const;

/** The entity behind a request, as files of cases and `policy explain --entity` have it. */
export const ENTITY_SCHEMA = {
  type: "object",
  description: "Who asks, for the templates of policies. Default: not known.",
  required: ["id", "name"],
  additionalProperties: false,
  properties: {
    id: { type: "string" },
    name: { type: "string" },
    metadata: words,
    aliases: {
      type: "array",
      items: {
        type: "object",
        required: ["mount_accessor", "id", "name"],
        additionalProperties: false,
        properties: {
          mount_accessor: { type: "string" },
          id: { type: "string" },
          name: { type: "string" },
          metadata: words,
          custom_metadata: words,
        },
      },
    },
    groups: {
      type: "array",
      items: {
        type: "object",
        required: ["id", "name"],
        additionalProperties: false,
        properties: { id: { type: "string" }, name: { type: "string" }, metadata: words },
      },
    },
  },
} as const;

const request = {
  type: "object",
  required: ["operation", "path"],
  additionalProperties: false,
  properties: {
    operation: { enum: OPERATIONS },
    path: {
      type: "string",
      pattern: "^(?!/*v1/).*[^/]",
      description: "Write an API path without /v1/, such as secret/data/app/db.",
    },
    parameters: { type: "object", description: "The body, or the query of a read." },
    wrap_ttl: { type: ["number", "string"], minimum: 0, description: 'Seconds, or a duration such as "5m".' },
    namespace: {
      type: "string",
      description: "That of the request, such as team/. Default: the root namespace.",
    },
  },
} as const;

const expectation = {
  type: "object",
  minProperties: 1,
  additionalProperties: false,
  properties: {
    allowed: { type: "boolean" },
    capabilities: {
      type: "array",
      minItems: 1,
      items: { enum: [...CAPABILITIES, "root"] },
      description:
        "What sys/capabilities answers for the path, in any order; [deny] where nothing is granted.",
    },
    reason: {
      enum: [
        "root",
        "help",
        "granted",
        "no-rule",
        "deny",
        "no-capability",
        "sudo",
        "wrapping",
        "required-parameter",
        "denied-parameter",
        "allowed-parameters",
        "pagination",
        "failure",
        "template",
        "inexact",
      ],
      description: "Why it is allowed or denied.",
    },
    rule: { type: "string", description: "The path of the rule that decides, as written." },
    sudo: { type: "boolean", description: "Whether the path needs sudo." },
    error: {
      type: "string",
      description: "A part of what policy lint says against policies that the engine refuses.",
    },
  },
} as const;

/** The JSON schema (draft 2020-12) of a file of policy cases, published as docs/schema/policy-cases.schema.json. */
export const CASE_FILE_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Policy test cases",
  type: "object",
  required: ["cases"],
  anyOf: [{ required: ["policies"] }, { required: ["environment"] }, { required: ["from"] }],
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: "For editors." },
    engines: {
      ...engines,
      description:
        "Engines to decide for, such as openbao@2.7.2. Default: that of the environment or source, else openbao@2.7.2.",
    },
    environment: {
      type: "string",
      description: "An environment of this project, synthesized: its policies, principals and mounts.",
    },
    from: {
      type: "string",
      description: "Any other source of policies and principals: a folder, a plan, a git revision, live.",
    },
    policies: {
      type: "object",
      description: "Policies by name: their text, or { file: path }.",
      additionalProperties: policy,
    },
    principal: {
      type: "string",
      description:
        "Who asks in cases that do not say: AppRole dotmac. Default: whoever holds all policies of the file.",
    },
    entity: ENTITY_SCHEMA,
    mounts: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "Types of mounts by path, for the paths that need sudo: { pki/: pki }.",
    },
    at: {
      type: "string",
      description:
        "The time of the requests (RFC 3339), for rules that expire. Default: nothing has expired.",
    },
    cases: {
      type: "array",
      items: {
        type: "object",
        required: ["request", "expect"],
        additionalProperties: false,
        properties: {
          name: { type: "string" },
          policies: { ...strings, description: "Policies in force together. Default: all of the file." },
          principal: { type: "string", description: "Who asks, instead of policies by name." },
          engines,
          request,
          expect: expectation,
        },
      },
    },
  },
} as const;
