import { type Action, textOf, yamlOf } from "./yaml-files";

const page = textOf("docs/review-in-ci.md");

test("the workflow of the page is the one in the repository", () => {
  const [, example = ""] = /```yaml\n(name: access review\n.*?)```/s.exec(page) ?? [];
  expect(example).toBe(textOf(".github/workflows/access-review.yml").replace(/^#.*\n/, ""));
});

test("the page has every input of the action, with its default", () => {
  const { inputs } = yamlOf<Action>("action.yml");
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*?) \| .* \|$/gm)].map(([, name, standard]) => [
    name,
    standard,
  ]);
  const own = rows.filter(([name]) => name !== undefined && name in inputs);
  expect(own.map(([name]) => name).sort()).toEqual(Object.keys(inputs).sort());
  for (const [name = "", standard] of own) {
    const declared = inputs[name]?.default ?? "";
    if (/^[\w.]+$/.test(declared)) expect(standard).toBe(`\`${declared}\``);
  }
});

test("every file that the page links to is there", () => {
  const links = [...page.matchAll(/\]\(([^)#]+)\)/g)].map(([, to = ""]) => to);
  expect(links.length).toBeGreaterThan(3);
  for (const to of links) expect(textOf(`docs/${to}`)).not.toBe("");
});
