import { DeclarationError } from "../../constructs/declaration-error";
import { environment, Shop, synthesized } from "./workbench";

class Broken extends Shop {
  constructor(...args: ConstructorParameters<typeof Shop>) {
    super(...args);
    (undefined as unknown as { grantRead(): void }).grantRead();
  }
}

test("declarations that fail as code does are told with their line, and as a mistake in them", () => {
  const synthesis = () => synthesized(environment({ systems: [Broken] }));
  expect(synthesis).toThrow(DeclarationError);
  expect(synthesis).toThrow(
    /^__tests__\/stacks\/synthesize\.test\.ts:7 {2}the declarations fail here: Cannot read properties of undefined/,
  );
});

test("a mistake that a construct finds is told in its own words", () => {
  expect(() => synthesized(environment({ mounts: {} }))).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining("fail here") }),
  );
});
