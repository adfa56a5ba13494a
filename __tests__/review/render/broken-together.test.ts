import type { Finding } from "../../../review/finding";
import { brokenTogether } from "../../../review/render/broken-together";
import { renderMarkdown } from "../../../review/render/markdown";
import { renderTerminal } from "../../../review/render/terminal";
import { finding, NOTHING, SHORT } from "./sample";

const READ = SHORT.findings[0]?.access;

function broken(words: string, more: Partial<Finding> = {}): Finding {
  return finding("guardrail-broken", {
    id: `guardrail-${words}`,
    severity: "error",
    sentence: `breaks the guardrail "${words}"`,
    rule: words,
    place: { file: "policies/wide.hcl", line: 1 },
    declaredAt: { file: "systems/shop.ts", line: 52 },
    ...(READ ? { access: READ } : {}),
    ...more,
  });
}

const OTHER = { principals: ["auth/approle/role/other"], titles: ["AppRole other"] };

test("guardrails that one rule of one principal breaks are put together, whatever stands between them", () => {
  const findings = [broken("a"), broken("b", OTHER), broken("c")];
  expect(brokenTogether(findings).map((pack) => pack.map(({ rule }) => rule))).toEqual([["a", "c"], ["b"]]);
});

test("another severity, another reason and other findings stand by themselves", () => {
  const apart = [
    broken("a"),
    broken("b", { severity: "warning" }),
    broken("c", { cause: "waived" }),
    ...SHORT.findings.slice(0, 2),
  ];
  expect(brokenTogether(apart)).toHaveLength(apart.length);
});

test("where no file has the rule, each stands at its own guardrail, and still together", () => {
  const at = (line: number) => ({ place: { file: "s.ts", line }, declaredAt: { file: "s.ts", line } });
  const findings = [broken("a", at(1)), broken("b", at(2))];
  expect(brokenTogether(findings)).toHaveLength(1);
  const text = renderTerminal({ ...NOTHING, findings });
  expect(text.match(/s\.ts:1/g)).toHaveLength(1);
  expect(renderTerminal({ ...NOTHING, findings: [broken("a", at(1))] })).not.toContain("declared at");
});

test("in a comment they are one row, which counts them, and the folds have each", () => {
  const text = renderMarkdown({ ...NOTHING, findings: [broken("a"), broken("b"), broken("c", OTHER)] });
  expect(text).toContain('| `✗` 2 guardrails broken | AppRole `dotmac` | breaks "a" and 1 other |');
  expect(text).toContain('| `✗` guardrail broken | AppRole `other` | breaks the guardrail "c" |');
  expect(text.split("<details>")[1]?.match(/breaks the guardrail/g)).toHaveLength(3);
});

test("together they name the rule once, and each takes two lines at most", () => {
  const text = renderTerminal({ ...NOTHING, findings: [broken("nobody reads a"), broken("nobody reads b")] });
  expect(text.match(/secret\/data\/\*/g)).toHaveLength(1);
  expect(text).toContain("breaks 2 guardrails: what they forbid is allowed by path");
  const own = text.split("\n").findIndex((line) => line.includes('✗ "nobody reads a" (systems/shop.ts:52)'));
  const next = text.split("\n").findIndex((line) => line.includes('✗ "nobody reads b" (systems/shop.ts:52)'));
  expect(own).toBeGreaterThan(0);
  expect(next - own).toBeLessThanOrEqual(2);
});

test("one alone says which guardrail, one witness, and where the guardrail is declared", () => {
  const text = renderTerminal({ ...NOTHING, findings: [broken("nobody reads a")] });
  expect(text).toContain('breaks the guardrail "nobody reads a"');
  expect(text.match(/witness/g)).toHaveLength(1);
  expect(text).toContain("the guardrail is declared at systems/shop.ts:52");
});
