import fc from "fast-check";
import { PolicyDocument, type PolicyRule } from "../../../../policies/document";
import { AccessList } from "../../../../policies/semantics/access-list";
import type { Entity } from "../../../../policies/semantics/templates";
import { type Oracle, roundOf } from "../oracle";
import { Disagreement, type Stage } from "../stage";

const directive = fc.constantFrom(
  "identity.entity.id",
  " identity.entity.name ",
  "identity.entity.metadata.team",
  "identity.entity.metadata.team",
  "identity.entity.metadata.none",
  "identity.entity.nam",
  "identity.entity.metadata",
  "identity.entity.aliases.ACCESSOR.name",
  "identity.entity.aliases.ACCESSOR.id",
  "identity.entity.aliases.ACCESSOR.metadata.x",
  "identity.entity.aliases.ACCESSOR.custom_metadata.c",
  "identity.entity.aliases.nobody.id",
  "identity.groups.names.tg.id",
  "identity.groups.names.tg.metadata.level",
  "identity.groups.ids.GROUP.name",
  "identity.groups.names.other.id",
  "time.later",
);
const value = fc.constantFrom("blue", "Blue", "", "a*", "a/b", "+", "\u00e9", "A b", "{{x}}");
const capabilities = fc.constantFrom<PolicyRule["capabilities"]>(["read"], ["list"], ["deny"], []);
type Allowed = "slashes" | "wildcards";
const fixed: readonly PolicyRule[] = [
  { path: "s/*", capabilities: ["update"] },
  { path: "s/x-+", capabilities: ["delete"] },
];

/** Rules that are filled with what the engine knows of the caller. */
export const templates: Oracle = {
  name: "templates are filled the same",
  facts:
    "section 6: every directive, misspelt and unresolved ones, empty values, values with `/`, `*` and `+`",
  share: 2.5,
  async prepare(stage) {
    const person = await Person.make(stage);
    const path = fc
      .tuple(fc.constantFrom("", "s/", "s/x-", "s/+/"), directive, fc.constantFrom("", "*", "/*", "/+", "/a"))
      .map(([head, inner, tail]) => `${head}{{${person.named(inner)}}}${tail}`)
      .filter((text) => !text.includes("+*"));
    const cases = fc.record({
      policy: fc.array(fc.record({ path, capabilities }), { minLength: 1, maxLength: 4 }),
      team: value,
      allowed: stage.isOpenBao ? fc.subarray<Allowed>(["slashes", "wildcards"]) : fc.constant<Allowed[]>([]),
    });
    return roundOf(this.name, cases, async ({ policy, team, allowed }) => {
      await stage.root("POST", `identity/entity/id/${person.entity.id}`, { name: "ent", metadata: { team } });
      await person.write([policy, fixed], allowed);
      const list = AccessList.compile(
        [policy, fixed].map((rules, index) => ({
          name: `templates${index}`,
          document: new PolicyDocument(rules),
          allowedInTemplates: allowed.flatMap((each) =>
            each === "slashes" ? ["/" as const] : (["*", "+"] as const),
          ),
        })),
        { engine: stage.engine, entity: { ...person.entity, metadata: { team } } },
      );
      if (list.uncertain.length > 0) return;
      const values = [...person.values(), team, "7", ""];
      const paths = [
        ...new Set(
          values.flatMap((each) => [
            each,
            `s/${each}`,
            `s/x-${each}`,
            `s/${each}/a`,
            `s/q/${each}/`,
            `${each}/zz/y`,
          ]),
        ),
      ].filter((each) => each.trim() === each && each !== "");
      if (list.failure === undefined) return stage.compareCapabilities(list, person.token, paths);
      // The engine fails each request of such a token, this one too.
      const answer = await stage.server.ask("POST", "sys/capabilities", { token: person.token, paths });
      stage.decided("sys/capabilities", paths.length);
      if (answer.text.includes("error parsing templated policy")) return;
      throw new Disagreement({ policy, team, allowed }, list.failure, answer.text.slice(0, 200));
    });
  },
};

/** Who logs in: an entity with an alias, in a group, all of them with metadata. */
class Person {
  private constructor(
    readonly stage: Stage,
    readonly token: string,
    readonly entity: Entity,
  ) {}

  static async make(stage: Stage): Promise<Person> {
    const seat = await stage.seat("templates", 2);
    const login = await stage.login("templated", seat.names);
    const looked = await stage.root("GET", `identity/entity/id/${login.entity}`);
    const alias = (looked.data as { aliases: { mount_accessor: string; id: string; name: string }[] })
      .aliases[0];
    if (!alias) throw new Error("the entity has no alias");
    await stage.root("POST", `identity/entity-alias/id/${alias.id}`, {
      name: alias.name,
      canonical_id: login.entity,
      mount_accessor: alias.mount_accessor,
      custom_metadata: { c: "own" },
    });
    const group = await stage.root("POST", "identity/group", {
      name: "tg",
      member_entity_ids: [login.entity],
      metadata: { level: "7" },
    });
    const groupId = (group.data as { id: string }).id;
    return new Person(stage, login.token, {
      id: login.entity,
      name: "ent",
      aliases: [
        {
          mountAccessor: alias.mount_accessor,
          id: alias.id,
          name: alias.name,
          metadata: {},
          customMetadata: { c: "own" },
        },
      ],
      groups: [{ id: groupId, name: "tg", metadata: { level: "7" } }],
    });
  }

  /** A directive with the names that this engine gave. */
  named(text: string): string {
    const accessor = this.entity.aliases?.[0]?.mountAccessor ?? "";
    return text.replace("ACCESSOR", accessor).replace("GROUP", this.entity.groups?.[0]?.id ?? "");
  }

  values(): string[] {
    const { id, name, aliases = [], groups = [] } = this.entity;
    return [
      id,
      name,
      "own",
      ...aliases.flatMap((each) => [each.id, each.name]),
      ...groups.flatMap((each) => [each.id, each.name]),
    ];
  }

  async write(policies: readonly (readonly PolicyRule[])[], allowed: readonly string[]): Promise<void> {
    const flags = Object.fromEntries(
      ["slashes", "wildcards"].map((each) => [`allow_${each}_in_identity_templates`, allowed.includes(each)]),
    );
    for (const [index, rules] of policies.entries())
      await this.stage.mustWrite(
        `templates${index}`,
        new PolicyDocument(rules),
        this.stage.isOpenBao ? flags : {},
      );
  }
}
