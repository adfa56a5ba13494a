/** The part of JSON schema (draft 2020-12) in which the files that people write are described. */
export interface Schema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly properties?: { readonly [key: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: false | Schema;
  readonly minProperties?: number;
  /** For numbers; of other types it says nothing. */
  readonly minimum?: number;
  readonly minItems?: number;
  /** What every key has to be; its description is the advice. */
  readonly propertyNames?: Pick<Schema, "type" | "pattern" | "description">;
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly pattern?: string;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  /** For people and editors. */
  readonly description?: string;
}

export type SchemaType = "string" | "number" | "integer" | "boolean" | "object" | "array";
