import { sensitive } from "../../constructs/field";
import { refusal, rulesOf, Workbench } from "./workbench";

describe("a family", () => {
  test("gives the path of a member", () => {
    const family = new Workbench().family("project/{project}/{name}");
    expect(family.parameters()).toEqual(["project", "name"]);
    expect(family.pathOf({ project: "odin", name: "openai_api_key" })).toBe("project/odin/openai_api_key");
  });

  test.each(["CONSILIO", "a/b", "", "..", "+", "*", "é", ".hidden", "a b"])("has no member %j", (project) => {
    const family = new Workbench().family("project/{project}/{name}");
    expect(refusal(() => family.pathOf({ project, name: "key" }))).toBe(
      `HERE  test/shop/project.{project}.{name}: "${project}" cannot be the {project} of project/{project}/{name}.\n` +
        "  Use one segment of lower-case letters, digits and . _ -.",
    );
  });

  test("has no member without a value for each parameter", () => {
    const family = new Workbench().family("project/{project}/{name}");
    expect(refusal(() => family.pathOf({ project: "odin" } as never))).toBe(
      "HERE  test/shop/project.{project}.{name}: no value for {name}.\n  Give every parameter a value.",
    );
  });

  test("grants every member, and sees names in every folder from the first parameter down", () => {
    const bench = new Workbench();
    const role = bench.appRole();
    const family = bench.family("project/{project}/{name}");
    family.grantRead(role);
    family.grantList(role);
    expect(rulesOf(role)).toEqual([
      'secret/data/project/+/+ ["read"]',
      'secret/metadata/project/ ["list"]',
      'secret/metadata/project/+/ ["list"]',
    ]);
  });

  test("grants the members that have a value alone", () => {
    const bench = new Workbench();
    const role = bench.appRole();
    const odin = bench.family("project/{project}/{name}").where({ project: "odin" });
    odin.grantRead(role);
    odin.grantList(role);
    expect(rulesOf(role)).toEqual([
      'secret/data/project/odin/+ ["read"]',
      'secret/metadata/project/odin/ ["list"]',
    ]);
  });

  test("grants one member where every parameter has a value", () => {
    const bench = new Workbench();
    const role = bench.appRole();
    bench.family("project/{project}/{name}").where({ project: "odin", name: "key" }).grantRead(role);
    expect(rulesOf(role)).toEqual(['secret/data/project/odin/key ["read"]']);
  });

  test("grants no members of a parameter that it does not have", () => {
    const family = new Workbench().family("project/{project}/{name}");
    expect(refusal(() => family.where({ porject: "odin" } as never))).toBe(
      "HERE  test/shop/project.{project}.{name}: there is no parameter {porject}.\n  It has {project}, {name}.",
    );
  });

  test("may consist of parameters alone", () => {
    const bench = new Workbench();
    const role = bench.appRole();
    const family = bench.family("{a}/{b}");
    family.grantList(role);
    expect(rulesOf(role)).toEqual(['secret/metadata/ ["list"]', 'secret/metadata/+/ ["list"]']);
  });

  test("takes a parameter for what it is, whatever JavaScript knows by that name", () => {
    expect(new Workbench().family("{constructor}").target.pattern).toBe("+");
  });

  test.each([
    ["plain/path", 'the template "plain/path" has no parameter.'],
    ["a/{x}/{x}", 'the template "a/{x}/{x}" has {x} twice.'],
    [
      "a/{Project}",
      'secret path "a/{Project}" has the segment "{Project}".\n  A parameter fills a whole segment',
    ],
    ["a/pre{x}", 'secret path "a/pre{x}" has the segment "pre{x}".\n  A parameter fills a whole segment'],
    ["a/{}", 'secret path "a/{}" has the segment "{}".'],
    ["/a/{x}", 'secret path "/a/{x}" starts with a slash.\n'],
    ["data/{x}", 'secret path "data/{x}" starts with "data/" below its mount.'],
    ["a/+/{x}", 'has the segment "+".\n  Wildcards belong to families: write a parameter in braces'],
    ["", 'secret path "" is empty.'],
  ])("is refused as %j", (template, told) => {
    expect(refusal(() => new Workbench().family(template))).toContain(told);
  });

  test("is refused with environment variables, which would stand for many members", () => {
    expect(refusal(() => new Workbench().family("a/{x}", { env: { KEY: "value" } }))).toBe(
      "HERE  test/shop/a.{x}: has environment variables, and many members that each could stand for.\n" +
        "  Leave env out, or declare the members that need one as secrets.",
    );
  });

  test("is refused when it has the shape of another", () => {
    const bench = new Workbench();
    bench.family("project/{project}");
    expect(refusal(() => bench.family("project/{name}"))).toContain(
      'secret path "secret/project/+" is declared already by test/shop/project.{project} (THERE).',
    );
  });
});

describe("families and the secrets of other systems", () => {
  test("a family may meet secrets of its own system", () => {
    const bench = new Workbench();
    bench.secret("shared/deepl", { fields: { api_key: sensitive() } });
    expect(() => bench.family("shared/{service}")).not.toThrow();
  });

  test("a family is refused where a secret of another system lies in it", () => {
    const bench = new Workbench();
    bench.secret("shared/deepl", {}, "office");
    expect(refusal(() => bench.family("shared/{service}"))).toMatchInlineSnapshot(`
"HERE  test/shop/shared.{service}: "secret/shared/+" and "secret/shared/deepl" of test/office/shared.deepl (THERE) meet.
  Move one of the two: who may read the one could read secrets of the other."
`);
  });

  test("a secret is refused in a family of another system", () => {
    const bench = new Workbench();
    bench.family("shared/{service}", {}, "office");
    expect(refusal(() => bench.secret("shared/deepl"))).toContain(
      '"secret/shared/deepl" and "secret/shared/+" of',
    );
  });

  test("two families are refused where they meet in some member", () => {
    const bench = new Workbench();
    bench.family("a/{x}/c", {}, "office");
    expect(refusal(() => bench.family("a/b/{y}"))).toContain('"secret/a/b/+" and "secret/a/+/c" of');
  });

  test("families of different length or mount do not meet", () => {
    const bench = new Workbench();
    bench.family("a/{x}", {}, "office");
    expect(() => [bench.family("a/{x}/{y}"), bench.secret("b/c")]).not.toThrow();
  });
});
