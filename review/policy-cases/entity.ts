import type { Entity } from "../../policies/semantics/templates";

type Words = { readonly [key: string]: string };

/** An entity as a file of cases has it. */
export interface WrittenEntity extends Omit<Entity, "aliases"> {
  readonly aliases?: readonly {
    readonly mount_accessor: string;
    readonly id: string;
    readonly name: string;
    readonly metadata?: Words;
    readonly custom_metadata?: Words;
  }[];
}

/** The same in the words of policies/. */
export function entityOf({ aliases, ...rest }: WrittenEntity): Entity {
  if (!aliases) return rest;
  return {
    ...rest,
    aliases: aliases.map(({ mount_accessor: mountAccessor, custom_metadata: customMetadata, ...alias }) => ({
      mountAccessor,
      ...alias,
      ...(customMetadata === undefined ? {} : { customMetadata }),
    })),
  };
}
