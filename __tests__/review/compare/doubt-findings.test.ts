import { reviewRevisions } from "../../../review/compare/review-revisions";
import { assemble } from "../../../review/sources/inventory/assemble";
import { emptyInventory } from "../../../review/sources/inventory/inventory";
import { record } from "../../../review/sources/inventory/record";

/** A role that holds a policy which both engines refuse. */
function refused(engine: string, text = 'path "a" { capabilities = ["raed"] }') {
  const inventory = emptyInventory();
  const put = (path: string, settings: object) =>
    record(inventory, { path, settings: settings as { [name: string]: string }, label: path });
  put("sys/policies/acl/app", { policy: text });
  put("auth/approle/role/app", { token_policies: "app" });
  return assemble(inventory, "sketch", engine);
}

const told = (before: ReturnType<typeof refused>, after: ReturnType<typeof refused>) => {
  const { findings, notes } = reviewRevisions(before, after);
  return { unknown: findings.filter(({ kind }) => kind === "unknown").map((each) => each.sentence), notes };
};

describe("a policy that the engine refuses on both sides", () => {
  test("is a note where it is the same text for the same engine", () => {
    const { unknown, notes } = told(refused("vault@1.21.1"), refused("vault@1.21.1"));
    expect(unknown).toEqual([]);
    expect(notes).toContainEqual(
      expect.stringMatching(/^Before and after: the policy app cannot be read: .*raed/),
    );
  });

  test("is unknown for another engine: what a server holds since an older version is decided by each in its way", () => {
    const { unknown } = told(refused("vault@1.12.0"), refused("vault@1.21.1"));
    expect(unknown).toEqual([expect.stringContaining("holds the policy app, which cannot be read")]);
  });

  test("is unknown where its text changed", () => {
    const other = refused("vault@1.21.1", 'path "b" { capabilities = ["raed"] }');
    expect(told(refused("vault@1.21.1"), other).unknown).toHaveLength(1);
  });
});
