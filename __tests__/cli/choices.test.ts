import { adopt } from "../../cli/choices";

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test("flags are left where every door reads its choices", () => {
  adopt({ env: "staging", target: "process", port: "8300", debug: true });
  expect(process.env).toMatchObject({
    STRONGROOM_ENV: "staging",
    STRONGROOM_TARGET: "process",
    STRONGROOM_PORT: "8300",
    STRONGROOM_DEBUG: "1",
  });
});

test("what no flag says stays as the process environment has it", () => {
  process.env.STRONGROOM_ENGINE = "vault@1.21.1";
  adopt({});
  expect(process.env.STRONGROOM_ENGINE).toBe("vault@1.21.1");
});
