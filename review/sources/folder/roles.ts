import * as v from "valibot";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { OperationalError } from "../../../base/errors";
import type { Place } from "../../model";

const Name = v.pipe(v.string(), v.nonEmpty("is empty"));
const Names = v.array(Name, "is no list of names");
/** Settings of a role as the engine's API names them: `token_ttl`, `bound_service_account_names`. */
const RoleSettings = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.array(v.string()), v.record(v.string(), v.unknown())]),
);

const Role = v.strictObject({
  policies: Names,
  no_default_policy: v.optional(v.boolean()),
  settings: v.optional(RoleSettings),
  /** The one entity that its logins are. */
  entity: v.optional(Name),
  owner: v.optional(Name),
  system: v.optional(Name),
});

const Entity = v.strictObject({
  policies: v.optional(Names),
  metadata: v.optional(v.record(v.string(), v.string())),
});

const Group = v.strictObject({
  policies: v.optional(Names),
  /** Names of entities. */
  members: v.optional(Names),
  /** Names of groups inside it: their members get its policies too. */
  groups: v.optional(Names),
});

const Mount = v.strictObject({
  type: Name,
  version: v.optional(v.picklist([1, 2], "is neither 1 nor 2")),
});

const RolePath = v.pipe(
  v.string(),
  v.regex(/^auth\/.+\/[^/]+\/[^/]+$/, "is no path of a role, such as auth/approle/role/ci"),
);

/** What stands in a roles file; docs/schema/roles.schema.json says the same for editors. */
const RolesFile = v.strictObject({
  $schema: v.optional(v.string()),
  schema_version: v.literal(1, "is no version that is known: write 1"),
  engine: v.optional(
    v.pipe(v.string(), v.regex(/^(openbao|vault)@\d+\.\d+\.\d+$/, "is no engine, such as openbao@2.7.2")),
  ),
  mounts: v.optional(v.record(Name, Mount)),
  roles: v.optional(v.record(RolePath, Role)),
  entities: v.optional(v.record(Name, Entity)),
  groups: v.optional(v.record(Name, Group)),
});

export type RolesContent = v.InferOutput<typeof RolesFile>;

export interface Roles {
  readonly content: RolesContent;
  /** The place of what stands at a path of keys. */
  readonly placeOf: (...keys: readonly (string | number)[]) => Place;
}

/** @throws OperationalError with file, line and column of the first thing that is wrong */
export function readRoles(text: string, file: string): Roles {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const [broken] = document.errors;
  if (broken) throw wrong(at(broken.pos[0]), broken.message.split("\n")[0] ?? "it is no YAML");
  const placeOf = (...keys: readonly (string | number)[]): Place => {
    for (let length = keys.length; length > 0; length -= 1) {
      const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, length - 1), true);
      const key =
        isMap(parent) &&
        parent.items.find((pair) => isScalar(pair.key) && pair.key.value === keys[length - 1])?.key;
      const node = key || document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) return at(node.range[0]);
    }
    return { file, line: 1, column: 1 };
  };
  const result = v.safeParse(RolesFile, document.toJS() ?? {});
  if (result.success) return { content: result.output, placeOf };
  // A key that is misspelt is missing as well: the spelling is the thing to mend.
  const issue = result.issues.find(({ expected }) => expected === "never") ?? result.issues[0];
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  throw wrong(placeOf(...path), `${path.join(".") || "the file"} ${reasonOf(issue)}`);
}

function reasonOf(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === "never") return "is no key that is known here";
  if (issue.input === undefined) return "is missing";
  return /^[a-z]/.test(issue.message) ? issue.message : `should be ${issue.expected ?? "something else"}`;
}

function wrong({ file, line, column }: Place, what: string): OperationalError {
  return new OperationalError(
    `${file}:${line}:${column}  ${what}.`,
    "Write it as docs/schema/roles.schema.json has it; docs/review.md has an example.",
  );
}
