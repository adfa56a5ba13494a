import fc from "fast-check";
import { terraformLiteral, terraformString } from "../../constructs/terraform-literal";

test.each([
  ["plain", "plain"],
  ["$" + "{x}", "$$" + "{x}"],
  ["%{if x}", "%%{if x}"],
  ["$$" + "{x} costs 5 $ or 5 %", "$$$" + "{x} costs 5 $ or 5 %"],
])("%s is written as %s", (text, written) => {
  expect(terraformLiteral(text)).toBe(written);
});

test("no expression of Terraform's is left, and taking the doubled signs back gives the text", () => {
  const text = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", "a"), maxLength: 12 });
  fc.assert(
    fc.property(text, (original) => {
      const written = terraformLiteral(original);
      expect(written).not.toMatch(/(?<![$])[$]\{|(?<!%)%\{/);
      expect(written.replaceAll(/([$%])\1(?=\{)/g, "$1")).toBe(original);
    }),
  );
});

test("a file's path stands in an expression as a string", () => {
  expect(terraformString('/home/a "b"/$' + "{c}\\d")).toBe('"/home/a \\"b\\"/$$' + '{c}\\\\d"');
});
