import { usageText } from "../../cli/usage-text";

test("a wrong command line is told as every error is, with what may have been meant", () => {
  expect(usageText("error: unknown option '--bse'\n(Did you mean --base?)\n")).toBe(
    "\n✗ unknown option '--bse'.\n  Did you mean --base?\n",
  );
});

test("where nothing else may have been meant it leads to the help", () => {
  expect(usageText("error: missing required argument 'operation'\n")).toBe(
    "\n✗ missing required argument 'operation'.\n  The same command with --help says how it is called.\n",
  );
});

test("what was typed cannot act on the terminal", () => {
  expect(usageText("error: unknown command '\u001b[2J'")).not.toContain("\u001b");
});
