import { grantsOf, principalsOf, synthesizeDev, treeOf } from "./workbench";

const dev = synthesizeDev();

test("goblin-assistant keeps providers, backups and rotations", () => {
  expect(treeOf(dev, "goblin-assistant")).toEqual({
    "secret/goblin-assistant/rotations": "provider rotated_at rotated_by backup",
    "secret/goblin-assistant/providers/{provider}": "api_key api_secret?",
    "secret/goblin-assistant/backups/{provider}/{timestamp}": "api_key api_secret?",
  });
});

test("the assistant reads providers; CI writes and cannot read", () => {
  expect(principalsOf(dev, "goblin-assistant")).toEqual({
    "auth/approle/role/goblin-assistant": ["goblin-assistant"],
    "auth/approle/role/goblin-ci": ["goblin-ci"],
  });
  expect(grantsOf(dev, "goblin-assistant").sort()).toEqual([
    "list secret/goblin-assistant/providers/+",
    "read secret/goblin-assistant/providers/+",
  ]);
  expect(grantsOf(dev, "goblin-ci").sort()).toEqual([
    "write secret/goblin-assistant/backups/+/+",
    "write secret/goblin-assistant/providers/+",
    "write secret/goblin-assistant/rotations",
  ]);
  expect(dev.policies.get("goblin-ci")).not.toMatch(/"(read|list|delete|sudo)"/);
});
