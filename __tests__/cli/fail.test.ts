import { resolve } from "node:path";
import { CommanderError } from "commander";
import {
  ConflictError,
  InterruptedError,
  OperationalError,
  UsageError,
  VerdictError,
} from "../../base/errors";
import { fail } from "../../cli/fail";
import { PolicyUsageError } from "../../policies/errors";

let written: string;
beforeEach(() => {
  written = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    written += text;
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
});

test.each([
  [new VerdictError("It differs.", "Look."), 1],
  [new UsageError("It is wrong.", "Mend it."), 2],
  [new OperationalError("It failed.", "Retry."), 3],
  [new ConflictError("It is taken.", "Choose another."), 4],
  [new InterruptedError("Stopped.", "Go on."), 130],
  [new PolicyUsageError("It names no engine.", "Name one."), 2],
])("%s ends with its own exit code, and tells what to do", (error, exitCode) => {
  fail(error);
  expect(process.exitCode).toBe(exitCode);
  expect(written).toContain(`${error.what}\n  ${error.nextStep}\n`);
  expect(written).not.toContain("at ");
});

function thrownIn(file: string): TypeError {
  const error = new TypeError("x is not a function");
  error.stack = `${error}\n    at f (${resolve(file)}:3:1)`;
  return error;
}

test("what declarations throw as they are loaded is a mistake at their line", () => {
  fail(thrownIn("systems/shop.ts"));
  expect(process.exitCode).toBe(2);
  expect(written).toContain("✗ systems/shop.ts:3  the declarations fail here: x is not a function.");
});

test("an error that nobody foresaw is no usage error, and asks to be reported", () => {
  fail(thrownIn("cli/review.ts"));
  expect(process.exitCode).toBe(3);
  expect(written).toContain("x is not a function\n  This should not happen");
});

test("what cdktf gathered of wrong declarations is a usage error", () => {
  fail(new Error("Validation failed with the following errors:\n  [dev-access/x] y"));
  expect(process.exitCode).toBe(2);
});

test("help is no failure, and a wrong flag is one of usage that commander has told", () => {
  fail(new CommanderError(0, "commander.helpDisplayed", "help"));
  expect(process.exitCode).toBe(0);
  fail(new CommanderError(1, "commander.unknownOption", "unknown option"));
  expect(process.exitCode).toBe(2);
  expect(written).toBe("");
});

test("nothing in a message acts on the terminal", () => {
  fail(new UsageError("\u001b[31mx\u202e\u0007.hcl does not exist.", "Name\ta file."));
  expect(written).toContain("\\u{1b}[31mx\\u{202e}\\u{7}.hcl does not exist.\n  Name\ta file.\n");
});
