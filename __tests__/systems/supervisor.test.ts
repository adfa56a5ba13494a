import { grantsOf, principalsOf, synthesizeDev, treeOf } from "./workbench";

const dev = synthesizeDev();
const PROJECTS = ["consilio", "odin", "openhorizon", "health-agent"];

test("supervisor keeps one value and its description for each secret of a project or an area", () => {
  expect(treeOf(dev, "supervisor")).toEqual({
    "secret/project/{project}/{name}": "value description",
    "secret/meta/{area}/{name}": "value description",
  });
});

test("each project has a supervisor of its own, which reaches that project alone", () => {
  expect(principalsOf(dev, "supervisor")).toEqual(
    Object.fromEntries(
      ["supervisor", ...PROJECTS.map((project) => `supervisor-${project}`)].map((role) => [
        `auth/approle/role/${role}`,
        [role],
      ]),
    ),
  );
  for (const project of PROJECTS) {
    expect(grantsOf(dev, `supervisor-${project}`)).toEqual([
      `list secret/project/${project}/+`,
      `rotate secret/project/${project}/+`,
    ]);
  }
});

test("the supervisor above them stores, finds and removes every secret", () => {
  expect(grantsOf(dev, "supervisor").sort()).toEqual(
    ["delete", "list", "rotate"].flatMap((intent) => [
      `${intent} secret/meta/+/+`,
      `${intent} secret/project/+/+`,
    ]),
  );
});
