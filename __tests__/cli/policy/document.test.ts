import { readFileSync } from "node:fs";
import { KV_INTENTS } from "../../../policies/kv-intents";
import { LINTS } from "../../../policies/rules/all";

const page = readFileSync("docs/policies.md", "utf8");

test("the page tells every lint as it is", () => {
  const rows = LINTS.map(
    ({ id, severity, reason }) => `| ${id} | ${severity} | ${reason.replaceAll("|", "\\|")} |`,
  );
  expect(page).toContain(`| id | severity | why |\n|---|---|---|\n${rows.join("\n")}\n`);
});

test("the page tells every intent", () => {
  for (const intent of Object.keys(KV_INTENTS)) expect(page).toContain(`\`${intent}\``);
});

test("the cases that are shown are those of the examples", () => {
  const examples = ["app", "dotmac"]
    .map((name) => readFileSync(`docs/examples/${name}.cases.yaml`, "utf8"))
    .join("");
  const shown = [...page.matchAll(/^```yaml\n(.*?)^```/gms)]
    .map((match) => match[1] ?? "")
    .filter((text) => text.includes("cases:"));
  expect(shown).toHaveLength(2);
  for (const line of shown.join("").split("\n")) expect(examples).toContain(line);
});

test("the suppressions that are shown are understood", async () => {
  const { lintSettings } = await import("../../../review/policy-lint/suppressions");
  const { readWritten } = await import("../../../review/written/written");
  const shown = /^```yaml\n(kv2:.*?)^```/ms.exec(page)?.[1] ?? "";
  expect(lintSettings(readWritten(shown, "x")).suppressions[0]?.id).toBe("KV2_NO_LIST");
});
