import { UsageError } from "../../../base/errors";
import { principalNamed } from "../../../review/ask/principal-named";
import { revision } from "../revision";

const known = revision({
  roles: { dotmac: [], ci: [] },
  principals: [
    {
      name: "auth/kubernetes/role/dotmac",
      kind: "kubernetes",
      title: "KubernetesRole dotmac",
      holds: [],
      constraints: [],
    },
  ],
});

test.each([
  ["AppRole dotmac", "AppRole dotmac"],
  ["approle DOTMAC", "AppRole dotmac"],
  ["auth/kubernetes/role/dotmac", "KubernetesRole dotmac"],
  ["ci", "AppRole ci"],
])("%s is %s", (word, title) => {
  expect(principalNamed(known, word).title).toBe(title);
});

test.each([
  ["dotmac", 'Say which: "AppRole dotmac" or "KubernetesRole dotmac".'],
  ["dotmak", 'Did you mean "AppRole dotmac"?'],
  ["zzzzzz", "Use one of: AppRole dotmac, AppRole ci, KubernetesRole dotmac."],
])("%s is refused: %s", (word, advice) => {
  expect(() => principalNamed(known, word)).toThrow(UsageError);
  expect(() => principalNamed(known, word)).toThrow(advice);
});

test("policies that nobody holds are asked one by one", () => {
  expect(principalNamed(revision({ policies: { app: "# -" } }), "app").title).toBe("Policy app");
});
